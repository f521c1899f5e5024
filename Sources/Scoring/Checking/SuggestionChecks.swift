extension EvidenceTables {
  /// A range test in words.
  func name(of row: RangeTestRow) -> String {
    "the range test of \(tasks[row.task].title) with seed \(row.seed)"
  }

  /// What tells one range test from another.
  private struct RangeTestKey: Hashable {
    var task: Int
    var seed: UInt64
    var setting: String
  }

  /// The range tests of one setting, each once, and where each of the old rows went.
  func checkedRangeTests(
    _ setting: String?, _ exclusions: inout [Exclusion]
  ) throws(ScoringError) -> (rows: [RangeTestRow], newIndices: [Int?]) {
    let settings = Array(Set(rangeTests.map(\.setting))).sorted()
    if setting == nil, settings.count > 1 { throw .severalSettings(settings) }
    let trained = Set(outcomes.map { TaskSeed(task: $0.task, seed: $0.seed) })
    var places: [RangeTestKey: Int] = [:]
    var rows: [RangeTestRow] = []
    var newIndices: [Int?] = []
    for row in rangeTests {
      guard tasks.indices.contains(row.task) else { throw .danglingRow("a range test") }
      guard row.setting == setting ?? row.setting else {
        newIndices.append(nil)
        continue
      }
      guard row.steps > 0 else { throw .emptyRangeTest(name(of: row)) }
      if trained.contains(TaskSeed(task: row.task, seed: row.seed)) {
        throw .sharedSeed(task: tasks[row.task].title, seed: row.seed)
      }
      let key = RangeTestKey(task: row.task, seed: row.seed, setting: row.setting)
      if let place = places[key] {
        guard rows[place].steps == row.steps else { throw .contradiction(name(of: row)) }
        exclusions.append(Exclusion(name(of: row), because: "it is there twice"))
        newIndices.append(place)
      } else {
        places[key] = rows.count
        newIndices.append(rows.count)
        rows.append(row)
      }
    }
    return (rows, newIndices)
  }

  private struct TaskSeed: Hashable {
    var task: Int
    var seed: UInt64
  }

  /// What tells one suggestion from another; its task follows from the range test.
  private struct SuggestionKey: Hashable {
    var strategy, rangeTest: Int
  }

  /// The suggestions that may be scored, each once.
  ///
  /// A suggestion that is meant for another role than the task's, or whose fit saw the task's family, is refused and
  /// listed: strategies of several roles may be in one store, so neither is an error of the tables.
  func checkedSuggestions(
    _ newIndices: [Int?], _ roles: RoleRule, _ exclusions: inout [Exclusion]
  ) throws(ScoringError) -> [SuggestionRow] {
    var places: [SuggestionKey: Int] = [:]
    var rows: [SuggestionRow] = []
    for old in suggestions {
      guard tasks.indices.contains(old.task), strategies.indices.contains(old.strategy),
        rangeTests.indices.contains(old.rangeTest), rangeTests[old.rangeTest].task == old.task
      else { throw .danglingRow("a suggestion") }
      guard let rangeTest = newIndices[old.rangeTest] else { continue }
      let name = "\(strategies[old.strategy].name) on \(name(of: rangeTests[old.rangeTest]))"
      if let reason = refusal(of: old, roles) {
        exclusions.append(Exclusion(name, because: reason))
        continue
      }
      var row = old
      row.rangeTest = rangeTest
      let key = SuggestionKey(strategy: row.strategy, rangeTest: rangeTest)
      if let place = places[key] {
        guard rows[place] == row else { throw .contradiction(name) }
        exclusions.append(Exclusion(name, because: "it is there twice"))
      } else {
        places[key] = rows.count
        rows.append(row)
      }
    }
    return rows
  }

  private func refusal(of row: SuggestionRow, _ roles: RoleRule) -> String? {
    let task = tasks[row.task]
    let role = TaskDescription.Role(rawValue: strategies[row.strategy].meantFor)
    if roles == .declared, let role, role != task.role {
      return "it is meant as a \(role.rawValue) rate, the task's is a \(task.role.rawValue) rate"
    }
    if row.fittedOn.contains(task.family) {
      return "its fit saw the family \(task.family) that it would be judged on"
    }
    return nil
  }
}
