import Measuring
import ModelZoo
import TrainingEngine

/// Our ResNet-34 on PyTorch's weights and pictures, and what PyTorch's answers.
struct ResNetComparison {
  private let answers: Checkpoint
  private let batch: Batch
  private let shape: SampleShape
  /// All modules of the body, as torchvision names them.
  private static let body = ["conv1.", "bn1.", "layer"]

  /// Takes the answers that the worker wrote.
  init(answers path: String) throws {
    answers = try Checkpoint.read(from: path)
    let input = try Self.tensor("input", in: answers).permuted([0, 2, 3, 1])
    shape = SampleShape(Array(input.shape.dropFirst()))
    var batch = Batch(capacity: input.shape[0], inputCount: shape.count)
    batch.inputs = input.floats()
    batch.count = input.shape[0]
    self.batch = batch
  }

  private static func tensor(_ name: String, in checkpoint: Checkpoint) throws -> CheckpointTensor {
    guard let tensor = checkpoint[name] else {
      throw CheckpointError.missingTensor(name: name, examples: Array(checkpoint.names.prefix(3)))
    }
    return tensor
  }

  /// A trainer of a model, for as many classes as PyTorch's has.
  func trainer(_ name: String, exact: Bool = false) throws -> Trainer {
    let key = name.hasSuffix("-fastai") ? "learner.logits" : "logits"
    let classes = try Self.tensor(key, in: answers).shape[1]
    return try trainer(
      ModelSpecification(parsing: name).network(inputShape: shape, outputCount: classes), exact: exact)
  }

  private func trainer(_ network: Network, exact: Bool) throws -> Trainer {
    try Trainer(
      network: network, loss: .crossEntropy, optimizer: .sgd(), batchSize: batch.count, seed: 1,
      execution: Execution(exact: exact))
  }

  /// The differences of logits, of the body's pictures, and of the logits of fastai's head, by both kinds of kernels.
  ///
  /// Goals hold for random weights, through which rounding grows: behind the body and fastai's head PyTorch's own single
  /// precision is farther than 1e-5 from its double precision, so that exact kernels cannot be asked to be nearer.
  func rows(checkpoint path: String) throws -> [ResultRow] {
    let weights = try Checkpoint.read(from: path)
    return try [false, true].flatMap { exact in
      let plain = try trainer("resnet34", exact: exact)
      try plain.load(weights)
      let learner = try learner(weights, exact: exact)
      let pictures = try body(weights, exact: exact).outputs(for: batch)
      return [
        try row("logits of resnet34", exact, plain.outputs(for: batch), "logits", goal: exact ? 1e-5 : 1e-4),
        try row("its pictures before the pooling", exact, pictures, "features", goal: 1e-4),
        try row(
          "logits of resnet34-fastai", exact, learner.outputs(for: batch), "learner.logits", goal: 1e-4),
      ]
    }
  }

  /// The body alone.
  private func body(_ weights: Checkpoint, exact: Bool) throws -> Trainer {
    guard let backbone = try ModelSpecification(parsing: "resnet34").architecture as? any Backbone else {
      preconditionFailure("resnet34 is a backbone")
    }
    let network = try Network(name: "body", body: backbone.features(input: shape), inputShape: shape)
    let body = try trainer(network, exact: exact)
    try body.load(weights, passingOver: [type(of: backbone).classifier])
    return body
  }

  /// The same weights under fastai's head, whose own come from the answers.
  private func learner(_ weights: Checkpoint, exact: Bool) throws -> Trainer {
    let learner = try trainer("resnet34-fastai", exact: exact)
    try learner.load(weights, leavingOut: ["head."], passingOver: ["fc"])
    let head = try Checkpoint(
      answers.names.filter { $0.hasPrefix("head.") }.map { ($0, try Self.tensor($0, in: answers)) })
    try learner.load(head, leavingOut: Self.body)
    return learner
  }

  /// PyTorch's answer in our order.
  private func answer(_ name: String) throws -> [Float] {
    let tensor = try Self.tensor(name, in: answers)
    return (tensor.shape.count == 4 ? tensor.permuted([0, 2, 3, 1]) : tensor).floats()
  }

  private func row(_ title: String, _ exact: Bool, _ outputs: [Float], _ name: String, goal: Double) throws
    -> ResultRow
  {
    let (single, double) = (try answer(name), try answer("\(name).double"))
    func difference(_ actual: [Float], _ expected: [Float]) -> Double {
      largestDifference(actual, expected, samples: batch.count)
    }
    let distance = difference(outputs, single)
    return ResultRow(
      work: "\(title), \(exact ? "exact" : "default") kernels: largest ‖ours − PyTorch's‖ / ‖PyTorch's‖ of "
        + "\(batch.count) pictures",
      comparison:
        "\(scientific(distance)); from double precision ours \(scientific(difference(outputs, double))), "
        + "PyTorch's \(scientific(difference(single, double)))",
      goals: [.atMost(goal, distance)])
  }
}

/// The largest ‖actual − expected‖₂ / ‖expected‖₂ of several samples; infinite where a difference is NaN or counts differ.
///
/// - Parameter samples: How many lie one after the other; divides the counts.
func largestDifference(_ actual: [Float], _ expected: [Float], samples: Int) -> Double {
  guard actual.count == expected.count, samples > 0, expected.count.isMultiple(of: samples) else {
    return .infinity
  }
  let count = expected.count / samples
  return (0..<samples).reduce(0) { largest, sample in
    let part = sample * count..<(sample + 1) * count
    let squares = zip(actual[part], expected[part]).reduce(into: (0.0, 0.0)) { sums, values in
      let (a, e) = (Double(values.0), Double(values.1))
      sums.0 += (a - e) * (a - e)
      sums.1 += e * e
    }
    let difference = (squares.0 / squares.1).squareRoot()
    return difference.isNaN ? .infinity : max(largest, difference)
  }
}
