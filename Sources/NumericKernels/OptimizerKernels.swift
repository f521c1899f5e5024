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

  /// Adds the sums over other parameters.
  public mutating func add(_ other: StepSums) {
    gradientSquares += other.gradientSquares
    parameterSquares += other.parameterSquares
    updateSquares += other.updateSquares
    gradientDotUpdate += other.gradientDotUpdate
    distanceSquares += other.distanceSquares
  }

  mutating func collect(_ pass: (inout ck_step_sums) -> Void) {
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

/// One step of RMSProp as PyTorch 2.13 takes it, fused with the sums of the step's report.
///
/// d = g + λ·p; a = α·a + (1 − α)·d²; v = μ·v + d/(√a + ε); p −= η·v. Both states start at 0. Source: T. Tieleman,
/// G. Hinton, "Lecture 6.5: RMSProp", Coursera 2012.
public func rmsPropStep(
  _ operands: OptimizerOperands, squareAverage: FloatView, velocity: FloatView, learningRate: Double,
  decay: Double, epsilon: Double, momentum: Double, weightDecay: Double, sums: inout StepSums
) {
  precondition(
    squareAverage.count == operands.parameters.count && velocity.count == operands.parameters.count,
    "RMSProp: counts differ")
  var settings = ck_rmsprop_settings(
    learning_rate: Float(learningRate), decay: Float(decay), one_minus_decay: Float(1 - decay),
    epsilon: Float(epsilon), momentum: Float(momentum), weight_decay: Float(weightDecay))
  sums.collect {
    ck_rmsprop_step(
      operands.parameters.count, &settings, operands.gradients.pointer, operands.start.pointer,
      operands.parameters.pointer, squareAverage.pointer, velocity.pointer, &$0)
  }
}

/// One step of Adagrad as PyTorch 2.13 takes it, fused with the sums of the step's report.
///
/// d = g + λ·p; s += d²; p −= η·d/(√s + ε). The sum starts at 0. Source: J. Duchi, E. Hazan, Y. Singer, "Adaptive
/// Subgradient Methods", JMLR 12 (2011).
public func adagradStep(
  _ operands: OptimizerOperands, squareSum: FloatView, learningRate: Double, epsilon: Double,
  weightDecay: Double, sums: inout StepSums
) {
  precondition(squareSum.count == operands.parameters.count, "Adagrad: counts differ")
  sums.collect {
    ck_adagrad_step(
      operands.parameters.count, Float(learningRate), Float(epsilon), Float(weightDecay),
      operands.gradients.pointer, operands.start.pointer, operands.parameters.pointer, squareSum.pointer, &$0)
  }
}

/// One step of Lion, fused with the sums of the step's report.
///
/// p −= η·(sign(β₁·m + (1 − β₁)·g) + λ·p); m = β₂·m + (1 − β₂)·g. The moment starts at 0; sign(0) is 0 and the sign of
/// a NaN is one. Source: X. Chen et al., "Symbolic Discovery of Optimization Algorithms", NeurIPS 2023, program 2.
public func lionStep(
  _ operands: OptimizerOperands, moment: FloatView, learningRate: Double, beta1: Double, beta2: Double,
  weightDecay: Double, sums: inout StepSums
) {
  precondition(moment.count == operands.parameters.count, "Lion: counts differ")
  var settings = ck_lion_settings(
    learning_rate: Float(learningRate), beta1: Float(beta1), one_minus_beta1: Float(1 - beta1),
    beta2: Float(beta2), one_minus_beta2: Float(1 - beta2), weight_decay: Float(weightDecay))
  sums.collect {
    ck_lion_step(
      operands.parameters.count, &settings, operands.gradients.pointer, operands.start.pointer,
      operands.parameters.pointer, moment.pointer, &$0)
  }
}

/// Adds what parameters that a step leaves alone contribute to its report: they count in the norms, not in the update.
public func observeUnchanged(parameters: FloatView, start: FloatView, sums: inout StepSums) {
  precondition(parameters.count == start.count, "frozen parameters: counts differ")
  sums.collect { ck_observe_unchanged(parameters.count, start.pointer, parameters.pointer, &$0) }
}
