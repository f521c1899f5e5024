public import NumericKernels

/// The affine map y = x·Wᵀ + b of [inputs] to [outputs], or of every row of [rows, inputs] to [rows, outputs].
///
/// Parameters: `weight` [outputs, inputs] and `bias` [outputs], unless an initializer is given both uniform within
/// 1/√inputs (PyTorch's default).
public struct Linear: Layer {
  private let outputs: Int
  private let hasBias: Bool
  private let initializer: WeightInitializer
  private var inputs = 0
  private var weight = ParameterSlot(offset: 0, count: 0)
  private var bias: ParameterSlot?

  /// Creates a layer with `outputs` features; the inputs follow from the layer before.
  public init(_ outputs: Int, bias: Bool = true, initializer: WeightInitializer = .pyTorchDefault) {
    precondition(outputs > 0, "a linear layer needs at least one output")
    self.outputs = outputs
    hasBias = bias
    self.initializer = initializer
  }

  /// The gradients follow from the input alone.
  public var needsOutput: Bool { false }

  /// Takes flat samples, or sequences of rows of features, and declares the weight and the bias.
  public mutating func plan(
    input: SampleShape, in planner: inout NetworkPlanner
  ) throws(TrainingEngineError) -> SampleShape {
    guard input.dimensions.count <= 2 else {
      throw .unsuitableInput(
        layer: "Linear", shape: input, requirement: "flat samples or rows of features: put Flatten before it")
    }
    inputs = input.channels
    weight = planner.parameter(
      "weight", shape: [outputs, inputs], kind: .weight,
      initializer: initializer.initializer(fanIn: inputs, fanOut: outputs), features: input)
    if hasBias {
      bias = planner.parameter(
        "bias", shape: [outputs], kind: .bias, initializer: .pyTorchDefault(fanIn: inputs))
    }
    return SampleShape(input.dimensions.dropLast() + [outputs])
  }

  /// y = x·Wᵀ + b.
  public func forward(_ input: FloatView, into output: FloatView, in pass: Pass) {
    let y = rows(output, outputs)
    if let bias { broadcast(row: pass.parameter(bias), into: y) }
    multiply(
      rows(input, inputs), matrix(pass.parameter(weight)).transposed, into: y, accumulating: bias != nil)
  }

  /// dW = dyᵀ·x, db = Σ dy, dx = dy·W.
  public func backward(
    _ input: FloatView, output: FloatView, outputGradient: FloatView, into inputGradient: FloatView?,
    in pass: Pass
  ) {
    let dy = rows(outputGradient, outputs)
    if pass.trains(weight) {
      multiply(dy.transposed, rows(input, inputs), into: matrix(pass.gradient(weight)))
    }
    if let bias, pass.trains(bias) { sumRows(dy, into: pass.gradient(bias)) }
    guard let inputGradient else { return }
    multiply(dy, matrix(pass.parameter(weight)), into: rows(inputGradient, inputs))
  }

  private func rows(_ values: FloatView, _ columns: Int) -> MatrixView {
    MatrixView(values, rows: values.count / columns, columns: columns)
  }

  private func matrix(_ weight: FloatView) -> MatrixView {
    MatrixView(weight, rows: outputs, columns: inputs)
  }
}
