import CurveModel
import ExperimentStore
import RangeTest
import StrategyKit
import TrainingEngine

/// The learning rate of a training, and who suggested it.
struct LearningRate: Sendable {
  let value: Double
  let suggestion: Suggested?

  /// What a strategy said, about which recording.
  struct Suggested: Sendable {
    let strategy: StrategyDescriptor
    let rate: SuggestedRate
    let curve: String
    /// The recording, with the strategy's answer.
    let report: SuggestionReport

    var json: JSONValue {
      .object(
        [
          .init("strategy", .string(strategy.name)), .init("version", .string(strategy.version)),
          .init("curve", .string(curve)),
        ]
          + (rate.interval.map { [.init("interval", .numbers([$0.lowerBound, $0.upperBound]))] } ?? [])
          + [
            .init("reason", .string(rate.reason)),
            .init("warnings", .array(rate.warnings.map(JSONValue.string))),
          ])
    }
  }
}

extension TrainRun {
  /// The rate as typed, or what the strategy says about a range test that is recorded now.
  ///
  /// - Throws: ``ExitStatus/abstained`` with a line that says why; ``ExitStatus`` of an interruption.
  func learningRate(_ task: LoadedTask, _ trainer: Trainer, _ interruption: Interruption) throws
    -> LearningRate
  {
    switch plan.rate {
    case .value(let value): return LearningRate(value: value, suggestion: nil)
    case .decided(let rate): return rate
    case .suggested(let strategy):
      let curve = try rangeTest(task, trainer, interruption)
      let report = try SuggestionReport(
        asking: [strategy], about: curve, optimizerFamily: plan.training.optimizer.family,
        use: plan.course.use(from: plan.training.checkpoint),
        trainingSteps: try plan.steps(batchesPerEpoch: task.batchesPerEpoch))
      let name = strategy.descriptor.name
      report.reportWarnings(console)
      guard let rate = report.answers.first?.rate else {
        console.report(
          "\(name) abstains: \(report.answers.first?.abstention?.reason ?? ""); the range test is \(curve.source), "
            + "give --lr another strategy or a number")
        throw ExitStatus.abstained
      }
      console.report(
        "\(name) suggests \(rate.learningRate.text(digits: 3)) for \(curve.source): \(rate.reason)")
      return LearningRate(
        value: rate.learningRate,
        suggestion: .init(strategy: strategy.descriptor, rate: rate, curve: curve.source, report: report))
    }
  }

  private func rangeTest(_ task: LoadedTask, _ trainer: Trainer, _ interruption: Interruption) throws
    -> NamedCurve
  {
    try plan.store.open()
    let progress = ProgressBar(console: console, total: plan.test.schedule.steps)
    defer { progress.clear() }
    let recorder = CurveRecorder(
      task: task, test: plan.test, validationSamples: CurveRecorder.standardValidationSamples,
      store: plan.store, console: console)
    let recording = try recorder.record(trainer, seed: plan.seed, progress, interruption)
    if let signal = interruption.signal {
      progress.clear()
      console.report(
        "interrupted in the range test, before the training; "
          + (recording.map { "its \($0.curve.curve.count) points are kept in \($0.curve.source)" }
            ?? "nothing was recorded"))
      throw ExitStatus(signal: signal)
    }
    guard let recording else { throw ExitStatus.internalError }
    return recording.curve
  }
}
