public import NumericKernels

/// The maxima, then the means, over the pixels of each channel: [height, width, channels] to [2·channels].
///
/// Source: fastai 2.8.12's `AdaptiveConcatPool2d` with output size 1, the head of its vision learners.
public struct AdaptiveConcatPool: Layer {
  private var pixels = 0
  private var channels = 0

  /// Creates a pooling.
  public init() {}

  /// Takes pictures.
  public mutating func plan(
    input: SampleShape, in planner: inout NetworkPlanner
  ) throws(TrainingEngineError) -> SampleShape {
    guard let picture = input.picture else {
      throw .unsuitableInput(layer: "AdaptiveConcatPool", shape: input, requirement: "height×width×channels")
    }
    pixels = picture.height * picture.width
    channels = picture.channels
    return [2 * channels]
  }

  /// y = the largest value of each channel, then the mean of each.
  public func forward(_ input: FloatView, into output: FloatView, in pass: Pass) {
    concatPoolForward(input, pixels: pixels, channels: channels, into: output)
  }

  /// dx = the maximum's gradient at the first largest pixel, and everywhere the mean's / pixels.
  public func backward(
    _ input: FloatView, output: FloatView, outputGradient: FloatView, into inputGradient: FloatView?,
    in pass: Pass
  ) {
    guard let inputGradient else { return }
    concatPoolBackward(
      input, output: output, outputGradient: outputGradient, pixels: pixels, channels: channels,
      into: inputGradient)
  }
}
