public import CurveModel

/// Normalised regret of every rate of a task's grid: 0 as good as the oracle, 1 as bad as untrained.
public struct RegretCurve: Sendable, Equatable {
  /// The rates, rising.
  public let rates: [RateKey]
  /// clip((y − y*) / (y₀ − y*), 0, 1) of each, y its mean over seeds.
  public let regrets: [Double]

  /// Reads a study.
  public init(_ study: TaskStudy) {
    rates = study.points.map(\.rate)
    regrets = study.points.map { study.normalisedRegret(of: $0.mean) }
  }

  /// The index of the rate that is nearest in log10; of two equally near ones the lower.
  public func nearest(to rate: RateKey) -> Int {
    rates.indices.min { abs(rates[$0].value - rate.value) < abs(rates[$1].value - rate.value) } ?? 0
  }

  /// The expected regret of a rate drawn log-uniformly over the grid: exact, not sampled.
  public var expectedRegretOfRandomRate: Double {
    let weights = logUniformWeights
    return zip(weights, regrets).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
  }

  /// How wide the stretch is that each rate stands for, in half decades.
  ///
  /// Up to half-way to its neighbours; the outermost stretches are as wide to the outside as to the inside. On a regular
  /// grid all are equal.
  public var logUniformWeights: [Double] {
    let places = rates.map(\.log10)
    return places.indices.map { index in
      let below = index > 0 ? places[index] - places[index - 1] : places[1] - places[0]
      let above =
        index + 1 < places.count ? places[index + 1] - places[index] : places[index] - places[index - 1]
      return below + above
    }
  }
}

extension TaskStudy {
  /// Normalised regret of an outcome: clip((y − y*) / (y₀ − y*), 0, 1).
  ///
  /// Clipped on both sides, so that failures stay finite and luck is no merit; the excess over the oracle keeps its sign
  /// (scoring reference, section 6).
  public func normalisedRegret(of outcome: Double) -> Double {
    let range = untrained - oracle.value
    guard range > 0 else { return 0 }
    return min(max((outcome - oracle.value) / range, 0), 1)
  }
}
