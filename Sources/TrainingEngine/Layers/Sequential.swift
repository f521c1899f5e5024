public import NumericKernels

/// Layers one after the other, named "0", "1", … as PyTorch's `nn.Sequential` names them, or by names of their own.
public struct Sequential: AddingLayer {
  private let layers: [(name: String, layer: any Layer)]
  private var stages: [Stage] = []
  /// The last stage's layer, where it can add.
  private var adder: (any AddingLayer)?

  /// A layer that computes, and where its output and its input's gradient lie.
  private struct Stage {
    let layer: any Layer
    /// Nil for the last stage: the output of the whole sequence.
    var output: SampleSlot?
    /// Nil for the first stage: the input gradient of the whole sequence.
    var inputGradient: SampleSlot?
    /// Where the parameters of the layers up to this one end.
    let parametersEnd: Int
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
    var scope = planner.openScope()
    stages = []
    for (name, layer) in merged {
      var planned = layer
      planner.alternate(&scope)
      planner.enter(name)
      shape = try planned.plan(input: shape, in: &planner)
      planner.leave()
      guard !planned.isReshape else { continue }
      stages.append(Stage(layer: planned, parametersEnd: planner.parameterCount))
      outputCounts.append(shape.count)
    }
    planner.close(scope)
    guard !stages.isEmpty else { throw .emptyNetwork }
    adder = stages[stages.count - 1].layer as? any AddingLayer
    reserve(Array(outputCounts.dropLast()), in: &planner)
    return shape
  }

  /// The layers, those that others compute on their way left out.
  private var merged: [(name: String, layer: any Layer)] {
    layers.reduce(into: []) { result, next in
      if let last = result.last, let both = last.layer.absorbing(next.layer) {
        result[result.count - 1].layer = both
      } else {
        result.append(next)
      }
    }
  }

  /// Reserves what lies between the stages: every output, and two gradients that take turns.
  private mutating func reserve(_ outputCounts: [Int], in planner: inout NetworkPlanner) {
    guard let largest = outputCounts.max() else { return }
    let gradients = (0..<min(2, outputCounts.count)).map { _ in planner.transientSamples(largest) }
    for (index, count) in outputCounts.enumerated() {
      stages[index].output = planner.samples(count)
      var turn = gradients[index % gradients.count]
      turn.perSample = count
      stages[index + 1].inputGradient = turn
    }
  }

  /// Whether the last layer can add.
  public var canAdd: Bool { adder?.canAdd ?? false }

  /// Runs the layers from the first to the last.
  public func forward(_ input: FloatView, into output: FloatView, in pass: Pass) {
    forward(input, into: output, in: pass) { last, current in last.forward(current, into: output, in: pass) }
  }

  /// The same; the last layer adds.
  public func forward(
    _ input: FloatView, adding addend: FloatView?, rectifying: Bool, into output: FloatView, in pass: Pass
  ) {
    forward(input, into: output, in: pass) { _, current in
      adder?.forward(current, adding: addend, rectifying: rectifying, into: output, in: pass)
    }
  }

  private func forward(
    _ input: FloatView, into output: FloatView, in pass: Pass, last: (any Layer, FloatView) -> Void
  ) {
    var current = input
    for stage in stages {
      guard let next = stage.output.map(pass.values) else {
        last(stage.layer, current)
        return
      }
      stage.layer.forward(current, into: next, in: pass)
      current = next
    }
  }

  /// Runs the layers' backward passes from the last to the first with a parameter that trains.
  public func backward(
    _ input: FloatView, output: FloatView, outputGradient: FloatView, into inputGradient: FloatView?,
    in pass: Pass
  ) {
    var gradient = outputGradient
    for index in stages.indices.reversed() {
      let stage = stages[index]
      // Nobody needs the gradients of layers that nothing before or in them trains.
      guard inputGradient != nil || pass.trains(before: stage.parametersEnd) else { return }
      let before = index == 0 ? nil : stages[index - 1]
      let needsInput = inputGradient != nil || before.map { pass.trains(before: $0.parametersEnd) } ?? false
      let target = needsInput ? stage.inputGradient.map(pass.values) ?? inputGradient : nil
      stage.layer.backward(
        before?.output.map(pass.values) ?? input, output: stage.output.map(pass.values) ?? output,
        outputGradient: gradient, into: target, in: pass)
      if let target { gradient = target }
    }
  }
}
