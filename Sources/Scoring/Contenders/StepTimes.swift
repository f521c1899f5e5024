/// How long a step of each optimizer takes on one problem, in seconds, as the trainings themselves were timed.
///
/// A training's time over its steps, the median over all trainings that were finished; it holds the first weights and
/// the evaluations, which are the same for all optimizers. Only trainings on one processor are compared. What else ran
/// on it at that time is not known, so that a single problem's times mean little, and only medians over problems are
/// shown.
struct StepTimes: Sendable {
  /// By optimizer.
  private let seconds: [String: Double]

  /// Measures the optimizers of a problem on the processor that has most trainings of whichever has fewest there.
  ///
  /// Nil where no processor has timed trainings of all of them.
  ///
  /// - Parameter rows: The trainings of each optimizer's task, with the task's steps.
  init?(_ rows: [(optimizer: String, steps: Int, rows: [OutcomeRow])]) {
    var times = rows.map { _ in [String: [Double]]() }
    var processors: Set<String> = []
    for (place, member) in rows.enumerated() {
      for row in member.rows where row.status == .finished && row.seconds > 0 && row.seconds.isFinite {
        times[place][row.processor, default: []].append(row.seconds / Double(member.steps))
        processors.insert(row.processor)
      }
    }
    var best: (processor: String, fewest: Int)?
    for processor in processors.sorted() {
      let fewest = times.map { $0[processor]?.count ?? 0 }.min() ?? 0
      if fewest > best?.fewest ?? 0 { best = (processor, fewest) }
    }
    guard let best else { return nil }
    var seconds: [String: Double] = [:]
    for (member, own) in zip(rows, times) {
      seconds[member.optimizer] = own[best.processor]?.medianOrNil
    }
    self.seconds = seconds
  }

  /// Seconds of a step.
  func seconds(of optimizer: String) -> Double? { seconds[optimizer] }
}
