public import NumericKernels

/// Reads a sample of any shape as a flat one, pictures in the order height, width, channels; nothing is copied.
public struct Flatten: Layer {
  /// Creates a flattening.
  public init() {}

  /// Nothing is computed.
  public var isReshape: Bool { true }

  /// Takes samples of any shape.
  public func plan(input: SampleShape, in planner: inout NetworkPlanner) -> SampleShape {
    input.flattened
  }

  /// y = x.
  public func forward(_ input: FloatView, into output: FloatView, in pass: Pass) {
    output.copy(from: input)
  }

  /// dx = dy.
  public func backward(
    _ input: FloatView, output: FloatView, outputGradient: FloatView, into inputGradient: FloatView?,
    in pass: Pass
  ) {
    inputGradient?.copy(from: outputGradient)
  }
}
