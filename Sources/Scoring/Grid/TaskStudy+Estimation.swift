internal import CurveModel

extension TaskStudy {
  /// The shares of the range whose indifference intervals are given.
  public static let epsilons = [0.01, 0.05, 0.1]
  /// A range of fewer noise floors than this tells nothing.
  static let informativeFloors = 5.0

  /// Studies a task's grid.
  ///
  /// - Parameters:
  ///   - task: the task's index.
  ///   - grid: its outcomes.
  ///   - estimator: how the best outcome is estimated.
  ///   - seedCounts: how often each seed counts, as a bootstrap draws them; each once where nil.
  public init(task: Int, _ grid: OutcomeGrid, _ estimator: OracleEstimator, seedCounts: [Int]? = nil) {
    let points = grid.points(seedCounts: seedCounts ?? grid.everySeedOnce)
    let oracle = Oracle(estimator, points)
    let noise = NoiseFloor(points)
    let range = grid.untrained - oracle.value
    let intervals = Self.epsilons.map { epsilon in
      IndifferenceInterval(epsilon, points, oracle, tolerance: max(epsilon * range, noise.delta))
    }
    self.init(
      task: task, untrained: grid.untrained, points: points, oracle: oracle, noise: noise,
      indifference: intervals,
      cliff: points.first { $0.rate.log10 > oracle.log10Rate && !$0.isStable }?.rate,
      isInformative: range > Self.informativeFloors * noise.delta,
      bimodal: points.filter { $0.isBimodal(range: range) }.map(\.rate))
  }
}

extension IndifferenceInterval {
  /// The lowest and the highest rate of the grid within a tolerance of the oracle; the oracle's own rate if none is.
  init(_ epsilon: Double, _ points: [RatePoint], _ oracle: Oracle, tolerance: Double) {
    let good = points.filter { $0.mean <= oracle.value + tolerance }
    self.init(
      epsilon: epsilon, lowest: good.first?.rate.log10 ?? oracle.log10Rate,
      highest: good.last?.rate.log10 ?? oracle.log10Rate)
  }
}

extension RatePoint {
  /// Whether the seeds fall into two groups: a gap of a tenth of the task's range or more, four times as wide as the
  /// groups themselves spread.
  func isBimodal(range: Double) -> Bool {
    guard values.count >= 3 else { return false }
    let sorted = values.sorted()
    let gaps = zip(sorted, sorted.dropFirst()).map { $1 - $0 }
    guard let widest = gaps.indices.max(by: { gaps[$0] < gaps[$1] }) else { return false }
    let spread = max(sorted[widest] - sorted[0], sorted[sorted.count - 1] - sorted[widest + 1])
    return gaps[widest] >= 0.1 * range && gaps[widest] >= 4 * spread
  }
}
