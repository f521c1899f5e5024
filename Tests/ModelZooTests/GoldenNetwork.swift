import Foundation
import ModelZoo
import TestSupport
import Testing
import TrainingEngine

/// A file `net-*.safetensors` of PyTorch's outputs of a whole network, and where the network's weights are.
struct GoldenNetwork: Sendable, CustomTestStringConvertible {
  let url: URL
  /// The file of the weights; nil where they are in the golden file itself.
  let weightsName: String?

  static let all = goldenFiles(in: "tensors") {
    $0.hasPrefix("net-") && $0.hasSuffix(".safetensors")
  }.flatMap { url in weightsNames(of: url).map { Self(url: url, weightsName: $0) } }

  /// Those whose weights are here.
  static let complete = all.filter { $0.weightsName == nil || $0.weightsFile != nil }
  /// Why the others are skipped; nil where there are none.
  static var missing: Comment? {
    let names = all.filter { $0.weightsName != nil && $0.weightsFile == nil }.compactMap(\.weightsName)
    return names.isEmpty ? nil : "no \(names.joined(separator: ", ")) in \(KnownCheckpoint.places)"
  }

  var testDescription: String { "\(url.path), weights \(weightsName ?? "inside")" }

  /// Every file that the metadata name: `a.pth / .safetensors` are two, each with the same tensors.
  private static func weightsNames(of url: URL) -> [String?] {
    let words = (try? SafetensorsFile(url))?.metadata["weights"]?.split { " ,".contains($0) } ?? []
    let files = words.filter { word in [".th", ".pth", ".safetensors"].contains { word.hasSuffix($0) } }
    guard let first = files.first else { return [nil] }
    let stem = first.prefix(upTo: first.lastIndex(of: ".") ?? first.endIndex)
    return files.map { $0.hasPrefix(".") ? "\(stem)\($0)" : String($0) }
  }

  /// The file of the weights: beside the golden file, or where published weights are looked for.
  private var weightsFile: URL? {
    guard let weightsName else { return nil }
    let beside = url.deletingLastPathComponent().appendingPathComponent(weightsName)
    return FileManager.default.fileExists(atPath: beside.path)
      ? beside : KnownCheckpoint.file(named: weightsName)
  }

  /// Everything that the file holds.
  func content() throws -> Checkpoint { try Checkpoint.read(from: url.path) }

  /// The model: our own files name it, the shared ones are named after it.
  func model() throws -> ModelSpecification {
    let fileName = url.deletingPathExtension().lastPathComponent.dropFirst("net-".count)
    let name = fileName.hasPrefix("cifar-") ? fileName.dropFirst("cifar-".count) : fileName
    return try ModelSpecification(parsing: content().metadata["model"] ?? String(name))
  }

  /// The network's initial tensors.
  func weights() throws -> Checkpoint {
    if let file = weightsFile { return try Checkpoint.read(from: file.path) }
    let content = try content()
    let prefix = "weights."
    return try Checkpoint(
      content.names.filter { $0.hasPrefix(prefix) }.map { name in
        (String(name.dropFirst(prefix.count)), try #require(content[name]))
      })
  }

  /// The inputs, and the labels where there are some.
  func batch() throws -> Batch {
    let content = try content()
    let input = try #require(content["input"])
    let target = content["target"]
    var batch = Batch(
      capacity: input.shape[0], inputCount: input.shape.dropFirst().reduce(1, *),
      labelCount: target.map { $0.shape.dropFirst().reduce(1, *) } ?? 1)
    batch.inputs = (input.shape.count == 4 ? input.permuted([0, 2, 3, 1]) : input).floats()
    if let target { batch.labels = target.floats().map { Int32($0) } }
    batch.count = input.shape[0]
    return batch
  }

  /// A trainer of the network with PyTorch's weights.
  ///
  /// - Parameter forTraining: whether it takes the training pass of the file, which may have dropped nothing.
  func trainer(execution: Execution, forTraining: Bool = false) throws -> Trainer {
    let content = try content()
    let sample = try #require(content["input"]).shape.dropFirst()
    let logits = try #require(content["logits"] ?? content["logits_eval_after_one_train_forward"])
    var model = try model()
    if forTraining, content.metadata["dropout"] == "off" {
      let learner = try #require(model.architecture as? VisionLearner)
      model = ModelSpecification(learner.withoutDropout)
    }
    let network = try model.network(
      inputShape: SampleShape(sample.count == 3 ? sample.dropFirst() + [sample[1]] : Array(sample)),
      outputCount: try #require(logits.shape.last))
    let trainer = try Trainer(
      network: network, loss: .crossEntropy, optimizer: .sgd(), batchSize: logits.shape[0], seed: 1,
      execution: execution)
    try trainer.load(weights())
    return trainer
  }
}

/// ‖values‖₂.
func norm(_ values: [Float]) -> Double {
  values.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
}

/// ‖actual − expected‖₂ / ‖expected‖₂; infinite where the counts differ or a difference is NaN.
func relativeError(_ actual: [Float], _ expected: [Float]) -> Double {
  guard actual.count == expected.count else { return .infinity }
  let error = norm(zip(actual, expected).map(-)) / max(norm(expected), .leastNormalMagnitude)
  return error.isNaN ? .infinity : error
}
