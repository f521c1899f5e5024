/// Everything that scoring reads, as tidy tables; where it comes from (a store, a file of somebody else's outcomes)
/// makes no difference.
public struct EvidenceTables: Sendable, Equatable {
  /// The tasks, all different.
  public var tasks: [TaskDescription]
  /// The strategies, all different, in the order of listings.
  public var strategies: [ScoredStrategy]
  /// The trainings.
  public var outcomes: [OutcomeRow]
  /// The range tests.
  public var rangeTests: [RangeTestRow]
  /// The suggestions.
  public var suggestions: [SuggestionRow]

  /// Collects tables.
  public init(
    tasks: [TaskDescription] = [], strategies: [ScoredStrategy] = [], outcomes: [OutcomeRow] = [],
    rangeTests: [RangeTestRow] = [], suggestions: [SuggestionRow] = []
  ) {
    self.tasks = tasks
    self.strategies = strategies
    self.outcomes = outcomes
    self.rangeTests = rangeTests
    self.suggestions = suggestions
  }
}
