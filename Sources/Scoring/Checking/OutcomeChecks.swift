internal import CurveModel

/// What tells one training from another.
struct TrainingKey: Hashable {
  var task: Int
  var rate: RateKey
  var seed: UInt64
}

extension EvidenceTables {
  /// A training in words.
  func name(of row: OutcomeRow) -> String {
    "the training of \(tasks[row.task].title) at \(row.rate.learningRate) with seed \(row.seed)"
  }

  /// The trainings, each once.
  func checkedOutcomes(
    _ outcome: OutcomeKind, _ exclusions: inout [Exclusion]
  ) throws(ScoringError) -> [OutcomeRow] {
    var places: [TrainingKey: Int] = [:]
    var rows: [OutcomeRow] = []
    for row in outcomes {
      guard tasks.indices.contains(row.task) else { throw .danglingRow("a training") }
      try check(row)
      let key = TrainingKey(task: row.task, rate: row.rate, seed: row.seed)
      guard let place = places[key] else {
        places[key] = rows.count
        rows.append(row)
        continue
      }
      guard rows[place].says(sameAs: row) else { throw .contradiction(name(of: row)) }
      // A rate of the grid stays one, whoever else asked for it.
      rows[place].isGrid = rows[place].isGrid || row.isGrid
      exclusions.append(Exclusion(name(of: row), because: "it is there twice"))
    }
    if outcome == .best { try checkEvaluations(of: rows) }
    return rows
  }

  private func check(_ row: OutcomeRow) throws(ScoringError) {
    if row.status == .finished, !row.loss.isFinite { throw .finishedWithoutLoss(name(of: row)) }
    for error in [row.error, row.untrainedError] where !error.isNaN && !(0...1).contains(error) {
      throw .errorOutOfRange(name(of: row))
    }
    if let budget = tasks[row.task].steps, let last = row.evaluationSteps.last, last > budget {
      throw .budgetExceeded(training: name(of: row), steps: last, budget: budget)
    }
  }

  /// The best of many evaluations is lower than the best of few.
  private func checkEvaluations(of rows: [OutcomeRow]) throws(ScoringError) {
    var steps: [Int: [Int]] = [:]
    for row in rows where row.status == .finished && !row.evaluationSteps.isEmpty {
      if let known = steps[row.task], known != row.evaluationSteps {
        throw .unequalEvaluations(task: tasks[row.task].title)
      }
      steps[row.task] = row.evaluationSteps
    }
  }
}

extension OutcomeRow {
  /// Whether two rows of one training agree; how long it took does not matter, nor who asked for it.
  fileprivate func says(sameAs other: OutcomeRow) -> Bool {
    guard status == other.status, evaluationSteps == other.evaluationSteps else { return false }
    let mine = [loss, bestLoss, error, untrainedLoss, untrainedError] + evaluationLosses
    let others =
      [other.loss, other.bestLoss, other.error, other.untrainedLoss, other.untrainedError]
      + other.evaluationLosses
    guard mine.count == others.count else { return false }
    return zip(mine, others).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) }
  }
}
