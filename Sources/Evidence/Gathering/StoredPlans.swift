public import Comparison
public import CurveModel
public import ExperimentStore
internal import Scoring

/// What the comparisons kept in stores say about their runs: which rates are the grid of each task, and which
/// strategies' rates were trained.
public struct StoredPlans: Sendable {
  /// The grid of each task that a comparison names, by the task's key; rates rise.
  public let gridRates: [String: [RateKey]]
  /// The comparisons that could be read.
  public let comparisons: [Comparison]
  /// Which could not, and why.
  public let notices: [String]

  /// Reads the comparisons of stores; where several name one task, its grid is the union of theirs.
  ///
  /// - Throws: `StoreError` where a store's comparison was changed or cannot be read.
  public init(_ stores: [RunStore]) throws(StoreError) {
    var rates: [String: Set<RateKey>] = [:]
    var comparisons: [Comparison] = []
    var notices: [String] = []
    for store in stores {
      for stored in try store.storedComparisons() {
        let comparison: Comparison
        do throws(ComparisonFileError) {
          comparison = try Comparison(stored)
        } catch {
          notices.append("\(store.path): the comparison \(stored.name) is passed over: \(error)")
          continue
        }
        comparisons.append(comparison)
        for grid in GridRates.all(of: comparison, StoreKnowledge(store, [])) {
          rates[TaskDescription.key(of: grid.task.labels), default: []].formUnion(grid.rates)
        }
      }
    }
    gridRates = rates.mapValues { $0.sorted() }
    self.comparisons = comparisons
    self.notices = notices
  }

  /// Whether a training's rate belongs to no grid of its task, though a comparison states one: it was trained because a
  /// strategy suggested it.
  public func isSuggested(_ record: RunRecord) -> Bool {
    guard record.kind == .outcome, case .object(let labels)? = record["task"],
      let rate = record["learningRate"]?.double, rate > 0, rate.isFinite,
      let grid = gridRates[TaskDescription.key(of: labels)]
    else { return false }
    return !grid.contains(RateKey(rate))
  }

  /// How rates of a strategy are evaluated: `direct` only where every comparison had them all trained.
  public func evaluation(ofStrategy name: String) -> StrategyChoice.Evaluation {
    let isDirect = comparisons.allSatisfy { comparison in
      comparison.strategies.contains { $0.name == name && $0.evaluation == .direct }
    }
    return isDirect && !comparisons.isEmpty ? .direct : .interpolated
  }

  /// The strategies with changed settings that the comparisons name, each once.
  public var variations: [StrategyChoice] {
    var found: [StrategyChoice] = []
    for choice in comparisons.flatMap(\.strategies) where !choice.settings.isEmpty {
      if !found.contains(where: { $0.name == choice.name }) { found.append(choice) }
    }
    return found
  }
}
