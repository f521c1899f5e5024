/// Tables that scoring may rely on, and what had to be left out of them.
public struct CheckedTables: Sendable, Equatable {
  /// The tables: no duplicates, no contradictions, no dangling rows.
  public let tables: EvidenceTables
  /// What was left out, in the order of the tables.
  public let exclusions: [Exclusion]
}

extension EvidenceTables {
  /// Checks every row; what is merely superfluous or unusable is left out and listed, what is contradictory is an error.
  ///
  /// - Parameters:
  ///   - outcome: which outcome will be judged; the best loss needs equal evaluations.
  ///   - setting: the setting whose range tests count; where nil, all must have the same.
  /// - Throws: ``ScoringError`` where a table would be wrong without anybody seeing it.
  public func checked(
    outcome: OutcomeKind = .loss, setting: String? = nil
  ) throws(ScoringError) -> CheckedTables {
    var exclusions: [Exclusion] = []
    try checkTasks()
    var checked = self
    checked.outcomes = try checkedOutcomes(outcome, &exclusions)
    let tests = try checkedRangeTests(setting, &exclusions)
    checked.rangeTests = tests.rows
    checked.suggestions = try checkedSuggestions(tests.newIndices, &exclusions)
    return CheckedTables(tables: checked, exclusions: exclusions)
  }

  private func checkTasks() throws(ScoringError) {
    var known: Set<String> = []
    for task in tasks where !known.insert(task.key).inserted { throw .duplicatedTask(task.title) }
    guard !outcomes.isEmpty else { throw .noOutcomes }
  }
}
