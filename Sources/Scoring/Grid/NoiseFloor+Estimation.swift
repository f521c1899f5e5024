internal import CGSL

extension NoiseFloor {
  /// The noise of outcomes over seeds, pooled over the rates at which no seed failed.
  ///
  /// δ = t · SD · √(1/S_grid + 1/S_evaluation), with the 97.5 % point of Student's t at the pooled degrees of freedom, and
  /// as many seeds for the grid as for the trainings compared with it (scoring reference, section 4).
  ///
  /// - Parameters:
  ///   - points: what every rate gave.
  ///   - evaluationSeeds: of the trainings that are compared; the grid's where nil.
  init(_ points: [RatePoint], evaluationSeeds: Int? = nil) {
    var (squares, freedom) = (0.0, 0)
    for point in points where point.isStable && point.values.count > 1 {
      for value in point.values { squares += (value - point.mean) * (value - point.mean) }
      freedom += point.values.count - 1
    }
    guard freedom > 0, let seeds = points.first?.values.count else {
      self.init(standardDeviation: .nan, degreesOfFreedom: 0, delta: 0)
      return
    }
    let deviation = (squares / Double(freedom)).squareRoot()
    let quantile = gsl_cdf_tdist_Pinv(0.975, Double(freedom))
    let factor = (1 / Double(seeds) + 1 / Double(evaluationSeeds ?? seeds)).squareRoot()
    self.init(standardDeviation: deviation, degreesOfFreedom: freedom, delta: quantile * deviation * factor)
  }
}
