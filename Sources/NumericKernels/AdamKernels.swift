internal import CKernels
internal import Glibc

/// The moments of Adam and its family: averages of the gradient and of its square, both from 0.
public struct AdamMoments {
  let first, second: FloatView

  /// Collects the views; equal counts.
  public init(first: FloatView, second: FloatView) {
    precondition(first.count == second.count, "Adam: the moments' counts differ")
    self.first = first
    self.second = second
  }
}

/// The settings of Adam and its family for one step.
public struct AdamSettings: Sendable {
  /// β₁, how much of the gradient's average a step keeps, from 0 to below 1.
  public var beta1: Double
  /// β₂, how much of the square's average a step keeps, from 0 to below 1.
  public var beta2: Double
  /// ε, added to the root of the square's average.
  public var epsilon: Double
  /// λ of the L2 penalty, added to the gradient as λ·p.
  public var weightDecay: Double
  /// λ of the decay that is decoupled from the moments: p is first multiplied by 1 − η·λ.
  ///
  /// Source: I. Loshchilov, F. Hutter, "Decoupled Weight Decay Regularization", ICLR 2019.
  public var decoupledDecay: Double

  /// Collects the settings.
  public init(
    beta1: Double, beta2: Double, epsilon: Double, weightDecay: Double = 0, decoupledDecay: Double = 0
  ) {
    precondition(
      beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1, "Adam needs β₁ and β₂ of at least 0 and below 1")
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    self.decoupledDecay = decoupledDecay
  }

  /// 1 − β₁^t, what the first moment lacks after t steps from 0.
  func firstCorrection(_ step: Int) -> Double { 1 - power(beta1, step) }
  /// 1 − β₂^t.
  func secondCorrection(_ step: Int) -> Double { 1 - power(beta2, step) }

  /// The kernel's settings for p = (1 − η·λ)·p − (momentSize·m + gradientSize·d) / (√v/correction + ε).
  func kernel(
    learningRate: Double, momentSize: Double, gradientSize: Double = 0, correction: Double,
    isAdaptive: Bool = true
  ) -> ck_adam_settings {
    ck_adam_settings(
      one_minus_beta1: Float(1 - beta1), beta2: Float(beta2), one_minus_beta2: Float(1 - beta2),
      weight_decay: Float(weightDecay), moment_size: Float(momentSize), gradient_size: Float(gradientSize),
      keep: Float(1 - learningRate * decoupledDecay), correction: Float(correction), epsilon: Float(epsilon),
      adaptive: isAdaptive ? 1 : 0)
  }
}

/// One step of Adam as PyTorch 2.13 takes it, fused with the sums of the step's report.
///
/// d = g + λ·p; m += (1 − β₁)(d − m); v = β₂·v + (1 − β₂)·d²;
/// p −= η/(1 − β₁^t) · m / (√v/√(1 − β₂^t) + ε), t being `step`, counted from 1. With a decoupled decay this is
/// AdamW, and fastai 2.8.12's Adam. Source: D. P. Kingma, J. Ba, "Adam", ICLR 2015.
public func adamStep(
  _ operands: OptimizerOperands, moments: AdamMoments, step: Int, learningRate: Double,
  settings: AdamSettings, sums: inout StepSums
) {
  run(
    operands, moments, step,
    settings.kernel(
      learningRate: learningRate, momentSize: learningRate / settings.firstCorrection(step),
      correction: settings.secondCorrection(step).squareRoot()),
    &sums)
}

/// One step of RAdam as PyTorch 2.13 takes it, fused with the sums of the step's report.
///
/// Adam whose adaptive rate is multiplied by r = √((ρ−4)(ρ−2)ρ∞ / ((ρ∞−4)(ρ∞−2)ρ)) and left out, m/(1 − β₁^t) alone,
/// while ρ = ρ∞ − 2t·β₂^t/(1 − β₂^t) is at most 5; ρ∞ = 2/(1 − β₂) − 1. PyTorch adds ε before the correction of √v.
/// Source: L. Liu et al., "On the Variance of the Adaptive Learning Rate and Beyond", ICLR 2020.
public func rAdamStep(
  _ operands: OptimizerOperands, moments: AdamMoments, step: Int, learningRate: Double,
  settings: AdamSettings, sums: inout StepSums
) {
  let size = learningRate / settings.firstCorrection(step)
  let second = settings.secondCorrection(step)
  let limit = 2 / (1 - settings.beta2) - 1
  let length = limit - 2 * Double(step) * (1 - second) / second
  // Below five effective samples the variance of the adaptive rate cannot be told: the paper's threshold is 4, PyTorch's 5.
  let isAdaptive = length > 5
  let rectified =
    ((length - 4) * (length - 2) * limit / ((limit - 4) * (limit - 2) * length) * second).squareRoot()
  run(
    operands, moments, step,
    settings.kernel(
      learningRate: learningRate, momentSize: isAdaptive ? size * rectified : size, correction: 1,
      isAdaptive: isAdaptive),
    &sums)
}

