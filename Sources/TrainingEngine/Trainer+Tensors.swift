internal import NumericKernels
internal import RandomStreams

/// What a training has come to, for another of the same layers to go on from: its parameters as it is evaluated with,
/// running statistics and random streams, without the optimizer's state and the working memory.
public struct TrainedState: Sendable {
  /// The tensors' names and shapes, in the network's order.
  let tensors: [String]
  let parameters, buffers: [Float]
  let streams: [RandomStream]
}

extension Trainer {
  /// Copies what another training of the same layers needs to go on from here.
  public func trainedState() -> TrainedState {
    TrainedState(
      tensors: tensorTexts, parameters: evaluatedParameters.view.values, buffers: memory.buffers.view.values,
      streams: memory.streams)
  }

  /// Goes on where another training of the same layers has come.
  ///
  /// The optimizer begins anew, and distances are measured from here. Parameter groups may differ.
  ///
  /// - Throws: ``TrainingEngineError/foreignSnapshot`` where the other's tensors have other names or shapes.
  public func takeOver(_ state: TrainedState) throws(TrainingEngineError) {
    guard tensorTexts == state.tensors, memory.streams.count == state.streams.count else {
      throw .foreignSnapshot
    }
    memory.parameters.view.copy(from: state.parameters)
    memory.buffers.view.copy(from: state.buffers)
    memory.streams = state.streams
    optimizer.beginAnew()
    markStart()
  }

  private var tensorTexts: [String] {
    network.parameters.map { "\($0.name) \($0.shape)" } + network.buffers.map { "\($0.name) \($0.shape)" }
  }

  /// Overwrites a parameter, for example `0.weight`, with values in its stored layout.
  ///
  /// - Throws: ``TrainingEngineError`` where the name is unknown or the count differs.
  public func setParameter(named name: String, values: [Float]) throws(TrainingEngineError) {
    try set(view(of: parameterDescription(named: name)), name: name, values: values)
  }

  /// The values of a parameter in its stored layout, as the next step takes its gradient at.
  ///
  /// - Throws: ``TrainingEngineError/unknownTensor(name:available:)``.
  public func parameter(named name: String) throws(TrainingEngineError) -> [Float] {
    try view(of: parameterDescription(named: name)).values
  }

  /// Overwrites a buffer, for example `1.running_mean`.
  ///
  /// - Throws: ``TrainingEngineError`` where the name is unknown or the count differs.
  public func setBuffer(named name: String, values: [Float]) throws(TrainingEngineError) {
    try set(view(of: bufferDescription(named: name)), name: name, values: values)
  }

  /// The values of a buffer.
  ///
  /// - Throws: ``TrainingEngineError/unknownTensor(name:available:)``.
  public func buffer(named name: String) throws(TrainingEngineError) -> [Float] {
    try view(of: bufferDescription(named: name)).values
  }

  /// The gradient that the latest step or ``computeGradients(_:)`` left for a parameter.
  package func gradient(named name: String) throws(TrainingEngineError) -> [Float] {
    let slot = try parameterDescription(named: name).slot
    return memory.gradients.view.slice(from: slot.offset, count: slot.count).values
  }

  /// Overwrites a gradient, so that a test can follow a recorded path of the optimizer.
  package func setGradient(named name: String, values: [Float]) throws(TrainingEngineError) {
    let slot = try parameterDescription(named: name).slot
    try set(memory.gradients.view.slice(from: slot.offset, count: slot.count), name: name, values: values)
  }

  func view(of parameter: ParameterDescription) -> FloatView {
    memory.parameters.view.slice(from: parameter.slot.offset, count: parameter.slot.count)
  }

  func view(of buffer: BufferDescription) -> FloatView {
    memory.buffers.view.slice(from: buffer.slot.offset, count: buffer.slot.count)
  }

  /// The values of one of the network's parameters as it is evaluated with, which a checkpoint keeps.
  package func values(of parameter: ParameterDescription) -> [Float] {
    evaluatedParameters.view.slice(from: parameter.slot.offset, count: parameter.slot.count).values
  }

  /// The values of one of the network's buffers.
  package func values(of buffer: BufferDescription) -> [Float] { view(of: buffer).values }

  /// Overwrites one of the network's parameters with as many values as it has elements.
  package func set(_ parameter: ParameterDescription, to values: [Float]) {
    view(of: parameter).copy(from: values)
  }

  /// Overwrites one of the network's buffers with as many values as it has elements.
  package func set(_ buffer: BufferDescription, to values: [Float]) {
    view(of: buffer).copy(from: values)
  }

  private func set(_ view: FloatView, name: String, values: [Float]) throws(TrainingEngineError) {
    guard values.count == view.count else {
      throw .wrongValueCount(name: name, expected: view.count, actual: values.count)
    }
    view.copy(from: values)
  }

  private func parameterDescription(named name: String) throws(TrainingEngineError) -> ParameterDescription {
    guard let parameter = network.parameters.first(where: { $0.name == name }) else {
      throw .unknownTensor(name: name, available: network.parameters.map(\.name))
    }
    return parameter
  }

  private func bufferDescription(named name: String) throws(TrainingEngineError) -> BufferDescription {
    guard let buffer = network.buffers.first(where: { $0.name == name }) else {
      throw .unknownTensor(name: name, available: network.buffers.map(\.name))
    }
    return buffer
  }
}
