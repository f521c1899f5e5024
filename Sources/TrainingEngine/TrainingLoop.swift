/// A training from its first step to its last: how many steps, and with which rate and momentum each.
///
/// A pure function of trainer, batches and this description, like every step. Whoever watches it may evaluate or save
/// the network between two steps, which changes nothing.
public struct TrainingLoop: Sendable, Equatable {
  /// Why a training ended.
  public enum End: String, Sendable, CaseIterable {
    /// After its last step.
    case finished
    /// With a loss that is no number; the parameters are worthless then.
    case diverged
    /// Because somebody asked.
    case interrupted
  }

  /// The number of steps; at least 1.
  public let steps: Int
  /// The learning rate over the course of the training.
  public let learningRate: Schedule
  /// The momentum, or the β₁ of optimizers that average the gradient; nil keeps the optimizer's own.
  public let momentum: Schedule?
  /// What the rate is multiplied by for each of the network's parameter groups; nil means the same rate for all.
  public let rateFactors: [Double]?
  /// How many batches a step accumulates; at least 1.
  public let batchesPerStep: Int

  /// Describes a training.
  public init(
    steps: Int, learningRate: Schedule, momentum: Schedule? = nil, rateFactors: [Double]? = nil,
    batchesPerStep: Int = 1
  ) {
    precondition(steps > 0 && batchesPerStep > 0, "a training needs steps, and a step batches")
    self.steps = steps
    self.learningRate = learningRate
    self.momentum = momentum
    self.rateFactors = rateFactors
    self.batchesPerStep = batchesPerStep
  }

  /// Trains.
  ///
  /// - Parameters:
  ///   - trainer: What to train.
  ///   - source: Where its batches come from.
  ///   - isCancelled: Asked before every step.
  ///   - observe: Called after every step with its index, counted from 0, its learning rate before any group's factor,
  ///     and its report; also with the step whose loss is no number.
  /// - Returns: Why the training ended.
  /// - Throws: What `observe` throws.
  public func run(
    _ trainer: Trainer, batches source: some BatchSource, isCancelled: () -> Bool = { false },
    observe: (_ index: Int, _ learningRate: Double, _ report: StepReport) throws -> Void
  ) rethrows -> End {
    var source = source
    return try run(trainer, continuing: &source, isCancelled: isCancelled, observe: observe)
  }

  /// Trains, as ``run(_:batches:isCancelled:observe:)`` does, and leaves the source where a further training goes on.
  public func run(
    _ trainer: Trainer, continuing source: inout some BatchSource, isCancelled: () -> Bool = { false },
    observe: (_ index: Int, _ learningRate: Double, _ report: StepReport) throws -> Void
  ) rethrows -> End {
    var batches = trainer.emptyBatches(batchesPerStep)
    let factors = rateFactors ?? Array(repeating: 1, count: trainer.network.groups.count)
    for index in 0..<steps {
      if isCancelled() { return .interrupted }
      source.fill(&batches)
      let rate = learningRate.value(step: index, of: steps)
      let report = trainer.step(
        on: batches, learningRates: factors.map { rate * $0 },
        momentum: momentum?.value(step: index, of: steps))
      try observe(index, rate, report)
      if !report.isFinite { return .diverged }
    }
    return .finished
  }
}

extension Trainer {
  /// Room for the batches of one step, which a source fills again and again.
  package func emptyBatches(_ count: Int) -> [Batch] {
    let outputs = network.outputShape
    // Where every time is classified, each has a label.
    let batch = Batch(
      capacity: batchSize, inputCount: network.inputShape.count,
      targetCount: loss.needsTargets ? outputs.count : 0,
      labelCount: loss.needsTargets ? 1 : outputs.count / outputs.channels)
    return Array(repeating: batch, count: count)
  }

  /// Trains on one batch, or with one update on several.
  package func step(on batches: [Batch], learningRates: [Double], momentum: Double? = nil) -> StepReport {
    batches.count == 1
      ? step(batches[0], learningRates: learningRates, momentum: momentum)
      : step(accumulating: batches, learningRates: learningRates, momentum: momentum)
  }
}

extension BatchSource {
  /// Overwrites every batch of a step with the next samples.
  package mutating func fill(_ batches: inout [Batch]) {
    for index in batches.indices { next(into: &batches[index]) }
  }
}
