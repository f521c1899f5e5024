public import CurveModel

/// What all trainings over one task's grid gave: one value a rate and seed, failures scored as the untrained loss.
///
/// Only complete cases count: the grid's seeds are those that at least half of its rates have, and a rate without one of
/// them is left out and listed.
public struct OutcomeGrid: Sendable, Equatable {
  /// The untrained loss y₀: the median over the grid's runs; what a failure scores.
  public let untrained: Double
  /// The rates, rising.
  public let rates: [RateKey]
  /// The seeds, rising.
  public let seeds: [UInt64]
  /// The outcome of every rate (slow) and seed (fast), clipped at ``untrained``.
  public let values: [Double]
  /// Which of ``values`` are failures: diverged, or worse than untrained.
  public let isFailure: [Bool]
  /// Rates that lack a seed.
  public let incomplete: [RateKey]

  /// Collects the grid of a task.
  ///
  /// - Parameters:
  ///   - rows: the task's outcomes; rows that do not belong to the grid are passed over.
  ///   - outcome: which number of a row is judged.
  /// - Throws: ``GridProblem`` where no grid comes about.
  public init(_ rows: [OutcomeRow], outcome: OutcomeKind = .loss) throws(GridProblem) {
    let grid = rows.filter(\.isGrid)
    let untrained = grid.map(outcome.untrained).filter(\.isFinite).sorted()
    guard !untrained.isEmpty else { throw .noUntrainedLoss }
    let reference = untrained.median
    let allRates = Array(Set(grid.map(\.rate))).sorted()
    var seedsOfRate: [RateKey: [UInt64: OutcomeRow]] = [:]
    for row in grid { seedsOfRate[row.rate, default: [:]][row.seed] = row }
    var counts: [UInt64: Int] = [:]
    for rate in allRates { for seed in (seedsOfRate[rate] ?? [:]).keys { counts[seed, default: 0] += 1 } }
    let seeds = counts.filter { 2 * $0.value >= allRates.count }.keys.sorted()
    guard !seeds.isEmpty else { throw .noCommonSeed }
    var (rates, incomplete): ([RateKey], [RateKey]) = ([], [])
    var (values, failures): ([Double], [Bool]) = ([], [])
    for rate in allRates {
      let cells = seeds.compactMap { seedsOfRate[rate]?[$0] }
      guard cells.count == seeds.count else {
        incomplete.append(rate)
        continue
      }
      rates.append(rate)
      for row in cells {
        let score = outcome.score(of: row, untrained: reference)
        values.append(score.value)
        failures.append(score.isFailure)
      }
    }
    guard rates.count >= Self.fewestRates else { throw .tooFewRates(rates.count) }
    guard failures.contains(false) else { throw .everythingFailed }
    self.untrained = reference
    self.rates = rates
    self.seeds = seeds
    self.values = values
    isFailure = failures
    self.incomplete = incomplete
  }

  /// Below this a grid has no inside.
  static let fewestRates = 3

  /// Each seed once.
  var everySeedOnce: [Int] { Array(repeating: 1, count: seeds.count) }

  /// The share of all cells that failed.
  public var failingShare: Double { Double(isFailure.count { $0 }) / Double(isFailure.count) }

  /// What every rate gave, with seed `s` counted `seedCounts[s]` times.
  func points(seedCounts: [Int]) -> [RatePoint] {
    rates.indices.map { index in
      var values: [Double] = []
      var failed = 0
      for (seed, count) in seedCounts.enumerated() where count > 0 {
        let cell = index * seeds.count + seed
        for _ in 0..<count { values.append(self.values[cell]) }
        if isFailure[cell] { failed += count }
      }
      return RatePoint(
        rate: rates[index], values: values, mean: values.mean,
        failureRate: Double(failed) / Double(values.count))
    }
  }
}

/// Which outcome of a training is judged; lower is better for each.
public enum OutcomeKind: String, Sendable, CaseIterable {
  /// The final validation loss.
  case loss
  /// The lowest validation loss on the fixed grid of evaluations: forgives overfitting and late divergence.
  case best
  /// The final validation error.
  case error

  func untrained(_ row: OutcomeRow) -> Double { self == .error ? row.untrainedError : row.untrainedLoss }

  /// The value of a row clipped at the untrained one, and whether it is a failure.
  ///
  /// Only the best loss on the way forgives a training that diverged later.
  func score(of row: OutcomeRow, untrained: Double) -> (value: Double, isFailure: Bool) {
    let value =
      switch self {
      case .loss: row.loss
      case .best: row.bestLoss
      case .error: row.error
      }
    guard row.status == .finished || self == .best, value.isFinite, value <= untrained else {
      return (untrained, true)
    }
    return (value, false)
  }
}

/// Why a task has no usable grid.
public enum GridProblem: Error, Equatable, Sendable, CustomStringConvertible {
  /// No run of the grid says what the untrained network gives.
  case noUntrainedLoss
  /// There is no seed that half of the rates have.
  case noCommonSeed
  /// So few rates have all seeds.
  case tooFewRates(Int)
  /// Nothing was better than untrained.
  case everythingFailed

  /// As the end of a sentence.
  public var description: String {
    switch self {
    case .noUntrainedLoss: "no run says what the untrained network gives"
    case .noCommonSeed: "there is no seed that half of its rates have"
    case .tooFewRates(let count):
      "only \(count) of its rates have all seeds, \(OutcomeGrid.fewestRates) are needed"
    case .everythingFailed: "no training of it is better than the untrained network"
    }
  }
}
