public import NumericKernels

/// One differentiable function of samples, with its forward and its backward pass side by side.
///
/// A layer is a value: sizes, and after planning the places of its tensors in the network's flat buffers. It owns
/// no memory and keeps nothing between the passes but what it reserved. Rows of all views are samples; the views
/// hold as many samples as the pass has.
public protocol Layer: Sendable {
  /// Whether the layer only reads its samples as another shape; then neither pass is called.
  var isReshape: Bool { get }

  /// Whether the backward pass reads what the forward pass wrote; where it does not, others may overwrite it.
  ///
  /// Asked after planning.
  var needsOutput: Bool { get }

  /// The layer that computes this one and then `next` in one pass; nil where there is none.
  ///
  /// Asked before planning; `next` has no tensors.
  func absorbing(_ next: any Layer) -> (any Layer)?

  /// Declares the layer's tensors and reserves its memory.
  ///
  /// Called on a copy of the layer for every plan, before any pass. A layer whose training pass needs the whole batch at
  /// once says so by ``NetworkPlanner/mixSamples()``; others may get a batch in parts.
  ///
  /// - Returns: the shape of one output sample.
  /// - Throws: ``TrainingEngineError`` where the layer cannot take samples of shape `input`.
  mutating func plan(
    input: SampleShape, in planner: inout NetworkPlanner
  ) throws(TrainingEngineError) -> SampleShape

  /// Computes the output from the input, which do not overlap.
  func forward(_ input: FloatView, into output: FloatView, in pass: Pass)

  /// Computes the gradients of the loss with respect to the layer's parameters and its input.
  ///
  /// Follows a training forward pass with the same views. Gradients are overwritten, not added up.
  ///
  /// - Parameters:
  ///   - input: what the forward pass read.
  ///   - output: what the forward pass wrote; anything where the layer does not need it.
  ///   - outputGradient: the gradient with respect to the output.
  ///   - inputGradient: where the gradient with respect to the input goes; nil where nobody needs it.
  ///   - pass: the buffers.
  func backward(
    _ input: FloatView, output: FloatView, outputGradient: FloatView, into inputGradient: FloatView?,
    in pass: Pass)
}

extension Layer {
  /// Most layers compute.
  public var isReshape: Bool { false }

  /// To be safe.
  public var needsOutput: Bool { true }

  /// Most layers go alone.
  public func absorbing(_ next: any Layer) -> (any Layer)? { nil }
}

/// A layer whose forward pass can add another view to its output, and rectify the sum, on the way.
///
/// The backward pass is the layer's own: it gets the gradient of the sum.
protocol AddingLayer: Layer {
  /// Whether it can, as it was planned.
  var canAdd: Bool { get }

  /// output = forward(input) + addend, rectified where asked for.
  func forward(
    _ input: FloatView, adding addend: FloatView?, rectifying: Bool, into output: FloatView, in pass: Pass)
}
