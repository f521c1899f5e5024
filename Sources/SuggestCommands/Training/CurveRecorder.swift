import CurveModel
import ExperimentStore
import RangeTest
import TrainingEngine

/// Records range tests of a task into a store, one curve a seed.
struct CurveRecorder: Sendable {
  let task: LoadedTask
  let test: RangeTest
  let validationSamples: Int
  let store: CurveStore
  let console: Console

  /// How many held-out samples are evaluated at every step unless the user says otherwise.
  static let standardValidationSamples = 256

  /// A recorded curve, and where its picture goes.
  struct Recording: Sendable {
    let curve: NamedCurve
    let figurePath: String
  }

  /// Records the range test of one seed; the trainer, fresh of that seed, is as before afterwards.
  ///
  /// - Returns: The recording, or nil if it was interrupted before its first step.
  func record(
    _ trainer: Trainer, seed: UInt64, _ progress: ProgressBar, _ interruption: Interruption
  ) throws -> Recording? {
    let header = header(seed: seed)
    var file = try store.newCurve(header: header, at: console.now())
    var steps = CurveBuilder()
    let stop = try test.run(
      trainer, batches: task.batches(seed: seed), batchesPerStep: task.plan.batchesPerStep,
      validation: task.heldOut(validationSamples), rateFactors: task.rateFactorsOfRangeTest,
      isCancelled: { interruption.signal != nil || Task.isCancelled }
    ) { step in
      try file.writer.append(step)
      steps.append(step)
      progress.advance(learningRate: step.learningRate, loss: step.loss)
    }
    try file.writer.finish(stop: stop)
    guard steps.count > 0 else { return nil }
    progress.skip(test.schedule.steps - steps.count)
    let curve = try steps.curve(header: header, stop: stop)
    return Recording(
      curve: NamedCurve(source: file.path, curve: curve, warnings: []),
      figurePath: store.figurePath(of: file.name))
  }

  private func header(seed: UInt64) -> CurveHeader {
    CurveHeader(
      task: task.labels, schedule: test.schedule, seed: seed,
      versions: Surroundings.labels(task.plan.execution))
  }
}

extension RangeTest {
  /// The rates and steps of a range test unless the user says otherwise.
  static let standardRates = 1e-6...10.0
  static let standardSteps = 100

  /// The range test that `record` makes without options, of a network that begins with a checkpoint or without.
  static func standard(from checkpoint: String?) throws(CurveError) -> RangeTest {
    RangeTest(
      schedule: try RateSchedule(
        start: standardRates.lowerBound, end: standardRates.upperBound, steps: standardSteps),
      stopRule: .standard(from: checkpoint))
  }
}

extension StopRule {
  static let reboundTwice = StopRule.rebound(2)

  /// fastai's rule; but the losses of a trained network differ by more than its factor from batch to batch.
  static func standard(from checkpoint: String?) -> StopRule {
    checkpoint == nil ? .standard : .reboundTwice
  }
}
