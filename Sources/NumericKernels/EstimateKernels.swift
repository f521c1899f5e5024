internal import CKernels

/// What the measuring pass of a step sums up over its parameters, in double precision and a fixed order; each kernel says
/// what, and leaves what it has no use for.
public typealias MeasuredSums = SIMD4<Double>

/// Calls a kernel that adds up to four sums.
func measured(_ pass: (UnsafeMutablePointer<Double>) -> Void) -> MeasuredSums {
  var sums = MeasuredSums()
  withUnsafeMutablePointer(to: &sums) {
    $0.withMemoryRebound(to: Double.self, capacity: MeasuredSums.scalarCount, pass)
  }
  return sums
}

// MARK: Distance over gradients

/// Σ d² of the decayed gradient d = g + λ·p, and Σ (p − x₀)².
public func dogMeasure(_ operands: OptimizerOperands, origin: FloatView, weightDecay: Double) -> MeasuredSums
{
  precondition(origin.count == operands.parameters.count, "DoG: counts differ")
  return measured {
    ck_dog_measure(
      operands.parameters.count, Float(weightDecay), operands.gradients.pointer, operands.parameters.pointer,
      origin.pointer, $0)
  }
}

/// p −= η·(g + λ·p), fused with the sums of the step's report.
public func descend(
  _ operands: OptimizerOperands, learningRate: Double, weightDecay: Double, sums: inout StepSums
) {
  sums.collect {
    ck_descend(
      operands.parameters.count, Float(learningRate), Float(weightDecay), operands.gradients.pointer,
      operands.start.pointer, operands.parameters.pointer, &$0)
  }
}

// MARK: Adam with an estimated rate

/// The states of Adam with an estimated rate: both moments, and w, the weighted sum of gradients; all from 0.
public struct EstimateMoments {
  let moments: AdamMoments
  let weighted: FloatView

  /// Collects the views; equal counts.
  public init(first: FloatView, second: FloatView, weighted: FloatView) {
    precondition(first.count == weighted.count, "moments and weighted sum: counts differ")
    moments = AdamMoments(first: first, second: second)
    self.weighted = weighted
  }
}

/// How the states of Adam with an estimated rate move in one step.
public struct EstimateSettings: Sendable {
  /// How much of m a step keeps, and how much of the gradient comes in.
  public var first: (keep: Double, share: Double)
  /// How much of v a step keeps, and how much of the gradient's square comes in.
  public var second: (keep: Double, share: Double)
  /// How much of w a step keeps, and how much of the gradient comes in.
  public var weighted: (keep: Double, share: Double)
  /// λ of the L2 penalty.
  public var weightDecay: Double
  /// ε, added to √v where w is divided by it.
  public var epsilon: Double

  /// Collects the settings.
  public init(
    first: (keep: Double, share: Double), second: (keep: Double, share: Double),
    weighted: (keep: Double, share: Double), weightDecay: Double = 0, epsilon: Double = 0
  ) {
    (self.first, self.second, self.weighted) = (first, second, weighted)
    (self.weightDecay, self.epsilon) = (weightDecay, epsilon)
  }
}

/// Moves the states, and returns Σ d·(x₀ − p), or without an origin Σ d·w/(√v + ε) of before, and Σ |w|; d = g + λ·p.
public func estimateMeasure(
  _ operands: OptimizerOperands, origin: FloatView?, states: EstimateMoments, settings: EstimateSettings
) -> MeasuredSums {
  let count = operands.parameters.count
  precondition(
    states.weighted.count == count && origin.map { $0.count == count } ?? true,
    "Adam with an estimated rate: counts differ")
  var kernel = ck_estimate_settings(
    weight_decay: Float(settings.weightDecay), beta1: Float(settings.first.keep),
    first_share: Float(settings.first.share), beta2: Float(settings.second.keep),
    second_share: Float(settings.second.share), beta3: Float(settings.weighted.keep),
    weighted_share: Float(settings.weighted.share), epsilon: Float(settings.epsilon))
  return measured {
    ck_estimate_measure(
      count, &kernel, operands.gradients.pointer, operands.parameters.pointer, origin?.pointer,
      states.moments.first.pointer, states.moments.second.pointer, states.weighted.pointer, $0)
  }
}

/// p = p − decay·p − rate·m/(√v + ε), fused with the sums of the step's report.
public func adaptiveMove(
  _ operands: OptimizerOperands, states: EstimateMoments, rate: Double, decay: Double, epsilon: Double,
  sums: inout StepSums
) {
  precondition(states.weighted.count == operands.parameters.count, "adaptive move: counts differ")
  var settings = ck_adaptive_settings(decay: Float(decay), rate: Float(rate), epsilon: Float(epsilon))
  sums.collect {
    ck_adaptive_move(
      operands.parameters.count, &settings, operands.gradients.pointer, operands.start.pointer,
      operands.parameters.pointer, states.moments.first.pointer, states.moments.second.pointer, &$0)
  }
}

// MARK: Dual averaging

/// With d = g + λ·p returns Σ d·w of before and, after w += rate·d, Σ w².
public func dualMeasure(
  _ operands: OptimizerOperands, weighted: FloatView, rate: Double, weightDecay: Double
) -> MeasuredSums {
  precondition(weighted.count == operands.parameters.count, "dual averaging: counts differ")
  return measured {
    ck_dual_measure(
      operands.parameters.count, Float(weightDecay), Float(rate), operands.gradients.pointer,
      operands.parameters.pointer, weighted.pointer, $0)
  }
}

/// p = μ·p + (1 − μ)·(x₀ − scale·w), fused with the sums of the step's report.
public func dualMove(
  _ operands: OptimizerOperands, origin: FloatView, weighted: FloatView, momentum: Double, scale: Double,
  sums: inout StepSums
) {
  let count = operands.parameters.count
  precondition(origin.count == count && weighted.count == count, "dual averaging: counts differ")
  sums.collect {
    ck_dual_move(
      count, Float(momentum), Float(1 - momentum), Float(scale), operands.gradients.pointer,
      operands.start.pointer, operands.parameters.pointer, origin.pointer, weighted.pointer, &$0)
  }
}
