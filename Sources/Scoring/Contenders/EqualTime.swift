internal import CurveModel

/// What every contender gets on a problem within the time that the reference's range test and training take.
struct EqualTime {
  /// By contender: the time of a step, and of range test and training, over the reference's.
  let stepTimes, times: [Double]
  /// By contender: its score, read when that time is over.
  let scores: [ContenderScore]

  /// Cuts the contenders' trainings; nil where times are not known, trainings were not evaluated on the way, or the final
  /// loss is not what is judged.
  ///
  /// A contender's time are its steps, those of its range test included, times the time of its optimizer's step: a range
  /// test makes the same steps as a training.
  ///
  /// - Parameters:
  ///   - problem: The problem.
  ///   - entries: The contenders and their scores.
  ///   - reference: Whose time it is.
  ///   - rows: The trainings of each task.
  init?(
    _ problem: ProblemOutcomes, _ entries: [(optimizer: String, score: ContenderScore)], reference: Int,
    tables: EvidenceTables, rows: [[OutcomeRow]], outcome: OutcomeKind
  ) {
    guard outcome == .loss else { return nil }
    let used = Set(entries.map(\.optimizer))
    var courses: [Int: LossCourse] = [:]
    var timed: [(optimizer: String, steps: Int, rows: [OutcomeRow])] = []
    for member in problem.members where used.contains(member.optimizer) {
      let task = member.outcomes.study.task
      guard let steps = tables.tasks[task].steps,
        let course = LossCourse(member.outcomes, rows[task], steps: steps)
      else { return nil }
      courses[task] = course
      timed.append((member.optimizer, steps, rows[task]))
    }
    guard let seconds = StepTimes(timed), let own = seconds.seconds(of: entries[reference].optimizer)
    else { return nil }
    guard let course = courses[entries[reference].score.task] else { return nil }
    let budget = own * (course.steps + entries[reference].score.rangeTestSteps)
    var (stepTimes, times, scores): ([Double], [Double], [ContenderScore]) = ([], [], [])
    for (optimizer, score) in entries {
      guard let step = seconds.seconds(of: optimizer), let course = courses[score.task],
        let cut = course.cut(score, at: budget / step - score.rangeTestSteps)
      else { return nil }
      stepTimes.append(step / own)
      times.append(step * (course.steps + score.rangeTestSteps) / budget)
      scores.append(cut)
    }
    self.stepTimes = stepTimes
    self.times = times
    self.scores = scores
  }
}
