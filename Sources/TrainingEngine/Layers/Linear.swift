public import NumericKernels

/// The affine map y = x·Wᵀ + b of [inputs] to [outputs].
///
/// Parameters: `weight` [outputs, inputs] and `bias` [outputs], both uniform within 1/√inputs (PyTorch's default).
public struct Linear: Layer {
  private let outputs: Int
  private var inputs = 0
  private var weight = ParameterSlot(offset: 0, count: 0)
  private var bias = ParameterSlot(offset: 0, count: 0)

  /// Creates a layer with `outputs` features; the inputs follow from the layer before.
  public init(_ outputs: Int) {
    precondition(outputs > 0, "a linear layer needs at least one output")
    self.outputs = outputs
  }

  /// Takes flat samples and declares the weight and the bias.
  public mutating func plan(
    input: SampleShape, in planner: inout NetworkPlanner
  ) throws(TrainingEngineError) -> SampleShape {
    guard input.dimensions.count == 1 else {
      throw .unsuitableInput(
        layer: "Linear", shape: input, requirement: "flat samples: put Flatten before it")
    }
    inputs = input.count
    let initializer = Initializer.pyTorchDefault(fanIn: inputs)
    weight = planner.parameter("weight", shape: [outputs, inputs], kind: .weight, initializer: initializer)
    bias = planner.parameter("bias", shape: [outputs], kind: .bias, initializer: initializer)
    return [outputs]
  }

  /// y = x·Wᵀ + b.
  public func forward(_ input: FloatView, into output: FloatView, in pass: Pass) {
    let y = MatrixView(output, rows: pass.samples, columns: outputs)
    broadcast(row: pass.parameter(bias), into: y)
    multiply(
      MatrixView(input, rows: pass.samples, columns: inputs), matrix(pass.parameter(weight)).transposed,
      into: y, accumulating: true)
  }

  /// dW = dyᵀ·x, db = Σ dy, dx = dy·W.
  public func backward(
    _ input: FloatView, output: FloatView, outputGradient: FloatView, into inputGradient: FloatView?,
    in pass: Pass
  ) {
    let dy = MatrixView(outputGradient, rows: pass.samples, columns: outputs)
    let x = MatrixView(input, rows: pass.samples, columns: inputs)
    multiply(dy.transposed, x, into: matrix(pass.gradient(weight)))
    sumRows(dy, into: pass.gradient(bias))
    guard let inputGradient else { return }
    multiply(
      dy, matrix(pass.parameter(weight)), into: MatrixView(inputGradient, rows: pass.samples, columns: inputs)
    )
  }

  private func matrix(_ weight: FloatView) -> MatrixView {
    MatrixView(weight, rows: outputs, columns: inputs)
  }
}
