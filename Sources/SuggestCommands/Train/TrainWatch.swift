import DatasetKit
import Reporting
import TrainingEngine

/// Watches a training: counts its steps, evaluates the network now and then, and shows how it goes.
struct TrainWatch {
  let task: LoadedTask
  /// The steps of all phases.
  let totalSteps: Int
  /// The steps from one evaluation to the next; nil evaluates after every epoch.
  let evaluateEvery: Int?
  let progress: ProgressBar
  let isCancelled: () -> Bool
  /// Takes a line for people.
  let show: (String) throws -> Void
  private(set) var result = TrainResult()
  private var losses = (sum: 0.0, count: 0)

  init(
    _ task: LoadedTask, totalSteps: Int, evaluateEvery: Int?, progress: ProgressBar,
    isCancelled: @escaping () -> Bool, show: @escaping (String) throws -> Void
  ) {
    self.task = task
    self.totalSteps = totalSteps
    self.evaluateEvery = evaluateEvery
    self.progress = progress
    self.isCancelled = isCancelled
    self.show = show
  }

  /// Evaluates the untrained network.
  mutating func begin(_ trainer: Trainer) throws {
    try show(TrainTable.heading)
    try evaluate(trainer)
  }

  /// Takes note of the beginning of a phase.
  mutating func beginPhase(_ name: String?) {
    if let name { result.phases.append(.init(name: name, firstStep: result.steps + 1)) }
  }

  /// Takes note of a step, and evaluates the network where it is time.
  mutating func note(_ trainer: Trainer, learningRate: Double, _ report: StepReport) throws {
    result.steps += 1
    result.learningRate = learningRate
    result.estimatedLearningRate = trainer.estimatedLearningRate
    result.history.append(
      .init(
        number: result.steps, epoch: task.epochs(steps: result.steps), learningRate: learningRate,
        loss: report.loss))
    losses = (losses.sum + report.loss, losses.count + 1)
    progress.advance(learningRate: learningRate, loss: report.loss)
    if report.isFinite, result.steps == totalSteps || isDue { try evaluate(trainer) }
  }

  /// Takes note of the end.
  mutating func end(_ end: TrainingLoop.End) {
    result.end = end
    guard end == .finished else { return }
    guard let last = result.final else {
      // A signal came while the trained network was evaluated.
      result.end = .interrupted
      return
    }
    // The last update may have spoilt the weights, which no further step would notice.
    if !last.loss.isFinite { result.end = .diverged }
  }

  /// Whether the network is evaluated after this step.
  ///
  /// An epoch may end within a step of several batches.
  private var isDue: Bool {
    if let evaluateEvery { return result.steps % evaluateEvery == 0 }
    let batchesPerStep = task.plan.batchesPerStep
    let batches = result.steps * batchesPerStep
    return batches / task.batchesPerEpoch > (batches - batchesPerStep) / task.batchesPerEpoch
  }

  private mutating func evaluate(_ trainer: Trainer) throws {
    progress.announce("evaluating \(task.data.validation.count) held-out samples …")
    guard let validation = trainer.evaluate(task.data.validation, isCancelled: isCancelled) else { return }
    let row = TrainResult.Row(
      step: result.steps, epoch: task.epochs(steps: result.steps), learningRate: result.learningRate,
      trainingLoss: losses.count > 0 ? losses.sum / Double(losses.count) : nil, validation: validation)
    result.rows.append(row)
    losses = (0, 0)
    progress.clear()
    try show(TrainTable.line(row))
  }
}
