public import NumericKernels

/// Layer norm: every row of features is shifted and scaled to mean 0 and variance 1, then scaled by γ and shifted by β.
///
/// y = γ·(x − mean)/√(variance + ε) + β over the last extent, the same in training and evaluation. Parameters `weight`
/// (γ, from 1) and `bias` (β, from 0). Source: J. L. Ba, J. R. Kiros, G. E. Hinton, "Layer Normalization", 2016 (arXiv
/// 1607.06450); the default of PyTorch 2.13.
public struct LayerNorm: Layer {
  private let epsilon: Double
  private var features = 0
  private var slots: Slots?

  private struct Slots {
    let weight, bias: ParameterSlot
    let mean, inverseDeviation: SampleSlot
  }

  /// Creates a layer norm; the features follow from the layer before.
  public init(epsilon: Double = 1e-5) {
    precondition(epsilon > 0, "layer norm needs ε > 0")
    self.epsilon = epsilon
  }

  /// The gradients follow from the input alone.
  public var needsOutput: Bool { false }

  /// Takes samples of any shape; the last extent counts the features.
  public mutating func plan(input: SampleShape, in planner: inout NetworkPlanner) -> SampleShape {
    features = input.channels
    let rowsPerSample = input.count / features
    slots = Slots(
      weight: planner.parameter(
        "weight", shape: [features], kind: .norm, initializer: .constant(1), features: input),
      bias: planner.parameter(
        "bias", shape: [features], kind: .norm, initializer: .constant(0), features: input),
      mean: planner.samples(rowsPerSample), inverseDeviation: planner.samples(rowsPerSample))
    return input
  }

  /// y = γ·(x − mean)/√(variance + ε) + β.
  public func forward(_ input: FloatView, into output: FloatView, in pass: Pass) {
    layerNormForward(rows(input), state: state(in: pass), into: output)
  }

  /// The gradients through every row's mean and variance.
  public func backward(
    _ input: FloatView, output: FloatView, outputGradient: FloatView, into inputGradient: FloatView?,
    in pass: Pass
  ) {
    layerNormBackward(
      rows(input), outputGradient: outputGradient, state: state(in: pass),
      weightGradient: pass.gradient(planned.weight), biasGradient: pass.gradient(planned.bias),
      into: inputGradient)
  }

  private func rows(_ input: FloatView) -> MatrixView {
    MatrixView(input, rows: input.count / features, columns: features)
  }

  private var planned: Slots {
    guard let slots else { preconditionFailure("a layer norm is planned before its passes") }
    return slots
  }

  private func state(in pass: Pass) -> LayerNormState {
    LayerNormState(
      weight: pass.parameter(planned.weight), bias: pass.parameter(planned.bias),
      mean: pass.values(planned.mean), inverseDeviation: pass.values(planned.inverseDeviation),
      epsilon: epsilon)
  }
}
