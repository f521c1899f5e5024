internal import CurveModel
internal import TrainingEngine

/// Trains a task at one rate; a pure function of task, rate and seed.
struct TrainingRun {
  let materials: TaskMaterials
  let rate: RateKey
  let seed: UInt64

  /// What a training gave.
  struct Outcome {
    var isDiverged = false
    var steps = 0
    var untrained: Evaluation
    /// After which steps the network was evaluated, and how it did.
    var evaluations: [(step: Int, evaluation: Evaluation)] = []
    /// The training losses, thinned: the mean over equal stretches of steps, and the step each ends with.
    var trace: [(step: Int, loss: Double)] = []
  }

  /// Trains; nil where it was cancelled.
  ///
  /// - Throws: `TrainingEngineError`.
  func outcome(isCancelled: () -> Bool) throws -> Outcome? {
    let task = materials.task
    let trainer = try materials.trainer(seed: seed)
    let loop = TrainingLoop(
      steps: task.steps, learningRate: task.schedule.learningRate(rate.learningRate),
      momentum: task.schedule.momentum(of: task.optimizer))
    let grid = task.evaluation.steps(of: task.steps)
    var outcome = Outcome(untrained: materials.evaluate(trainer))
    var trace = LossTrace(steps: task.steps)
    var next = 0
    // A network that gives no number any more does not recover: what is left would be the same.
    struct Divergence: Error {}
    do {
      let end = try loop.run(trainer, batches: materials.batches(seed: seed), isCancelled: isCancelled) {
        index, _, report in
        outcome.steps = index + 1
        trace.add(report.loss)
        guard report.isFinite, next < grid.count, grid[next] == index + 1 else { return }
        let evaluation = materials.evaluate(trainer)
        outcome.evaluations.append((index + 1, evaluation))
        next += 1
        if !evaluation.loss.isFinite { throw Divergence() }
      }
      if end == .interrupted { return nil }
      outcome.isDiverged = end == .diverged
    } catch is Divergence {
      outcome.isDiverged = true
    }
    outcome.trace = trace.points
    return outcome
  }
}

/// Training losses as means over equal stretches of steps.
struct LossTrace {
  private let stretch: Int
  private var sum = 0.0
  private var count = 0
  private var step = 0
  private var finished: [(step: Int, loss: Double)] = []
  private static let mostPoints = 50

  init(steps: Int) { stretch = (steps + Self.mostPoints - 1) / Self.mostPoints }

  /// Takes the loss of the next step.
  mutating func add(_ loss: Double) {
    step += 1
    sum += loss
    count += 1
    if count == stretch {
      finished.append((step, sum / Double(count)))
      (sum, count) = (0, 0)
    }
  }

  /// The means so far; the last may be of a shorter stretch.
  var points: [(step: Int, loss: Double)] {
    count == 0 ? finished : finished + [(step, sum / Double(count))]
  }
}
