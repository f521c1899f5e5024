public import NumericKernels

/// The mean of each square window and channel of pictures [height, width, channels]; padding counts as zeros.
///
/// Source: the default of PyTorch 2.13's `avg_pool2d` (`count_include_pad`).
public struct AveragePool2D: Layer {
  private let kernel: Int
  private let stride: Int
  private let padding: Padding
  private var window: SlidingWindow?

  /// Creates a pooling; the stride is the kernel's side unless given, and padding is at most half of it.
  public init(kernel: Int, stride: Int? = nil, padding: Padding = 0) {
    checkPooling(kernel: kernel, stride: stride ?? kernel, padding: padding)
    self.kernel = kernel
    self.stride = stride ?? kernel
    self.padding = padding
  }

  /// Takes pictures that the window fits into.
  public mutating func plan(
    input: SampleShape, in planner: inout NetworkPlanner
  ) throws(TrainingEngineError) -> SampleShape {
    guard let picture = input.picture,
      let window = padding.window(over: picture, kernel: kernel, stride: stride)
    else {
      throw .unsuitableInput(
        layer: "AveragePool2D", shape: input,
        requirement: "height×width×channels that the \(kernel)×\(kernel) window fits into")
    }
    self.window = window
    return [window.outputHeight, window.outputWidth, picture.channels]
  }

  /// y = the mean of each window.
  public func forward(_ input: FloatView, into output: FloatView, in pass: Pass) {
    averagePoolForward(input, window: planned, into: output)
  }

  /// dx = dy / kernel² at every pixel of each window, added up where windows overlap.
  public func backward(
    _ input: FloatView, output: FloatView, outputGradient: FloatView, into inputGradient: FloatView?,
    in pass: Pass
  ) {
    guard let inputGradient else { return }
    averagePoolBackward(outputGradient: outputGradient, window: planned, into: inputGradient)
  }

  private var planned: SlidingWindow {
    guard let window else { preconditionFailure("a pooling is planned before its passes") }
    return window
  }
}
