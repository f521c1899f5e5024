public import CurveModel
public import ExperimentStore

/// What a store knows of the runs of a comparison.
public final class StoreKnowledge: RunKnowledge, RefreshableKnowledge {
  /// Nil where there is no store yet.
  private let store: RunStore?
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
    reader = SuggestionReader(strategies)
    store = creates ? try RunStore.open(path) : try Self.existing(path)
  }

  /// Takes a store that is open.
  public init(_ store: RunStore, _ strategies: [StrategyChoice]) {
    reader = SuggestionReader(strategies)
    self.store = store
  }

  private static func existing(_ path: String) throws(StoreError) -> RunStore? {
    do {
      return try RunStore.openExisting(path)
    } catch {
      guard case .noStore = error else { throw error }
      return nil
    }
  }

  /// What the user should know about the store.
  public var notices: [String] { store?.notices ?? [] }

  /// Keeps what the comparison asks for in the store, for whoever reads its outcomes.
  ///
  /// - Throws: `StoreError`.
  public func keep(_ comparison: Comparison) throws(StoreError) { try store?.keep(comparison.stored) }

  /// Takes in what was recorded since the last time.
  public func refresh() throws { try store?.refresh() }

  /// What a training gave; nil where it has no record.
  public func outcome(of id: RunID) -> GridOutcome.Seed? {
    guard let summary = store?.summary(of: id), summary.kind == .outcome else { return nil }
    let loss = summary.status == .finished ? summary.loss : .nan
    return GridOutcome.Seed(loss: loss, untrainedLoss: summary.untrainedLoss)
  }

  /// What the strategies suggest for a range test; nil where it has no record.
  public func suggestions(for run: RunSpecification) throws -> [RateKey?]? {
    if let known = suggestions[run.id] { return known }
    guard let store, store.summary(of: run.id) != nil else { return nil }
    let answers = try read(run, of: store)
    suggestions[run.id] = answers
    return answers
  }

  /// Asks the strategies that have not been asked about this range test before.
  private func read(_ run: RunSpecification, of store: RunStore) throws -> [RateKey?] {
    var curve: LossCurve?
    var learned: [(key: SuggestionKey, suggestion: CachedSuggestion)] = []
    let answers = try reader.strategies.map { choice -> RateKey? in
      let key = SuggestionKey(curve: run.id, strategy: SuggestionReader.cacheKey(choice))
      switch store.cachedSuggestion(curve: key.curve, strategy: key.strategy) {
      case .rate(let rate): return RateKey(rate)
      case .abstention: return nil
      case nil: break
      }
      if curve == nil { curve = try store.record(run.id)?.curve() }
      guard let curve else { return nil }
      let answer = try reader.suggestion(of: choice, for: curve, recordedBy: run)
      learned.append((key, answer.map { .rate($0.learningRate) } ?? .abstention("")))
      return answer
    }
    if !learned.isEmpty { store.cache(learned) }
    return answers
  }

  /// How many runs the store has, of this comparison and of others.
  public var runCount: Int { store?.summaries.count ?? 0 }

  /// What the store has of other data or another version of the engine's numbers; reads all records.
  public func earlierRuns() throws -> EarlierRuns {
    guard let store else { return EarlierRuns() }
    return try EarlierRuns(store)
  }

  /// Why the missing runs of a task would run: new, failed before, or changed, and what changed.
  public func reason(toRun needs: TaskNeeds, _ earlier: EarlierRuns = EarlierRuns()) -> String {
    guard !needs.missing.isEmpty else { return needs.isComplete ? "complete" : "" }
    var counts: [(reason: String, runs: Int)] = []
    for run in needs.missing {
      let reason =
        earlier.change(since: run) ?? ((store?.attempts(of: run.id) ?? 0) > 0 ? "failed before" : "new")
      if let index = counts.firstIndex(where: { $0.reason == reason }) {
        counts[index].runs += 1
      } else {
        counts.append((reason, 1))
      }
    }
    return counts.map { "\($0.runs) \($0.reason)" }.joined(separator: ", ")
  }
}
