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
    var watch = TrainWatch(
      task, trainer, loop, evaluateEvery: plan.evaluateEvery, progress: progress, isCancelled: isCancelled,
      show: show)
    try watch.begin()
    let end = try loop.run(trainer, batches: task.batches(seed: plan.seed), isCancelled: isCancelled) {
      try watch.note(step: $0, learningRate: $1, $2)
    }
    watch.end(end)
    return watch.result
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
