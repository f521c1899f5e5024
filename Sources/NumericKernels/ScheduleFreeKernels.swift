internal import CKernels

/// The states of a schedule-free optimizer beside its parameters y: x, which is evaluated, and z, which the base moves.
public struct ScheduleFreeStates {
  let average, base: FloatView

  /// Collects x and z; equal counts.
  public init(average: FloatView, base: FloatView) {
    precondition(average.count == base.count, "schedule-free: counts differ")
    self.average = average
    self.base = base
  }
}

/// The settings of a schedule-free step.
public struct ScheduleFreeSettings: Sendable {
  /// γ.
  public var learningRate: Double
  /// β, where y lies between z at 0 and x at 1.
  public var interpolation: Double
  /// c, how much of z comes into x.
  public var share: Double
  /// λ of the penalty at y.
  public var weightDecay: Double

  /// Collects the settings.
  public init(learningRate: Double, interpolation: Double, share: Double, weightDecay: Double) {
    (self.learningRate, self.interpolation) = (learningRate, interpolation)
    (self.share, self.weightDecay) = (share, weightDecay)
  }

  fileprivate func kernel(beta2: Double = 0, correction: Double = 1, epsilon: Double = 0)
    -> ck_schedule_free_settings
  {
    ck_schedule_free_settings(
      learning_rate: Float(learningRate), weight_decay: Float(weightDecay), keep: Float(1 - share),
      share: Float(share), beta1: Float(interpolation), one_minus_beta1: Float(1 - interpolation),
      beta2: Float(beta2), one_minus_beta2: Float(1 - beta2), correction: Float(correction),
      epsilon: Float(epsilon))
  }
}

/// One step of schedule-free SGD, fused with the sums of the step's report.
///
/// z −= γ·(g + λ·y); x = (1 − c)·x + c·z; y = β·x + (1 − β)·z, g being the gradient at y.
public func scheduleFreeStep(
  _ operands: OptimizerOperands, states: ScheduleFreeStates, settings: ScheduleFreeSettings,
  sums: inout StepSums
) {
  precondition(states.average.count == operands.parameters.count, "schedule-free: counts differ")
  var kernel = settings.kernel()
  sums.collect {
    ck_schedule_free_sgd_step(
      operands.parameters.count, &kernel, operands.gradients.pointer, operands.start.pointer,
      operands.parameters.pointer, states.average.pointer, states.base.pointer, &$0)
  }
}

/// One step of schedule-free AdamW, fused with the sums of the step's report.
///
/// v = β₂·v + (1 − β₂)·g²; z −= γ·(g/(√(v/(1 − β₂^t)) + ε) + λ·y); x and y as of SGD.
public func scheduleFreeStep(
  _ operands: OptimizerOperands, states: ScheduleFreeStates, second: FloatView, step: Int,
  settings: ScheduleFreeSettings, adam: AdamSettings, sums: inout StepSums
) {
  let count = operands.parameters.count
  precondition(
    states.average.count == count && second.count == count && step > 0,
    "schedule-free: counts differ or the step is not positive")
  var kernel = settings.kernel(
    beta2: adam.beta2, correction: adam.secondCorrection(step), epsilon: adam.epsilon)
  sums.collect {
    ck_schedule_free_adamw_step(
      count, &kernel, operands.gradients.pointer, operands.start.pointer, operands.parameters.pointer,
      states.average.pointer, states.base.pointer, second.pointer, &$0)
  }
}
