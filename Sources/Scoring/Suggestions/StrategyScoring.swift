internal import CurveModel

/// Scores what strategies suggested, task by task.
struct StrategyScoring {
  let tables: EvidenceTables
  /// The studied tasks by index; nil where a task could not be studied.
  let outcomes: [TaskOutcomes?]

  /// The scores of every strategy on every task where all its range tests could be judged; the rest is listed.
  ///
  /// One range test that cannot be judged takes the whole task from the strategy: the others would be a choice among
  /// seeds that nobody made knowingly.
  func scores(_ exclusions: inout [Exclusion]) -> [TaskScore] {
    var rows = [[Int]](repeating: [], count: tables.strategies.count * tables.tasks.count)
    for (index, row) in tables.suggestions.enumerated() {
      rows[row.strategy * tables.tasks.count + row.task].append(index)
    }
    var testCounts = [Int](repeating: 0, count: tables.tasks.count)
    for test in tables.rangeTests { testCounts[test.task] += 1 }
    var scores: [TaskScore] = []
    for strategy in tables.strategies.indices {
      for task in tables.tasks.indices where testCounts[task] > 0 {
        guard let study = outcomes[task] else { continue }
        let suggestions = rows[strategy * tables.tasks.count + task]
        switch taskScore(suggestions, strategy, study, testCount: testCounts[task]) {
        case .success(let score): scores.append(score)
        case .failure(let reason):
          let name = "\(tables.strategies[strategy].name) on \(tables.tasks[task].title)"
          exclusions.append(Exclusion(name, because: reason.description))
        }
      }
    }
    return scores
  }

  /// Why a strategy has no score on a task.
  private enum NoScore: Error, CustomStringConvertible {
    case missing(Int, of: Int)
    case mustTrain(TaskOutcomes.MustTrain, seed: UInt64)

    var description: String {
      switch self {
      case .missing(let count, let all): "it has suggestions for \(count) of \(all) range tests"
      case .mustTrain(let reason, let seed): "\(reason) (range test of seed \(seed))"
      }
    }
  }

  private func taskScore(
    _ suggestions: [Int], _ strategy: Int, _ study: TaskOutcomes, testCount: Int
  ) -> Result<TaskScore, NoScore> {
    guard suggestions.count == testCount else {
      return .failure(.missing(suggestions.count, of: testCount))
    }
    let seed = { (index: Int) in tables.rangeTests[tables.suggestions[index].rangeTest].seed }
    let task = study.study.task
    var scores: [SuggestionScore] = []
    for index in suggestions.sorted(by: { seed($0) < seed($1) }) {
      switch tables.suggestions[index].answer {
      case .abstained:
        let fallback = OptimizerFamily(tables.tasks[task].optimizer).fallback
        let point = study.nearestPoint(to: fallback)
        let reading = TaskOutcomes.Reading(
          values: point.values, failureRate: point.failureRate, evaluation: .direct)
        scores.append(
          SuggestionScore(suggestion: index, rate: point.rate, abstained: true, reading, study.study))
      case .rate(let rate):
        switch study.reading(at: rate, tables.strategies[strategy].evaluation) {
        case .success(let reading):
          scores.append(SuggestionScore(suggestion: index, rate: rate, reading, study.study))
        case .failure(let reason): return .failure(.mustTrain(reason, seed: seed(index)))
        }
      }
    }
    return .success(TaskScore(task: task, contestant: strategy, scores: scores))
  }
}
