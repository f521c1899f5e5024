import CurveModel
import DatasetKit
import ModelZoo
import TrainingEngine

/// A training at work: load, find the rate, train, evaluate, print.
struct TrainRun {
  let plan: TrainPlan
  let console: Console

  func run() throws {
    // Everything that can be wrong is found before anything is written.
    let task = try LoadedTask(plan.training, console: console)
    if let save = plan.save {
      try Destination.check(save)
      if let start = task.start, Destination.isSame(save, start.path) {
        throw UsageError("--save \(save) would overwrite the weights of --from: choose another file")
      }
    }
    let trainer = try task.trainer(seed: plan.seed)
    let interruption = Interruption()
    defer { interruption.stopListening() }
    let rate = try learningRate(task, trainer, interruption)
    let result = try train(trainer, task, rate: rate.value, interruption)
    // The result is printed even where the weights cannot be written.
    let saving = Result { try save(trainer, after: result) }
    try present(result, task, rate, saved: (try? saving.get()) ?? nil)
    _ = try saving.get()
    if let signal = interruption.signal, result.end == .interrupted { throw ExitStatus(signal: signal) }
    if result.end == .diverged { throw ExitStatus.abstained }
  }

  // MARK: Training

  private func train(
    _ trainer: Trainer, _ task: LoadedTask, rate: Double, _ interruption: Interruption
  ) throws -> TrainResult {
    let loop = TrainingLoop(
      steps: plan.steps(batchesPerEpoch: task.batchesPerEpoch),
      learningRate: plan.schedule.learningRate(rate),
      momentum: plan.schedule.momentum(of: plan.training.optimizer),
      rateFactors: task.rateFactors, batchesPerStep: plan.training.batchesPerStep)
    let isCancelled = { interruption.signal != nil || Task.isCancelled }
    let progress = ProgressBar(console: console, total: loop.steps)
    defer { progress.clear() }
    try show(introduction(task, loop))
    try show(TrainTable.heading)
    var result = TrainResult()
    let look = { (result: inout TrainResult, trainingLoss: Double?) in
      guard let validation = trainer.evaluate(task.data.validation, isCancelled: isCancelled) else { return }
      let row = TrainResult.Row(
        step: result.steps, epoch: epochs(result.steps, task), learningRate: result.learningRate,
        trainingLoss: trainingLoss, validation: validation)
      result.rows.append(row)
      progress.clear()
      try show(TrainTable.line(row))
    }
    try look(&result, nil)
    var losses = (sum: 0.0, count: 0)
    result.end = try loop.run(trainer, batches: task.batches(seed: plan.seed), isCancelled: isCancelled) {
      index, rate, report in
      result.steps = index + 1
      result.learningRate = rate
      losses = (losses.sum + report.loss, losses.count + 1)
      progress.advance(learningRate: rate, loss: report.loss)
      guard report.isFinite, result.steps == loop.steps || isDue(result.steps, task) else { return }
      try look(&result, losses.sum / Double(losses.count))
      losses = (0, 0)
    }
    if result.end == .finished {
      // The last update may have spoilt the weights, which no further step would notice.
      if let last = result.final {
        if !last.loss.isFinite { result.end = .diverged }
      } else {
        result.end = .interrupted
      }
    }
    return result
  }

  /// Whether the network is evaluated after so many steps.
  private func isDue(_ steps: Int, _ task: LoadedTask) -> Bool {
    if let every = plan.evaluateEvery { return steps % every == 0 }
    // An epoch has passed in this step where its batches are those of a whole number of steps, and where not.
    let (before, now) = ((steps - 1) * plan.training.batchesPerStep, steps * plan.training.batchesPerStep)
    return now / task.batchesPerEpoch > before / task.batchesPerEpoch
  }

  func epochs(_ steps: Int, _ task: LoadedTask) -> Double {
    Double(steps * plan.training.batchesPerStep) / Double(task.batchesPerEpoch)
  }

  // MARK: Saving

  /// Writes the weights where they were asked for and are worth it; returns the file.
  private func save(_ trainer: Trainer, after result: TrainResult) throws -> String? {
    guard let path = plan.save else { return nil }
    guard result.end != .diverged, result.steps > 0 else {
      console.report("\(path) is not written: there is nothing to keep")
      return nil
    }
    let metadata = [
      "format": "pt", "model": plan.training.model.name, "dataset": plan.training.dataset,
      "suggest": SuggestProgram.version,
    ]
    try trainer.checkpoint(metadata: metadata).write(to: path)
    console.report("saved the weights in \(path)")
    return path
  }

  // MARK: Presenting

  /// Lines for people: on standard output unless that is for a machine.
  private func show(_ text: String) throws {
    switch plan.format {
    case .text: try console.output(text)
    case .json: console.message(text)
    }
  }
}
