/// What a contender got on one problem.
struct ContenderScore: Sendable {
  /// The task of its optimizer.
  let task: Int
  /// One reading a range test; a single one where the rate comes from none.
  let readings: [SuggestionScore]
  /// The steps of the range test that its rate comes from, median over its range tests; 0 where there is none.
  let rangeTestSteps: Double
  /// Whether the outcome is the oracle's estimate rather than what a rate gave.
  let isOracle: Bool

  /// Collects readings.
  init(task: Int, readings: [SuggestionScore], rangeTestSteps: Double, isOracle: Bool) {
    self.task = task
    self.readings = readings
    self.rangeTestSteps = rangeTestSteps
    self.isOracle = isOracle
  }

  /// From the scores of a strategy or baseline.
  init(_ score: TaskScore, rangeTestSteps: Double) {
    self.init(
      task: score.task, readings: score.scores, rangeTestSteps: rangeTestSteps, isOracle: false)
  }

  /// At one rate.
  init(task: Int, _ reading: SuggestionScore, isOracle: Bool) {
    self.init(task: task, readings: [reading], rangeTestSteps: 0, isOracle: isOracle)
  }

  /// The share of readings without a suggestion.
  var abstentionRate: Double { readings.map { $0.abstained ? 1 : 0 }.mean }

  /// The outcome of each reading and its share of failures, with each seed counted as drawn.
  func outcomes(_ scale: ProblemScale, _ counts: [Int]) -> [(value: Double, failure: Double)] {
    readings.map { reading in
      let read = reading.reading(counts)
      guard isOracle, let study = scale.studies.first(where: { $0.task == task }) else {
        return (read.mean, read.failure)
      }
      return (study.oracle.value, read.failure)
    }
  }
}
