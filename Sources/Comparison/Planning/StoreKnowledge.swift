internal import CurveModel
public import ExperimentStore

/// What a store knows of the runs of a comparison.
public final class StoreKnowledge: RunKnowledge, RefreshableKnowledge {
  private let store: RunStore
  private let reader: SuggestionReader
  private var suggestions: [RunID: [RateKey?]] = [:]

  /// Reads a store.
  ///
  /// - Parameters:
  ///   - path: the store's folder.
  ///   - strategies: whose suggestions are asked for.
  ///   - creates: whether the store is created where there is none; else it counts as empty.
  /// - Throws: `StoreError`.
  public init(_ path: String, _ strategies: [StrategyChoice], creates: Bool) throws(StoreError) {
    store = RunStore(path: path)
    reader = SuggestionReader(strategies)
    if creates { try store.open() } else { try store.openIfThere() }
  }

  /// What the user should know about the store.
  public var notices: [String] { store.notices }

  public func refresh() throws { _ = try store.refresh() }

  public func outcome(of id: RunID) -> GridOutcome.Seed? {
    guard let summary = store.summary(of: id), summary.kind == .outcome else { return nil }
    let loss = summary.status == .finished ? summary.loss : .nan
    return GridOutcome.Seed(loss: loss, untrainedLoss: summary.untrainedLoss)
  }

  public func suggestions(for run: RunSpecification) throws -> [RateKey?]? {
    if let known = suggestions[run.id] { return known }
    guard store.summary(of: run.id) != nil else { return nil }
    let answers = try read(run)
    suggestions[run.id] = answers
    return answers
  }

  /// Asks the strategies that have not been asked about this range test before.
  private func read(_ run: RunSpecification) throws -> [RateKey?] {
    var curve: LossCurve?
    return try reader.strategies.map { choice in
      let key = SuggestionReader.cacheKey(choice)
      if let known = store.cachedSuggestion(curve: run.id, strategy: key) {
        return Int(known).map(RateKey.init(value:))
      }
      if curve == nil { curve = try store.record(run.id)?.curve() }
      guard let curve else { return nil }
      let answer = try reader.suggestion(of: choice, for: curve, recordedBy: run)
      store.cache(answer.map { "\($0.value)" } ?? Self.abstention, curve: run.id, strategy: key)
      return answer
    }
  }

  /// What the cache holds for an abstention: no number.
  private static let abstention = "abstained"

  /// Why the missing runs of a task would run.
  public func reason(toRun needs: TaskNeeds) -> String {
    guard !needs.missing.isEmpty else { return needs.isComplete ? "complete" : "" }
    let failed = needs.missing.count(where: { store.attempts(of: $0.id) > 0 })
    let fresh = needs.missing.count - failed
    return [(failed, "failed before"), (fresh, "new")].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
      .joined(separator: ", ")
  }
}
