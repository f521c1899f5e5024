public import NumericKernels

/// The largest value of each square window and channel of pictures [height, width, channels].
public struct MaxPool2D: Layer {
  private let kernel: Int
  private let stride: Int
  private let padding: Padding
  private var window: SlidingWindow?
  /// Whether a rectifier before the pooling is computed on the way.
  private var rectifies = false

  /// Creates a pooling; the stride is the kernel's side unless given, and padding is at most half of it.
  public init(kernel: Int, stride: Int? = nil, padding: Padding = 0) {
    checkPooling(kernel: kernel, stride: stride ?? kernel, padding: padding)
    self.kernel = kernel
    self.stride = stride ?? kernel
    self.padding = padding
  }

  /// The pooling of rectified pictures, which need not be rectified before.
  func rectified() -> MaxPool2D {
    var both = self
    both.rectifies = true
    return both
  }

  /// Takes pictures that the window fits into.
  public mutating func plan(
    input: SampleShape, in planner: inout NetworkPlanner
  ) throws(TrainingEngineError) -> SampleShape {
    guard let picture = input.picture,
      let window = padding.window(over: picture, kernel: kernel, stride: stride)
    else {
      throw .unsuitableInput(
        layer: "MaxPool2D", shape: input,
        requirement: "height×width×channels that the \(kernel)×\(kernel) window fits into")
    }
    self.window = window
    return [window.outputHeight, window.outputWidth, picture.channels]
  }

  /// y = the largest value of each window.
  public func forward(_ input: FloatView, into output: FloatView, in pass: Pass) {
    maxPoolForward(
      input, window: planned, rectifying: rectifies, into: output, team: pass.team)
  }

  /// dx = dy at the first largest element of each window, else 0.
  public func backward(
    _ input: FloatView, output: FloatView, outputGradient: FloatView, into inputGradient: FloatView?,
    in pass: Pass
  ) {
    guard let inputGradient else { return }
    maxPoolBackward(
      input, output: output, outputGradient: outputGradient, window: planned, rectifying: rectifies,
      into: inputGradient, team: pass.team)
  }

  private var planned: SlidingWindow {
    guard let window else { preconditionFailure("a pooling is planned before its passes") }
    return window
  }
}

/// Stops the program where a pooling's settings make no sense.
func checkPooling(kernel: Int, stride: Int, padding: Padding) {
  precondition(kernel > 0 && stride > 0, "a pooling needs a positive kernel and stride")
  if case .symmetric(let pixels) = padding {
    precondition(
      pixels >= 0 && pixels * 2 <= kernel, "a pooling's padding is at most half the kernel and not negative")
  }
}
