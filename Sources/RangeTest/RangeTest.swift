public import CurveModel
public import TrainingEngine

/// A learning-rate range test: train while the rate rises, record the loss of every step, and put everything back.
///
/// The loss of a step is recorded with the rate applied in that step; like every range test, it is the loss before
/// that step's update. Afterwards parameters, optimizer state, running statistics and the order of the data are
/// bit-identical to before, also when the test was cancelled or an observer threw: training after a range test equals
/// training without one.
///
/// Source: L. N. Smith, "Cyclical Learning Rates for Training Neural Networks", WACV 2017 (arXiv 1506.01186); the
/// exponential schedule and the stop rule are fastai 2.8's.
public struct RangeTest: Sendable, Equatable {
  /// How the rate rises.
  public let schedule: RateSchedule
  /// When the test ends early.
  public let stopRule: StopRule

  /// Describes a range test.
  public init(schedule: RateSchedule, stopRule: StopRule = .standard) {
    self.schedule = schedule
    self.stopRule = stopRule
  }

  /// Runs the test.
  ///
  /// - Parameters:
  ///   - trainer: The training to test; unchanged afterwards.
  ///   - batches: Where its batches come from; not advanced.
  ///   - batchesPerStep: How many batches a step accumulates; at least 1.
  ///   - validation: Batches of held-out samples, evaluated before every step; empty records no held-out loss.
  ///   - rateFactors: What the rate is multiplied by for each parameter group; nil means the same rate for all. The
  ///     recorded rate is the last group's, as fastai records it.
  ///   - isCancelled: Asked before every step.
  ///   - observe: Called with every step as soon as it is known.
  /// - Returns: Why the test ended.
  /// - Throws: What `observe` throws.
  public func run(
    _ trainer: Trainer, batches: some BatchSource, batchesPerStep: Int = 1, validation: [Batch] = [],
    rateFactors: [Double]? = nil, isCancelled: () -> Bool = { false }, observe: (CurveStep) throws -> Void
  ) throws -> StopReason {
    let before = trainer.snapshot()
    let reason: Result<StopReason, any Error> = Result {
      try sweep(trainer, batches, batchesPerStep, validation, rateFactors, isCancelled, observe)
    }
    try trainer.restore(before)
    return try reason.get()
  }

  private func sweep(
    _ trainer: Trainer, _ source: some BatchSource, _ batchesPerStep: Int, _ validation: [Batch],
    _ rateFactors: [Double]?, _ isCancelled: () -> Bool, _ observe: (CurveStep) throws -> Void
  ) throws -> StopReason {
    let groups = trainer.network.groupNames.count
    precondition(rateFactors.map { $0.count == groups } ?? true, "one rate factor for each parameter group")
    var source = source
    var batches = trainer.emptyBatches(batchesPerStep)
    var detector = StopDetector(stopRule)
    trainer.markStart()
    for index in 0..<schedule.steps {
      if isCancelled() { return .interrupted }
      let rates = (rateFactors ?? Array(repeating: 1, count: groups)).map { schedule.rate(at: index) * $0 }
      let heldOut = Evaluation.mean(of: validation.map { trainer.evaluate($0) })?.loss
      source.fill(&batches)
      let report = trainer.step(on: batches, learningRates: rates)
      try observe(step(report, rates: rates, differ: rateFactors != nil, validationLoss: heldOut))
      if let reason = detector.reason(toStopAfter: report.loss) { return reason }
    }
    return .completed
  }

  private func step(_ report: StepReport, rates: [Double], differ: Bool, validationLoss: Double?) -> CurveStep
  {
    CurveStep(
      learningRate: rates[rates.count - 1], groupLearningRates: differ ? rates : nil, loss: report.loss,
      validationLoss: validationLoss, gradientNorm: report.gradientNorm, parameterNorm: report.parameterNorm,
      updateNorm: report.updateNorm, gradientUpdateProduct: report.gradientUpdateProduct,
      distanceFromStart: report.distanceFromStart)
  }
}
