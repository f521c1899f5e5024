internal import CKernels

/// Where Mechanic's iterates come from: x₀, and the sum Δ of the base optimizer's moves.
public struct MechanicStates {
  let origin, offset: FloatView

  /// Collects the views; equal counts.
  public init(origin: FloatView, offset: FloatView) {
    precondition(origin.count == offset.count, "Mechanic: counts differ")
    self.origin = origin
    self.offset = offset
  }
}

/// The measuring pass of Mechanic over SGD with momentum.
///
/// SGD would come from p to p′ by `learningRate`. With Δ = (p − x₀)/scale the sums are Σ g², Σ p′², Σ Δ·g and Σ Δ·p′;
/// then Δ + p′ − p is kept.
public func mechanicMeasure(
  _ operands: OptimizerOperands, states: MechanicStates, scale: Double, velocity: FloatView,
  learningRate: Double, momentum: Double, weightDecay: Double
) -> MeasuredSums {
  let count = operands.parameters.count
  precondition(states.origin.count == count && velocity.count == count, "Mechanic: counts differ")
  var base = ck_sgd_settings(
    learning_rate: Float(learningRate), momentum: Float(momentum), weight_decay: Float(weightDecay),
    nesterov: 0)
  return measured {
    ck_mechanic_sgd_measure(
      count, &base, Float(scale), operands.gradients.pointer, operands.parameters.pointer,
      states.origin.pointer, velocity.pointer, states.offset.pointer, $0)
  }
}

/// The measuring pass of Mechanic over AdamW, as over SGD.
///
/// - Parameters:
///   - operands: the views of the parameters.
///   - states: x₀ and Δ.
///   - scale: what Δ was multiplied by in the step before.
///   - moments: both averages.
///   - step: t, counted from 1.
///   - learningRate: η of AdamW.
///   - settings: AdamW's.
public func mechanicMeasure(
  _ operands: OptimizerOperands, states: MechanicStates, scale: Double, moments: AdamMoments, step: Int,
  learningRate: Double, settings: AdamSettings
) -> MeasuredSums {
  let count = operands.parameters.count
  precondition(
    states.origin.count == count && moments.first.count == count && settings.weightDecay == 0 && step > 0,
    "Mechanic: counts differ, the step is not positive, or the decay is not decoupled")
  var base = settings.kernel(
    learningRate: learningRate, momentSize: learningRate / settings.firstCorrection(step),
    correction: settings.secondCorrection(step).squareRoot())
  return measured {
    ck_mechanic_adam_measure(
      count, &base, Float(scale), operands.gradients.pointer, operands.parameters.pointer,
      states.origin.pointer, moments.first.pointer, moments.second.pointer, states.offset.pointer, $0)
  }
}

/// p = x₀ + scale·Δ, fused with the sums of the step's report.
public func mechanicMove(
  _ operands: OptimizerOperands, states: MechanicStates, scale: Double, sums: inout StepSums
) {
  precondition(states.origin.count == operands.parameters.count, "Mechanic: counts differ")
  sums.collect {
    ck_mechanic_move(
      operands.parameters.count, Float(scale), operands.gradients.pointer, operands.start.pointer,
      operands.parameters.pointer, states.origin.pointer, states.offset.pointer, &$0)
  }
}
