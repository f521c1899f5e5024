public import NumericKernels

/// The mean over the pixels of each channel: [height, width, channels] to [channels].
public struct GlobalAveragePool: Layer {
  private var pixels = 0
  private var channels = 0

  /// Creates a pooling.
  public init() {}

  /// Takes pictures.
  public mutating func plan(
    input: SampleShape, in planner: inout NetworkPlanner
  ) throws(TrainingEngineError) -> SampleShape {
    guard let picture = input.picture else {
      throw .unsuitableInput(layer: "GlobalAveragePool", shape: input, requirement: "height×width×channels")
    }
    pixels = picture.height * picture.width
    channels = picture.channels
    return [channels]
  }

  /// y = the mean of each channel.
  public func forward(_ input: FloatView, into output: FloatView, in pass: Pass) {
    globalAveragePoolForward(input, pixels: pixels, channels: channels, into: output)
  }

  /// dx = dy / pixels at every pixel.
  public func backward(
    _ input: FloatView, output: FloatView, outputGradient: FloatView, into inputGradient: FloatView?,
    in pass: Pass
  ) {
    guard let inputGradient else { return }
    globalAveragePoolBackward(
      outputGradient: outputGradient, pixels: pixels, channels: channels, into: inputGradient)
  }
}