/// One step of NAdam as PyTorch 2.13 takes it, fused with the sums of the step's report.
///
/// With μ_t = β₁·(1 − ½·0.96^(ψ·t)) and Π_t = μ₁·…·μ_t:
/// p −= η·((1 − μ_t)/(1 − Π_t)·d + μ_{t+1}/(1 − Π_{t+1})·m) / (√v/√(1 − β₂^t) + ε).
/// Source: T. Dozat, "Incorporating Nesterov Momentum into Adam", ICLR workshop 2016.
///
/// - Parameters:
///   - operands: the views of the parameters.
///   - moments: both averages.
///   - step: t, counted from 1.
///   - learningRate: η.
///   - settings: Adam's.
///   - momenta: μ_t, μ_{t+1} and Π_t by ``NAdamMomenta``.
///   - sums: collects the report.
public func nAdamStep(
  _ operands: OptimizerOperands, moments: AdamMoments, step: Int, learningRate: Double,
  settings: AdamSettings, momenta: NAdamMomenta, sums: inout StepSums
) {
  run(
    operands, moments, step,
    settings.kernel(
      learningRate: learningRate,
      momentSize: learningRate * momenta.next / (1 - momenta.product * momenta.next),
      gradientSize: learningRate * (1 - momenta.current) / (1 - momenta.product),
      correction: settings.secondCorrection(step).squareRoot()),
    &sums)
}

/// The momentum schedule of NAdam at one step.
public struct NAdamMomenta: Sendable {
  /// μ_t of this step.
  public let current: Double
  /// μ_{t+1} of the next one.
  public let next: Double
  /// Π_t = μ₁·…·μ_t.
  public let product: Double
  /// The base of Dozat's schedule.
  private static let base = 0.96

  /// Computes the schedule at `step` from the product before it, 1 before the first.
  public init(step: Int, beta1: Double, decay: Double, productBefore: Double) {
    current = Self.momentum(step, beta1, decay)
    next = Self.momentum(step + 1, beta1, decay)
    product = productBefore * current
  }

  private static func momentum(_ step: Int, _ beta1: Double, _ decay: Double) -> Double {
    beta1 * (1 - 0.5 * pow(base, Double(step) * decay))
  }
}

/// One step of LAMB on one tensor as fastai 2.8.12 takes it, fused with the sums of the step's report.
///
/// p = (1 − η·λ)·p; u = m/(1 − β₁^t) / (√(v/(1 − β₂^t)) + ε); p −= η·q·u with the trust ratio q = ‖p‖/‖u‖, at most 10,
/// and 1 where a norm is 0. Source: Y. You et al., "Large Batch Optimization for Deep Learning", ICLR 2020.
public func lambStep(
  _ operands: OptimizerOperands, moments: AdamMoments, step: Int, learningRate: Double,
  settings: AdamSettings, sums: inout StepSums
) {
  precondition(
    moments.first.count == operands.parameters.count && step > 0 && settings.weightDecay == 0,
    "LAMB: counts differ, the step is not positive, or the decay is not decoupled")
  let size = 1 / settings.firstCorrection(step)
  let correction = settings.secondCorrection(step).squareRoot()
  var kernel = settings.kernel(learningRate: learningRate, momentSize: size, correction: correction)
  var parameterSquares = 0.0
  var directionSquares = 0.0
  ck_adam_moments(
    operands.parameters.count, &kernel, operands.gradients.pointer, operands.parameters.pointer,
    moments.first.pointer, moments.second.pointer, &parameterSquares, &directionSquares)
  let ratio = (parameterSquares / directionSquares).squareRoot()
  let trust = parameterSquares == 0 || directionSquares == 0 ? 1 : Swift.min(ratio, largestTrust)
  kernel.moment_size = Float(learningRate * trust * size)
  // The moments have moved: the second pass leaves them where they are.
  kernel.one_minus_beta1 = 0
  kernel.beta2 = 1
  kernel.one_minus_beta2 = 0
  run(operands, moments, step, kernel, &sums)
}

/// fastai's bound on the trust ratio of LAMB.
private let largestTrust = 10.0

private func run(
  _ operands: OptimizerOperands, _ moments: AdamMoments, _ step: Int, _ settings: ck_adam_settings,
  _ sums: inout StepSums
) {
  precondition(
    moments.first.count == operands.parameters.count && step > 0,
    "Adam: counts differ or the step is not positive")
  var settings = settings
  sums.collect {
    ck_adam_step(
      operands.parameters.count, &settings, operands.gradients.pointer, operands.start.pointer,
      operands.parameters.pointer, moments.first.pointer, moments.second.pointer, &$0)
  }
}

/// base^exponent by repeated squaring, so that the bits do not depend on the C library.
private func power(_ base: Double, _ exponent: Int) -> Double {
  var result = 1.0
  var square = base
  var remaining = exponent
  while remaining > 0 {
    if remaining & 1 == 1 { result *= square }
    square *= square
    remaining >>= 1
  }
  return result
}
