import Glibc
import ModelZoo
import TrainingEngine

/// A training at work: load, find the rate, train, evaluate, print.
struct TrainRun {
  let plan: TrainPlan
  let console: Console

  /// Trains, writes and prints, and ends as the program has to.
  func run() async throws {
    let outcome = try await outcome()
    if let signal = outcome.signal { throw ExitStatus(signal: signal) }
    if outcome.result.end == .diverged { throw ExitStatus.abstained }
  }

  /// Trains, writes what was asked for, prints, and returns what came of it, also of a training that diverged or was
  /// interrupted.
  func outcome() async throws -> TrainOutcome {
    // Everything that can be wrong is found before anything is written.
    let task = try LoadedTask(plan.training, fineTuning: plan.course.fineTuning, console: console)
    if let save = plan.save {
      try Destination.check(save)
      if let start = task.start, Destination.isSame(save, start.path) {
        throw UsageError("--save \(save) would overwrite the weights of --from: choose another file")
      }
    }
    try await plan.results.check(start: task.start?.path)
    _ = try plan.steps(batchesPerEpoch: task.batchesPerEpoch)
    let trainer = try task.trainer(seed: plan.seed)
    let interruption = Interruption()
    defer { interruption.stopListening() }
    let rate = try learningRate(task, trainer, interruption)
    // What is to be written is, whether or not somebody still reads the table.
    let writes = plan.save != nil || !plan.results.isEmpty
    if writes { Glibc.signal(SIGPIPE, SIG_IGN) }
    let listener = Listener(show: show, isOptional: writes)
    let (result, trained) = try train(
      consume trainer, task, rate: rate.value, interruption, listener)
    // The result is printed even where the weights cannot be written.
    let saving = Result { try save(trained, after: result) }
    let classified = classify(by: trained, task, after: result, interruption)
    let saved = (try? saving.get()) ?? nil
    let writing = await writeResults(result, task, rate, classified, saved: saved)
    let outcome = TrainOutcome(
      rate: rate, result: result, classification: classified, saved: saved, written: writing.written,
      signal: interruption.signal)
    try listener.stillListening()
    try present(outcome, task)
    _ = try saving.get()
    if let failure = writing.failure { throw failure }
    return outcome
  }

  // MARK: Training

  /// Trains phase by phase; returns what came out, and the trainer that holds it.
  private func train(
    _ first: consuming Trainer, _ task: LoadedTask, rate: Double,
    _ interruption: Interruption, _ listener: Listener
  ) throws -> (result: TrainResult, trained: Trainer) {
    let phases = plan.course.phases(
      of: task, rate: rate, steps: try plan.steps(batchesPerEpoch: task.batchesPerEpoch))
    let steps = phases.reduce(0) { $0 + $1.loop.steps }
    let isCancelled = { interruption.signal != nil || Task.isCancelled }
    let progress = ProgressBar(console: console, total: steps)
    defer { progress.clear() }
    try listener.tell(introduction(task, steps: steps))
    var watch = TrainWatch(
      task, totalSteps: steps, evaluateEvery: plan.evaluateEvery, progress: progress,
      isCancelled: isCancelled, show: listener.tell)
    var trainer = consume first
    try watch.begin(trainer)
    var batches = task.batches(seed: plan.seed)
    var end = TrainingLoop.End.finished
    for (index, phase) in phases.enumerated() {
      if index > 0 {
        let state = trainer.trainedState()
        // The memory of a phase is given back before that of the next is taken.
        _ = consume trainer
        trainer = try task.trainer(seed: plan.seed, continuing: state, groups: phase.groups)
      }
      watch.beginPhase(phase.name)
      let current = trainer
      end = try phase.loop.run(current, continuing: &batches, isCancelled: isCancelled) {
        try watch.note(current, learningRate: $1, $2)
      }
      guard end == .finished else { break }
    }
    watch.end(end)
    return (watch.result, trainer)
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

/// Who reads the table of a training, and may stop reading.
private final class Listener {
  private let show: (String) throws -> Void
  private let isOptional: Bool
  private var failure: (any Error)?

  /// Shows lines by `show`; where that is optional, a failure is kept until somebody asks.
  init(show: @escaping (String) throws -> Void, isOptional: Bool) {
    self.show = show
    self.isOptional = isOptional
  }

  func tell(_ text: String) throws {
    guard failure == nil else { return }
    do {
      try show(text)
    } catch {
      guard isOptional else { throw error }
      failure = error
    }
  }

  /// Throws what has failed.
  func stillListening() throws {
    if let failure { throw failure }
  }
}
