public import NumericKernels

/// A block with a way round it: y = body(x) + shortcut(x), or + x without a shortcut; rectified where asked for.
///
/// The body's tensors are named as if it stood alone, the shortcut's begin with the shortcut's name. Source: K. He et
/// al., "Deep Residual Learning for Image Recognition", CVPR 2016.
public struct Residual: Layer {
  private var body: any Layer
  private var shortcut: (any Layer)?
  private let shortcutName: String
  private let isRectified: Bool
  /// The gradient of the sum, where the output is rectified.
  private var sumGradient: SampleSlot?
  /// The body's output before the addition, where its backward pass needs it.
  private var bodyOutput: SampleSlot?
  /// The shortcut's output, and the gradient of its input.
  private var detour: SampleSlot?
  private var detourGradient: SampleSlot?

  /// Creates a block.
  ///
  /// - Parameters:
  ///   - body: the layers of the block.
  ///   - shortcut: brings the input into the shape of the body's output; nil where they have the same.
  ///   - shortcutName: what the shortcut's tensors' names begin with; torchvision's by default.
  ///   - rectified: whether the output is max(sum, 0), as in the original ResNet's blocks.
  public init(
    _ body: any Layer, shortcut: (any Layer)? = nil, shortcutName: String = "downsample",
    rectified: Bool = false
  ) {
    self.body = body
    self.shortcut = shortcut
    self.shortcutName = shortcutName
    isRectified = rectified
  }

  /// The sum's gradients follow from the two ways alone; a rectifier's from its output.
  public var needsOutput: Bool { isRectified }

  /// Plans the body and the shortcut, whose outputs must have the same shape.
  public mutating func plan(
    input: SampleShape, in planner: inout NetworkPlanner
  ) throws(TrainingEngineError) -> SampleShape {
    let output = try body.plan(input: input, in: &planner)
    bodyOutput = body.needsOutput ? planner.samples(output.count) : nil
    sumGradient = isRectified ? planner.samples(output.count) : nil
    guard var planned = shortcut else {
      guard input == output else { throw misfit(input, output) }
      return output
    }
    planner.enter(shortcutName)
    let other = try planned.plan(input: input, in: &planner)
    planner.leave()
    guard other == output else { throw misfit(other, output) }
    shortcut = planned
    detour = planner.samples(output.count)
    detourGradient = planner.samples(input.count)
    return output
  }

  private func misfit(_ shape: SampleShape, _ output: SampleShape) -> TrainingEngineError {
    .unsuitableInput(
      layer: "Residual", shape: shape, requirement: "on the shortcut the body's output shape \(output)")
  }

  /// y = body(x) + shortcut(x), rectified where asked for.
  public func forward(_ input: FloatView, into output: FloatView, in pass: Pass) {
    if let bodyOutput {
      body.forward(input, into: pass.values(bodyOutput), in: pass)
      output.copy(from: pass.values(bodyOutput))
    } else {
      body.forward(input, into: output, in: pass)
    }
    if let shortcut, let detour {
      shortcut.forward(input, into: pass.values(detour), in: pass)
      addElements(pass.values(detour), to: output)
    } else {
      addElements(input, to: output)
    }
    if isRectified { reluForward(output, into: output) }
  }

  /// The gradients of both ways, added up at the input.
  public func backward(
    _ input: FloatView, output: FloatView, outputGradient: FloatView, into inputGradient: FloatView?,
    in pass: Pass
  ) {
    let sumGradient = self.sumGradient.map(pass.values) ?? outputGradient
    if isRectified { reluBackward(output: output, outputGradient: outputGradient, into: sumGradient) }
    body.backward(
      input, output: bodyOutput.map(pass.values) ?? output, outputGradient: sumGradient,
      into: inputGradient, in: pass)
    guard let shortcut, let detour, let detourGradient else {
      inputGradient.map { addElements(sumGradient, to: $0) }
      return
    }
    let gradient = inputGradient.map { _ in pass.values(detourGradient) }
    shortcut.backward(
      input, output: pass.values(detour), outputGradient: sumGradient, into: gradient, in: pass)
    if let inputGradient, let gradient { addElements(gradient, to: inputGradient) }
  }
}
