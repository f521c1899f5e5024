public import NumericKernels

/// The rectifier y = max(x, 0) of every element; a NaN stays one.
public struct ReLU: Layer {
  /// Creates a rectifier.
  public init() {}

  /// The largest of rectified values is the rectified largest value, which costs a pooling nothing.
  public func absorbing(_ next: any Layer) -> (any Layer)? {
    (next as? MaxPool2D).map { $0.rectified() }
  }

  /// Takes samples of any shape.
  public func plan(input: SampleShape, in planner: inout NetworkPlanner) -> SampleShape {
    input
  }

  /// y = max(x, 0).
  public func forward(_ input: FloatView, into output: FloatView, in pass: Pass) {
    reluForward(input, into: output, team: pass.team)
  }

  /// dx = dy where y > 0, else 0.
  public func backward(
    _ input: FloatView, output: FloatView, outputGradient: FloatView, into inputGradient: FloatView?,
    in pass: Pass
  ) {
    guard let inputGradient else { return }
    reluBackward(output: output, outputGradient: outputGradient, into: inputGradient, team: pass.team)
  }
}
