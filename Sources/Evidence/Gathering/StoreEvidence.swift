public import Comparison
public import CurveModel
public import ExperimentStore
public import Scoring
internal import StrategyKit

/// What stores of runs say, as the tables that scoring reads.
///
/// Tasks come from the labels of the records, suggestions by asking the strategies about the stored curves: a new strategy
/// is scored without a training. Tasks, outcomes and range tests are sorted, so that the same records give the same tables
/// however they lie in files.
public struct StoreEvidence: Sendable {
  /// What is wanted, and what is known from the comparison that made the runs.
  public struct Options: Sendable {
    /// The strategies that are asked, with the way their rates are evaluated.
    public var strategies: [StrategyChoice]
    /// The rates of each task's grid, by the task's key; of a task that is not there every trained rate counts.
    ///
    /// Nil asks the comparisons kept in the stores (``StoredPlans``).
    public var gridRates: [String: [RateKey]]?
    /// Which tasks are wanted.
    public var includesTask: @Sendable (TaskDescription) -> Bool

    /// Describes what is wanted; by default every task.
    public init(
      strategies: [StrategyChoice], gridRates: [String: [RateKey]]? = nil,
      includesTask: @escaping @Sendable (TaskDescription) -> Bool = { _ in true }
    ) {
      self.strategies = strategies
      self.gridRates = gridRates
      self.includesTask = includesTask
    }
  }

  /// The tables.
  public let tables: EvidenceTables
  /// The curve of each range test, in the order of ``EvidenceTables/rangeTests``.
  public let curves: [LossCurve]
  /// The strategies that were asked, in the order of ``EvidenceTables/strategies``.
  public let strategies: [StrategyChoice]
  /// What was unusual, in sentences for people.
  public let notices: [String]

  init(tables: EvidenceTables, curves: [LossCurve], strategies: [StrategyChoice], notices: [String]) {
    self.tables = tables
    self.strategies = strategies
    self.curves = curves
    self.notices = notices
  }

  /// Reads stores; a run that several of them hold counts once.
  ///
  /// - Throws: ``EvidenceError``; `StoreError` where a store is damaged or two disagree; a strategy's failure.
  public init(_ stores: [RunStore], _ options: Options) throws {
    let plans = options.gridRates == nil ? try StoredPlans(stores) : nil
    var gathering = EvidenceGathering(options, gridRates: options.gridRates ?? plans?.gridRates ?? [:])
    gathering.keepsTexts = stores.count > 1
    for store in stores { try gathering.read(store) }
    guard gathering.hasOutcomes else {
      throw EvidenceError.noOutcomes(stores.map(\.path).joined(separator: ", "))
    }
    let sorted = gathering.sorted()
    var tables = sorted.tables
    tables.strategies = options.strategies.map(\.scored)
    let replay = StrategyReplay(options.strategies)
    var suggestions: [SuggestionRow] = []
    for (index, test) in sorted.tests.enumerated() {
      let task = tables.rangeTests[index].task
      for (strategy, answer) in try replay.answers(to: test, of: tables.tasks[task]).enumerated() {
        suggestions.append(
          SuggestionRow(
            task: task, strategy: strategy, rangeTest: index, answer: answer.answer, fittedOn: answer.fittedOn
          ))
      }
    }
    replay.remember()
    tables.suggestions = suggestions
    self.tables = tables
    curves = sorted.tests.map(\.curve)
    strategies = options.strategies
    notices = stores.flatMap(\.notices) + (plans?.notices ?? []) + gathering.notices
  }
}

extension StrategyChoice {
  /// The strategy as it is scored.
  var scored: ScoredStrategy {
    ScoredStrategy(
      name: name, version: type.descriptor.version, meantFor: type.descriptor.meantFor.rawValue,
      evaluation: evaluation == .direct ? .direct : .interpolated)
  }
}
