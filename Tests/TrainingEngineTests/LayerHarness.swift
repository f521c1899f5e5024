import NumericKernels
import RandomStreams
import TrainingEngine

/// A single layer with its memory, to be called by itself.
struct LayerHarness {
  let layer: any Layer
  let planner: NetworkPlanner
  let memory: NetworkMemory
  let samples: Int
  /// The random streams at their beginning: every pass draws the same numbers.
  private let streams: [RandomStream]
  let outputShape: SampleShape
  private let input: FloatView
  private let output: FloatView
  private let inputGradient: FloatView

  init(_ layer: any Layer, inputShape: SampleShape, samples: Int) throws {
    var planner = NetworkPlanner(batchSize: samples)
    var planned = layer
    outputShape = try planned.plan(input: inputShape, in: &planner)
    self.layer = planned
    self.planner = planner
    self.samples = samples
    memory = NetworkMemory(planner: planner, seed: 1)
    streams = memory.streams
    input = FloatBuffer(count: samples * inputShape.count).view
    output = FloatBuffer(count: samples * outputShape.count).view
    inputGradient = FloatBuffer(count: samples * inputShape.count).view
  }

  /// A parameter's values, by name.
  func parameter(_ name: String) throws -> FloatView {
    try memory.parameters.view.slice(planner.place(of: name))
  }
  /// A parameter's gradient, by name.
  func gradient(_ name: String) throws -> FloatView {
    try memory.gradients.view.slice(planner.place(of: name))
  }
  /// A buffer's values, by name.
  func buffer(_ name: String) throws -> FloatView {
    try memory.buffers.view.slice(planner.place(ofBuffer: name))
  }

  /// The output of a training pass, or of an evaluation.
  func forward(_ values: [Float], isTraining: Bool = true) -> [Float] {
    input.copy(from: values)
    output.fill(with: .nan)
    memory.streams = streams
    layer.forward(input, into: output, in: memory.pass(samples: samples, isTraining: isTraining))
    return output.values
  }

  /// The input's gradient, after a training forward pass.
  func backward(_ outputGradient: [Float]) -> [Float] {
    let gradient = FloatBuffer(count: output.count).view
    gradient.copy(from: outputGradient)
    inputGradient.fill(with: .nan)
    memory.gradients.view.fill(with: .nan)
    layer.backward(
      input, output: output, outputGradient: gradient, into: inputGradient,
      in: memory.pass(samples: samples, isTraining: true))
    return inputGradient.values
  }
}

extension FloatView {
  fileprivate func slice(_ place: (offset: Int, count: Int)) -> FloatView {
    slice(from: place.offset, count: place.count)
  }
}

extension NetworkPlanner {
  fileprivate func place(of name: String) throws -> (offset: Int, count: Int) {
    guard let found = parameters.first(where: { $0.name == name }) else { throw MissingTensor(name: name) }
    return (found.slot.offset, found.slot.count)
  }

  fileprivate func place(ofBuffer name: String) throws -> (offset: Int, count: Int) {
    guard let found = buffers.first(where: { $0.name == name }) else { throw MissingTensor(name: name) }
    return (found.slot.offset, found.slot.count)
  }
}

/// A test asked for a tensor that the layer does not declare.
struct MissingTensor: Error {
  let name: String
}

/// ‖actual − expected‖₂ / ‖expected‖₂; infinite where the counts differ or a difference is NaN.
func relativeDistance(_ actual: [Float], _ expected: [Double]) -> Double {
  guard actual.count == expected.count else { return .infinity }
  let squares = zip(actual, expected).reduce(0.0) { $0 + (Double($1.0) - $1.1) * (Double($1.0) - $1.1) }
  let scale = expected.reduce(0) { $0 + $1 * $1 }
  let distance = (squares / max(scale, .leastNormalMagnitude)).squareRoot()
  return distance.isNaN ? .infinity : distance
}

/// Normal random numbers.
func normals(_ count: Int, seed: UInt64) -> [Float] {
  var stream = RandomStream(seed: seed, purpose: .strategy)
  return (0..<count).map { _ in Float(stream.normal()) }
}

/// A batch of normal inputs and random labels.
func randomBatch(_ count: Int, inputCount: Int, classes: Int, seed: UInt64, capacity: Int? = nil) -> Batch {
  var stream = RandomStream(seed: seed, purpose: .dataOrder)
  var batch = Batch(capacity: capacity ?? count, inputCount: inputCount)
  for index in 0..<count * inputCount { batch.inputs[index] = Float(stream.normal()) }
  for index in 0..<count { batch.labels[index] = Int32(stream.integer(below: classes)) }
  batch.count = count
  return batch
}
