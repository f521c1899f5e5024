public import NumericKernels

/// A two-dimensional convolution of pictures [height, width, inputs] with square filters.
///
/// y[i][j][o] = b[o] + Σ x[i·stride + r − padding][j·stride + s − padding][c] · W[r][s][c][o], zero outside the
/// picture; with groups the sum runs over the inputs c of the output's group only. Parameters: `weight`
/// [kernel, kernel, inputs / groups, outputs] and `bias` [outputs], unless an initializer is given both uniform
/// within 1/√(kernel²·inputs / groups) (PyTorch's default).
public struct Convolution2D: Layer {
  private let outputs: Int
  private let kernel: Int
  private let stride: Int
  private let padding: Padding
  private let groups: Int
  private let hasBias: Bool
  private let initializer: WeightInitializer
  private var convolution: Convolution?
  private var weight = ParameterSlot(offset: 0, count: 0)
  private var bias: ParameterSlot?

  /// Creates a convolution with `outputs` filters of `kernel` × `kernel` pixels.
  ///
  /// - Parameters:
  ///   - outputs: the number of filters.
  ///   - kernel: their height and width in pixels.
  ///   - stride: how far they move, in pixels.
  ///   - padding: the zeros around the picture.
  ///   - groups: parts of the inputs and outputs that are connected, each with its like; as many as inputs and
  ///     outputs make a depthwise convolution.
  ///   - bias: whether a number is added to every output channel.
  ///   - initializer: how the filters begin.
  public init(
    _ outputs: Int, kernel: Int, stride: Int = 1, padding: Padding = 0, groups: Int = 1, bias: Bool = true,
    initializer: WeightInitializer = .pyTorchDefault
  ) {
    precondition(
      outputs > 0 && kernel > 0 && stride > 0 && groups > 0 && outputs % groups == 0,
      "a convolution needs positive filters, kernel and stride, and groups that divide the filters")
    if case .symmetric(let pixels) = padding {
      precondition(pixels >= 0, "a convolution's padding is not negative")
    }
    self.outputs = outputs
    self.kernel = kernel
    self.stride = stride
    self.padding = padding
    self.groups = groups
    self.initializer = initializer
    hasBias = bias
  }

  /// The gradients follow from the input alone.
  public var needsOutput: Bool { false }

  /// Takes pictures that the kernel fits into; declares the weight and the bias.
  public mutating func plan(
    input: SampleShape, in planner: inout NetworkPlanner
  ) throws(TrainingEngineError) -> SampleShape {
    guard let picture = input.picture, picture.channels % groups == 0,
      let window = padding.window(over: picture, kernel: kernel, stride: stride)
    else {
      throw .unsuitableInput(
        layer: "Convolution2D", shape: input,
        requirement:
          "height×width×channels that the \(kernel)×\(kernel) kernel fits into and \(groups) groups divide")
    }
    let planned = Convolution(
      window: window, outputs: outputs, groups: groups, exact: planner.execution.exact)
    convolution = planned
    let fanIn = window.windowCount / groups
    weight = planner.parameter(
      "weight", shape: [kernel, kernel, picture.channels / groups, outputs], kind: .weight,
      initializer: initializer.initializer(fanIn: fanIn, fanOut: kernel * kernel * outputs / groups))
    if hasBias {
      bias = planner.parameter(
        "bias", shape: [outputs], kind: .bias, initializer: .pyTorchDefault(fanIn: fanIn))
    }
    planner.scratch(
      planned.scratchCount(pictures: planner.batchSize, threads: planner.execution.threads))
    return [window.outputHeight, window.outputWidth, outputs]
  }

  /// y = x ∗ W + b.
  public func forward(_ input: FloatView, into output: FloatView, in pass: Pass) {
    planned.forward(
      input, weight: pass.parameter(weight), bias: bias.map(pass.parameter), into: output,
      scratch: pass.scratch, team: pass.team)
  }

  /// dW = the sum of x's windows times dy, db = Σ dy, dx = the sum of dy·Wᵀ over the windows that saw each pixel.
  public func backward(
    _ input: FloatView, output: FloatView, outputGradient: FloatView, into inputGradient: FloatView?,
    in pass: Pass
  ) {
    if let bias, pass.trains(bias) {
      sumRows(
        MatrixView(outputGradient, rows: outputGradient.count / outputs, columns: outputs),
        into: pass.gradient(bias))
    }
    if pass.trains(weight) {
      planned.weightGradient(
        input, outputGradient, into: pass.gradient(weight), scratch: pass.scratch, team: pass.team)
    }
    guard let inputGradient else { return }
    planned.inputGradient(
      outputGradient, weight: pass.parameter(weight), into: inputGradient, scratch: pass.scratch,
      team: pass.team)
  }

  private var planned: Convolution {
    guard let convolution else { preconditionFailure("a convolution is planned before its passes") }
    return convolution
  }
}
