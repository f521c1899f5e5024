public import NumericKernels

/// A shortcut without parameters to smaller pictures of more channels: every `stride`-th pixel, and channels of zeros
/// added half before and half after its own.
///
/// [height, width, inputs] to [⌈height / stride⌉, ⌈width / stride⌉, outputs]. Of an odd number of new channels the
/// larger half comes after. Source: option A of K. He et al., "Deep Residual Learning for Image Recognition", CVPR 2016,
/// section 4.2.
public struct ZeroPaddedShortcut: Layer {
  private let outputs: Int
  private let stride: Int
  private var input: (height: Int, width: Int, channels: Int) = (0, 0, 0)

  /// Creates a shortcut to pictures of `outputs` channels.
  public init(_ outputs: Int, stride: Int) {
    precondition(outputs > 0 && stride > 0, "a shortcut needs positive channels and stride")
    self.outputs = outputs
    self.stride = stride
  }

  /// The gradients follow from the output's alone.
  public var needsOutput: Bool { false }

  /// Takes pictures of at most as many channels as come out.
  public mutating func plan(
    input shape: SampleShape, in planner: inout NetworkPlanner
  ) throws(TrainingEngineError) -> SampleShape {
    guard let picture = shape.picture, picture.channels <= outputs else {
      throw .unsuitableInput(
        layer: "ZeroPaddedShortcut", shape: shape, requirement: "height×width×channels, at most \(outputs)")
    }
    input = picture
    return [outputHeight, outputWidth, outputs]
  }

  /// y = the pixels that remain, between zeros.
  public func forward(_ input: FloatView, into output: FloatView, in pass: Pass) {
    output.fill(with: 0)
    forEachPixel(samples: pass.samples) { source, target in
      output.slice(from: target, count: self.input.channels)
        .copy(from: input.slice(from: source, count: self.input.channels))
    }
  }

  /// dx = dy at the pixels and channels that remain, 0 elsewhere.
  public func backward(
    _ input: FloatView, output: FloatView, outputGradient: FloatView, into inputGradient: FloatView?,
    in pass: Pass
  ) {
    guard let inputGradient else { return }
    inputGradient.fill(with: 0)
    forEachPixel(samples: pass.samples) { source, target in
      inputGradient.slice(from: source, count: self.input.channels)
        .copy(from: outputGradient.slice(from: target, count: self.input.channels))
    }
  }

  private var outputHeight: Int { (input.height + stride - 1) / stride }
  private var outputWidth: Int { (input.width + stride - 1) / stride }

  /// Calls `body` with where each remaining pixel's channels begin in the input and in the output.
  private func forEachPixel(samples: Int, _ body: (_ source: Int, _ target: Int) -> Void) {
    let before = (outputs - input.channels) / 2
    for sample in 0..<samples {
      for row in 0..<outputHeight {
        for column in 0..<outputWidth {
          let source = (sample * input.height + row * stride) * input.width + column * stride
          let target = (sample * outputHeight + row) * outputWidth + column
          body(source * input.channels, target * outputs + before)
        }
      }
    }
  }
}
