public import CurveModel
public import Foundation
public import TrainingEngine

/// A range test that fastai recorded: initial tensors, batches, rates, losses and final tensors.
public struct GoldenRangeTest {
  /// The file.
  public let file: SafetensorsFile
  /// The recorded network.
  public let network: Network
  /// The recorded optimizer.
  public let optimizer: OptimizerConfiguration
  /// Step by step, the rows of the digits that the batch holds.
  public let batches: [[Int]]
  /// The rate of every step.
  public let learningRates: [Double]
  /// The raw loss of every step.
  public let losses: [Double]

  /// Every golden range test.
  public static let files = goldenFiles(in: "tensors") {
    $0.hasPrefix("range-test-") && $0.hasSuffix(".safetensors")
  }

  /// Reads a golden file.
  public init(_ url: URL) throws {
    file = try SafetensorsFile(url)
    let layers = try required(file.metadata["model"]).split(separator: " ").map { try Self.layer(String($0)) }
    network = try Network(
      name: url.lastPathComponent, layers: layers.map(\.layer),
      inputShape: [try required(layers.first?.inputs)])
    let words = try required(file.metadata["optimizer"]).split(separator: " ")
    switch words.first {
    case "adam": optimizer = .adam()
    case "sgd": optimizer = .sgd(momentum: words.count > 2 ? try required(Double(words[2])) : 0)
    default: throw MissingEntry(text: "a known optimizer")
    }
    let indices = try file.tensor("batch_indices")
    batches = (0..<indices.shape[0]).map { step in
      indices.values[step * indices.shape[1]..<(step + 1) * indices.shape[1]].map { Int($0) }
    }
    learningRates = try file.tensor("learning_rates").values
    losses = try file.tensor("raw_losses").values
  }

  /// The schedule that fastai raised the rate by.
  public func schedule() throws -> RateSchedule {
    try RateSchedule(
      start: required(file.metadata["start_lr"].flatMap(Double.init)),
      end: required(file.metadata["end_lr"].flatMap(Double.init)),
      steps: required(file.metadata["num_it"].flatMap(Int.init)))
  }

  /// A trainer with the recorded initial tensors.
  public func trainer() throws -> Trainer {
    let trainer = try Trainer(
      network: network, loss: .crossEntropy, optimizer: optimizer, batchSize: required(batches.first?.count),
      seed: 0)
    for (name, values) in tensors("init") {
      if isBuffer(name) {
        try trainer.setBuffer(named: name, values: values.map(Float.init))
      } else {
        try trainer.setParameter(named: name, values: values.map(Float.init))
      }
    }
    return trainer
  }

  /// `Linear(64,32)`, `BatchNorm1d`, `ReLU`.
  private static func layer(_ text: String) throws -> (layer: any Layer, inputs: Int?) {
    let parts = text.split { "(,)".contains($0) }
    switch parts.first {
    case "Linear": return (Linear(try required(Int(parts[2]))), Int(parts[1]))
    case "BatchNorm1d": return (BatchNorm(), nil)
    case "ReLU": return (ReLU(), nil)
    default: throw MissingEntry(text: text)
    }
  }

  /// Tensors called `prefix`.name, by their names.
  public func tensors(_ prefix: String) -> [(name: String, values: [Double])] {
    file.tensors.keys.sorted().compactMap { key in
      guard key.hasPrefix(prefix + "."), let tensor = file.tensors[key] else { return nil }
      return (String(key.dropFirst(prefix.count + 1)), tensor.values)
    }
  }

  /// Whether a tensor is kept beside the parameters.
  public func isBuffer(_ name: String) -> Bool { network.buffers.contains { $0.name == name } }

  /// Whether only rounding moves a tensor: a bias before a batch norm has gradient 0, and the mean follows it.
  public func isUndetermined(_ name: String) -> Bool {
    let normLayers = network.buffers.compactMap { Int($0.name.prefix { $0 != "." }) }
    return normLayers.contains { name == "\($0 - 1).bias" || name == "\($0).running_mean" }
  }

  /// The steps before the recorded loss first exceeds four times its best.
  public var comparableSteps: Int {
    var best = Double.infinity
    for (step, loss) in losses.enumerated() {
      best = min(best, loss)
      if !(loss <= 4 * best) { return step }
    }
    return losses.count
  }
}

private func required<Value>(_ value: Value?) throws -> Value {
  guard let value else { throw MissingValue() }
  return value
}

private struct MissingValue: Error {}

private struct MissingEntry: Error { let text: String }
