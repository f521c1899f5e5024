internal import CKernels

/// Sums over all parameters that an optimizer pass collects on its way, with update = new − old parameter.
public struct StepSums: Sendable, Equatable {
  /// Σ gradient².
  public var gradientSquares = 0.0
  /// Σ parameter², before the update.
  public var parameterSquares = 0.0
  /// Σ update².
  public var updateSquares = 0.0
  /// Σ gradient·update.
  public var gradientDotUpdate = 0.0
  /// Σ (new parameter − start)².
  public var distanceSquares = 0.0

  /// Sums of nothing.
  public init() {}

  fileprivate mutating func collect(_ pass: (inout ck_step_sums) -> Void) {
    var sums = ck_step_sums(
      gradient_squares: gradientSquares, parameter_squares: parameterSquares,
      update_squares: updateSquares, gradient_dot_update: gradientDotUpdate,
      distance_squares: distanceSquares)
    pass(&sums)
    gradientSquares = sums.gradient_squares
    parameterSquares = sums.parameter_squares
    updateSquares = sums.update_squares
    gradientDotUpdate = sums.gradient_dot_update
    distanceSquares = sums.distance_squares
  }
}

/// The views of one stretch of parameters that an optimizer pass works on; equal counts.
public struct OptimizerOperands {
  let parameters, gradients, start: FloatView

  /// Collects the views: what is updated, its gradients, and where distances are measured from.
  public init(parameters: FloatView, gradients: FloatView, start: FloatView) {
    precondition(
      parameters.count == gradients.count && parameters.count == start.count, "optimizer: counts differ")
    self.parameters = parameters
    self.gradients = gradients
    self.start = start
  }
}

/// One step of SGD as PyTorch 2.13 takes it, fused with the sums of the step's report.
///
/// d = g + λ·p; v = μ·v + d; p −= η·v, or with Nesterov's momentum p −= η·(d + μ·v). Velocity starts at 0.
public func sgdStep(
  _ operands: OptimizerOperands, velocity: FloatView, learningRate: Double, momentum: Double,
  weightDecay: Double, nesterov: Bool, sums: inout StepSums
) {
  precondition(velocity.count == operands.parameters.count, "SGD: counts differ")
  var settings = ck_sgd_settings(
    learning_rate: Float(learningRate), momentum: Float(momentum), weight_decay: Float(weightDecay),
    nesterov: nesterov ? 1 : 0)
  sums.collect {
    ck_sgd_step(
      operands.parameters.count, &settings, operands.gradients.pointer, operands.start.pointer,
      operands.parameters.pointer, velocity.pointer, &$0)
  }
}

/// One step of Adam as PyTorch 2.13 takes it, fused with the sums of the step's report.
///
/// g' = g + λ·p; m += (1 − β₁)(g' − m); v = β₂·v + (1 − β₂)·g'²;
/// p −= η/(1 − β₁^t) · m / (√v/√(1 − β₂^t) + ε). Both moments start at 0; t is `step`, counted from 1.
/// Source: D. P. Kingma, J. Ba, "Adam", ICLR 2015.
public func adamStep(
  _ operands: OptimizerOperands, firstMoment: FloatView, secondMoment: FloatView, step: Int,
  learningRate: Double, beta1: Double, beta2: Double, epsilon: Double, weightDecay: Double,
  sums: inout StepSums
) {
  precondition(
    firstMoment.count == operands.parameters.count && secondMoment.count == operands.parameters.count
      && step > 0, "Adam: counts differ or the step is not positive")
  var settings = ck_adam_settings(
    step_size: Float(learningRate / (1 - power(beta1, step))), one_minus_beta1: Float(1 - beta1),
    beta2: Float(beta2), one_minus_beta2: Float(1 - beta2),
    correction: Float((1 - power(beta2, step)).squareRoot()), epsilon: Float(epsilon),
    weight_decay: Float(weightDecay))
  sums.collect {
    ck_adam_step(
      operands.parameters.count, &settings, operands.gradients.pointer, operands.start.pointer,
      operands.parameters.pointer, firstMoment.pointer, secondMoment.pointer, &$0)
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
