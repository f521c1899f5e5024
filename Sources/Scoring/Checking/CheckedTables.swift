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
  ///   - roles: what happens to suggestions that are meant as another kind of rate than the task's.
  /// - Throws: ``ScoringError`` where a table would be wrong without anybody seeing it.
  public func checked(
    outcome: OutcomeKind = .loss, setting: String? = nil, roles: RoleRule = .declared
  ) throws(ScoringError) -> CheckedTables {
    var exclusions: [Exclusion] = []
    try checkTasks(roles)
    var checked = self
    checked.outcomes = try checkedOutcomes(outcome, &exclusions)
    let tests = try checkedRangeTests(setting, &exclusions)
    checked.rangeTests = tests.rows
    checked.suggestions = try checkedSuggestions(tests.newIndices, roles, &exclusions)
    return CheckedTables(tables: checked, exclusions: exclusions)
  }

  private func checkTasks(_ roles: RoleRule) throws(ScoringError) {
    var known: Set<String> = []
    for task in tasks where !known.insert(task.key).inserted { throw .duplicatedTask(task.title) }
    if roles == .declared, let first = tasks.first, let other = tasks.first(where: { $0.role != first.role })
    {
      throw .severalRoles([first.role, other.role])
    }
    guard !outcomes.isEmpty else { throw .noOutcomes }
  }
}
