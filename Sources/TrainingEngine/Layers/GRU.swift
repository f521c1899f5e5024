public import NumericKernels

/// A gated recurrent unit over a sequence, from the state 0: [times, inputs] to its states [times, hidden].
///
/// Parameters as PyTorch's `nn.GRU` names and orders them (reset, update, new gate): `weight_ih_l0` [3·hidden, inputs],
/// `weight_hh_l0` [3·hidden, hidden], `bias_ih_l0` and `bias_hh_l0` [3·hidden], all uniform within 1/√hidden. Source: K. Cho
/// et al., "Learning Phrase Representations", EMNLP 2014.
public struct GRU: Layer {
  private let hidden: Int
  private var times = 0
  private var slots: Slots?

  private struct Slots {
    let inputWeight, stateWeight, inputBias, stateBias: ParameterSlot
    let gates, candidates, gateGradient, recurrentGradient: SampleSlot
    /// Working memory of one time step.
    let recurrent, carry: SampleSlot
  }

  /// Creates a unit with `hidden` numbers of state.
  public init(_ hidden: Int) {
    precondition(hidden > 0, "a recurrent unit needs at least one number of state")
    self.hidden = hidden
  }

  /// Takes sequences of rows of features and declares weights and biases.
  public mutating func plan(
    input: SampleShape, in planner: inout NetworkPlanner
  ) throws(TrainingEngineError) -> SampleShape {
    guard input.dimensions.count == 2 else {
      throw .unsuitableInput(layer: "GRU", shape: input, requirement: "times×features")
    }
    times = input.dimensions[0]
    let initializer = Initializer.pyTorchDefault(fanIn: hidden)
    slots = Slots(
      inputWeight: planner.parameter(
        "weight_ih_l0", shape: [3 * hidden, input.channels], kind: .weight, initializer: initializer),
      stateWeight: planner.parameter(
        "weight_hh_l0", shape: [3 * hidden, hidden], kind: .weight, initializer: initializer),
      inputBias: planner.parameter(
        "bias_ih_l0", shape: [3 * hidden], kind: .bias, initializer: initializer),
      stateBias: planner.parameter(
        "bias_hh_l0", shape: [3 * hidden], kind: .bias, initializer: initializer),
      gates: planner.samples(times * 3 * hidden), candidates: planner.samples(times * hidden),
      gateGradient: planner.samples(times * 3 * hidden),
      recurrentGradient: planner.samples(times * 3 * hidden), recurrent: planner.samples(3 * hidden),
      carry: planner.samples(hidden))
    return [times, hidden]
  }

  /// The input's part of the gates at once, then one time after the other.
  public func forward(_ input: FloatView, into output: FloatView, in pass: Pass) {
    affine(
      input, weight: planned.inputWeight, bias: planned.inputBias, into: pass.values(planned.gates), in: pass)
    gruForward(
      memory(in: pass), weight: stateMatrix(pass.parameter(planned.stateWeight)),
      bias: pass.parameter(planned.stateBias), into: output)
  }

  /// Backward through time, then the input's part at once.
  public func backward(
    _ input: FloatView, output: FloatView, outputGradient: FloatView, into inputGradient: FloatView?,
    in pass: Pass
  ) {
    let recurrentGradient = pass.values(planned.recurrentGradient)
    gruBackward(
      memory(in: pass), weight: stateMatrix(pass.parameter(planned.stateWeight)), states: output,
      outputGradient: outputGradient, gateGradient: pass.values(planned.gateGradient),
      recurrentGradient: recurrentGradient,
      carry: MatrixView(pass.values(planned.carry), rows: pass.samples, columns: hidden),
      weightGradient: stateMatrix(pass.gradient(planned.stateWeight)))
    sumRows(
      MatrixView(recurrentGradient, rows: pass.samples * times, columns: 3 * hidden),
      into: pass.gradient(planned.stateBias))
    affineBackward(
      input, outputGradient: pass.values(planned.gateGradient), weight: planned.inputWeight,
      bias: planned.inputBias, into: inputGradient, in: pass)
  }

  private func memory(in pass: Pass) -> GRUMemory {
    GRUMemory(
      samples: pass.samples, times: times, hidden: hidden, gates: pass.values(planned.gates),
      candidates: pass.values(planned.candidates), recurrent: pass.values(planned.recurrent))
  }

  private func stateMatrix(_ weight: FloatView) -> MatrixView {
    MatrixView(weight, rows: 3 * hidden, columns: hidden)
  }

  private var planned: Slots {
    guard let slots else { preconditionFailure("a recurrent unit is planned before its passes") }
    return slots
  }
}
