public import NumericKernels

/// A two-dimensional convolution of pictures [height, width, inputs] with square filters and symmetric padding.
///
/// y[i][j][o] = b[o] + Σ x[i·stride + r − padding][j·stride + s − padding][c] · W[r][s][c][o], zero outside the
/// picture. Parameters: `weight` [kernel, kernel, inputs, outputs] and `bias` [outputs], both uniform within
/// 1/√(kernel²·inputs) (PyTorch's default).
public struct Convolution2D: Layer {
  private let outputs: Int
  private let kernel: Int
  private let stride: Int
  private let padding: Int
  private let hasBias: Bool
  private var convolution: Convolution?
  private var weight = ParameterSlot(offset: 0, count: 0)
  private var bias: ParameterSlot?

  /// Creates a convolution with `outputs` filters of `kernel` × `kernel` pixels.
  public init(_ outputs: Int, kernel: Int, stride: Int = 1, padding: Int = 0, bias: Bool = true) {
    precondition(
      outputs > 0 && kernel > 0 && stride > 0 && padding >= 0,
      "a convolution needs positive filters, kernel and stride and no negative padding")
    self.outputs = outputs
    self.kernel = kernel
    self.stride = stride
    self.padding = padding
    hasBias = bias
  }

  /// Takes pictures that the kernel fits into; declares the weight and the bias.
  public mutating func plan(
    input: SampleShape, in planner: inout NetworkPlanner
  ) throws(TrainingEngineError) -> SampleShape {
    guard let picture = input.picture,
      let window = SlidingWindow(
        height: picture.height, width: picture.width, channels: picture.channels, kernel: kernel,
        stride: stride, padding: padding)
    else {
      throw .unsuitableInput(
        layer: "Convolution2D", shape: input,
        requirement: "height×width×channels that the \(kernel)×\(kernel) kernel fits into")
    }
    let initializer = Initializer.pyTorchDefault(fanIn: window.windowCount)
    let planned = Convolution(window: window, outputs: outputs)
    convolution = planned
    weight = planner.parameter(
      "weight", shape: [kernel, kernel, picture.channels, outputs], kind: .weight, initializer: initializer)
    if hasBias {
      bias = planner.parameter("bias", shape: [outputs], kind: .bias, initializer: initializer)
    }
    planner.scratch(planned.columnCount)
    return [window.outputHeight, window.outputWidth, outputs]
  }

  /// y = x ∗ W + b.
  public func forward(_ input: FloatView, into output: FloatView, in pass: Pass) {
    planned.forward(
      input, weight: pass.parameter(weight), bias: bias.map(pass.parameter), columns: pass.scratch,
      into: output)
  }

  /// dW = windows(x)ᵀ·dy, db = Σ dy, dx = the sum of dy·Wᵀ over the windows that saw each pixel.
  public func backward(
    _ input: FloatView, output: FloatView, outputGradient: FloatView, into inputGradient: FloatView?,
    in pass: Pass
  ) {
    planned.backward(
      input, outputGradient: outputGradient, weight: pass.parameter(weight), columns: pass.scratch,
      weightGradient: pass.gradient(weight), biasGradient: bias.map(pass.gradient), into: inputGradient)
  }

  private var planned: Convolution {
    guard let convolution else { preconditionFailure("a convolution is planned before its passes") }
    return convolution
  }
}
