public import NumericKernels

/// Layers one after the other, named "0", "1", … as PyTorch's `nn.Sequential` names them, or by names of their own.
public struct Sequential: Layer {
  private let layers: [(name: String, layer: any Layer)]
  private var stages: [Stage] = []

  /// A layer that computes, and where its output and its input's gradient lie.
  private struct Stage {
    let layer: any Layer
    /// Nil for the last stage: the output of the whole sequence.
    var output: SampleSlot?
    /// Nil for the first stage: the input gradient of the whole sequence.
    var inputGradient: SampleSlot?
  }

  /// Creates a sequence.
  public init(_ layers: [any Layer]) {
    self.layers = layers.enumerated().map { (String($0.offset), $0.element) }
  }

  /// Creates a sequence whose layers' tensors begin with names, for example `conv1`.
  ///
  /// A layer with the empty name adds none: its own layers are named as if they stood in its place.
  public init(named layers: KeyValuePairs<String, any Layer>) {
    self.layers = layers.map { ($0.key, $0.value) }
  }

  /// Whether the last layer needs its output.
  public var needsOutput: Bool { stages.last?.layer.needsOutput ?? true }

  /// Plans every layer with the output shape of the one before.
  public mutating func plan(
    input: SampleShape, in planner: inout NetworkPlanner
  ) throws(TrainingEngineError) -> SampleShape {
    var shape = input
    var outputCounts: [Int] = []
    stages = []
    for (name, layer) in layers {
      var planned = layer
      planner.enter(name)
      shape = try planned.plan(input: shape, in: &planner)
      planner.leave()
      guard !planned.isReshape else { continue }
      stages.append(Stage(layer: planned))
      outputCounts.append(shape.count)
    }
    guard !stages.isEmpty else { throw .emptyNetwork }
    reserve(Array(outputCounts.dropLast()), in: &planner)
    return shape
  }

  /// Reserves what lies between the stages: every output, and two gradients that take turns.
  private mutating func reserve(_ outputCounts: [Int], in planner: inout NetworkPlanner) {
    guard let largest = outputCounts.max() else { return }
    let gradients = (0..<min(2, outputCounts.count)).map { _ in planner.samples(largest) }
    for (index, count) in outputCounts.enumerated() {
      stages[index].output = planner.samples(count)
      let turn = gradients[index % gradients.count]
      stages[index + 1].inputGradient = SampleSlot(offset: turn.offset, perSample: count)
    }
  }

  /// Runs the layers from the first to the last.
  public func forward(_ input: FloatView, into output: FloatView, in pass: Pass) {
    var current = input
    for stage in stages {
      let next = stage.output.map(pass.values) ?? output
      stage.layer.forward(current, into: next, in: pass)
      current = next
    }
  }

  /// Runs the layers' backward passes from the last to the first.
  public func backward(
    _ input: FloatView, output: FloatView, outputGradient: FloatView, into inputGradient: FloatView?,
    in pass: Pass
  ) {
    var gradient = outputGradient
    for index in stages.indices.reversed() {
      let stage = stages[index]
      let stageInput = index == 0 ? input : stages[index - 1].output.map(pass.values) ?? input
      let target = stage.inputGradient.map(pass.values) ?? inputGradient
      stage.layer.backward(
        stageInput, output: stage.output.map(pass.values) ?? output, outputGradient: gradient, into: target,
        in: pass)
      if let target { gradient = target }
    }
  }
}
