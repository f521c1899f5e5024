internal import CurveModel

/// The expected running time (ERT) until a loss is reached: all steps spent by the trainings, each until it reaches the loss
/// or to its end, over the number of them that reach it.
///
/// Source: N. Hansen, A. Auger, R. Ros, O. Mersmann, T. Tušar, D. Brockhoff, "COCO: a platform for comparing continuous
/// optimizers in a black-box setting", Optimization Methods and Software 36, 2021. A training is looked at only where it
/// was evaluated, so that the time is rounded up to the next evaluation.
struct RunningTime: Equatable {
  /// The steps spent.
  private(set) var steps = 0.0
  /// How many trainings reached the loss; those of a rate with a weight count as much.
  private(set) var successes = 0.0

  /// The target's distance from the oracle, as a share of the range from the oracle to the untrained loss.
  static let targetShare = 0.1

  /// The expected steps until the loss is reached; infinite where no training reaches it.
  var expected: Double { successes == 0 ? .infinity : steps / successes }

  /// Adds a training.
  ///
  /// - Parameters:
  ///   - row: The training; it was evaluated at least once, or diverged.
  ///   - target: The loss to be reached.
  ///   - budget: What a training costs that ended before its first evaluation.
  mutating func add(_ row: OutcomeRow, target: Double, budget: Double) {
    for (step, loss) in zip(row.evaluationSteps, row.evaluationLosses) where loss <= target {
      steps += Double(step)
      successes += 1
      return
    }
    steps += row.evaluationSteps.last.map(Double.init) ?? budget
  }

  /// Adds the trainings of another rate.
  mutating func add(_ other: RunningTime, weight: Double = 1) {
    steps += weight * other.steps
    successes += weight * other.successes
  }
}

extension [RateKey: RunningTime] {
  /// The running times of all rates whose trainings were evaluated on the way.
  init(_ cells: [RateKey: [OutcomeRow]], target: Double) {
    let budget = cells.values.flatMap { $0 }.compactMap(\.evaluationSteps.last).max()
    self.init()
    guard let budget else { return }
    for (rate, rows) in cells {
      guard rows.allSatisfy({ !$0.evaluationSteps.isEmpty || $0.status == .diverged }) else { continue }
      var time = RunningTime()
      for row in rows { time.add(row, target: target, budget: Double(budget)) }
      self[rate] = time
    }
  }
}
