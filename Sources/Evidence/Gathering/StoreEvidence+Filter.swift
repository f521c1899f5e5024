public import Scoring

extension StoreEvidence {
  /// The roles of the learning rate that tasks have, in the order of `TaskDescription.Role`.
  public var roles: [TaskDescription.Role] {
    TaskDescription.Role.allCases.filter { role in tables.tasks.contains { $0.role == role } }
  }

  /// The evidence about tasks of one role alone.
  public func only(_ role: TaskDescription.Role) -> StoreEvidence {
    only { $0.role == role }
  }

  /// The evidence of some tasks alone.
  public func only(_ isWanted: (TaskDescription) -> Bool) -> StoreEvidence {
    let (tables, rangeTests) = tables.only(isWanted)
    return StoreEvidence(
      tables: tables, curves: rangeTests.map { curves[$0] }, strategies: strategies, notices: notices)
  }
}

extension EvidenceTables {
  /// The tables of some tasks alone, and the old indices of the range tests that are left.
  func only(_ isWanted: (TaskDescription) -> Bool) -> (tables: EvidenceTables, rangeTests: [Int]) {
    let wanted = tasks.indices.filter { isWanted(tasks[$0]) }
    let newTasks = Self.newIndices(of: wanted)
    let tests = rangeTests.indices.filter { newTasks[rangeTests[$0].task] != nil }
    let newTests = Self.newIndices(of: tests)
    let tables = EvidenceTables(
      tasks: wanted.map { tasks[$0] }, strategies: strategies,
      outcomes: outcomes.compactMap { row in
        newTasks[row.task].map { task in
          var row = row
          row.task = task
          return row
        }
      },
      rangeTests: tests.map { index in
        var row = rangeTests[index]
        row.task = newTasks[row.task] ?? row.task
        return row
      },
      suggestions: suggestions.compactMap { row in
        guard let task = newTasks[row.task], let test = newTests[row.rangeTest] else { return nil }
        var row = row
        (row.task, row.rangeTest) = (task, test)
        return row
      })
    return (tables, tests)
  }

  private static func newIndices(of kept: [Int]) -> [Int: Int] {
    Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($1, $0) })
  }
}
