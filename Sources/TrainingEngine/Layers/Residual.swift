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
  /// The body, where it can add on its way.
  private var adder: (any AddingLayer)?
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
    var scope = planner.openScope()
    let output = try body.plan(input: input, in: &planner)
    adder = (body as? any AddingLayer).flatMap { $0.canAdd ? $0 : nil }
    // Where the body adds by itself, its own output is never there.
    bodyOutput = body.needsOutput && adder == nil ? planner.samples(output.count) : nil
    planner.alternate(&scope)
    defer {
      planner.close(scope)
      if shortcut != nil, detour == nil { detour = planner.transientSamples(output.count) }
      sumGradient = isRectified ? planner.transientSamples(output.count) : nil
      detourGradient = shortcut == nil ? nil : planner.transientSamples(input.count)
    }
    guard var planned = shortcut else {
      guard input == output else { throw misfit(input, output) }
      return output
    }
    planner.enter(shortcutName)
    let other = try planned.plan(input: input, in: &planner)
    planner.leave()
    guard other == output else { throw misfit(other, output) }
    shortcut = planned
    detour = planned.needsOutput ? planner.samples(output.count) : nil
    return output
  }

  private func misfit(_ shape: SampleShape, _ output: SampleShape) -> TrainingEngineError {
    .unsuitableInput(
      layer: "Residual", shape: shape, requirement: "on the shortcut the body's output shape \(output)")
  }

  /// y = body(x) + shortcut(x), rectified where asked for.
  public func forward(_ input: FloatView, into output: FloatView, in pass: Pass) {
    if let adder {
      let addend = detour.map(pass.values) ?? input
      shortcut?.forward(input, into: addend, in: pass)
      adder.forward(input, adding: addend, rectifying: isRectified, into: output, in: pass)
      return
    }
    if let bodyOutput {
      body.forward(input, into: pass.values(bodyOutput), in: pass)
      output.copy(from: pass.values(bodyOutput))
    } else {
      body.forward(input, into: output, in: pass)
    }
    if let shortcut, let detour {
      shortcut.forward(input, into: pass.values(detour), in: pass)
      addElements(pass.values(detour), to: output, team: pass.team)
    } else {
      addElements(input, to: output, team: pass.team)
    }
    if isRectified { reluForward(output, into: output, team: pass.team) }
  }

  /// The gradients of both ways, added up at the input.
  public func backward(
    _ input: FloatView, output: FloatView, outputGradient: FloatView, into inputGradient: FloatView?,
    in pass: Pass
  ) {
    let sumGradient = self.sumGradient.map(pass.values) ?? outputGradient
    if isRectified {
      reluBackward(output: output, outputGradient: outputGradient, into: sumGradient, team: pass.team)
    }
    body.backward(
      input, output: bodyOutput.map(pass.values) ?? output, outputGradient: sumGradient,
      into: inputGradient, in: pass)
    guard let shortcut, let detour, let detourGradient else {
      inputGradient.map { addElements(sumGradient, to: $0, team: pass.team) }
      return
    }
    let gradient = inputGradient.map { _ in pass.values(detourGradient) }
    shortcut.backward(
      input, output: pass.values(detour), outputGradient: sumGradient, into: gradient, in: pass)
    if let inputGradient, let gradient { addElements(gradient, to: inputGradient, team: pass.team) }
  }
}
