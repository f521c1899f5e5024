import DatasetKit
import Foundation
import TestSupport
import Testing
import TrainingEngine

/// A range test that fastai recorded: initial tensors, batches, rates, losses and final tensors.
struct GoldenRangeTest {
  let file: SafetensorsFile
  let network: Network
  let optimizer: OptimizerConfiguration
  /// Step by step, the rows of the digits that the batch holds.
  let batches: [[Int]]
  let learningRates: [Double]
  let losses: [Double]

  static let files = goldenFiles(in: "tensors") {
    $0.hasPrefix("range-test-") && $0.hasSuffix(".safetensors")
  }

  init(_ url: URL) throws {
    file = try SafetensorsFile(url)
    let layers = try #require(file.metadata["model"]).split(separator: " ").map { try Self.layer(String($0)) }
    network = try Network(
      name: url.lastPathComponent, layers: layers.map(\.layer),
      inputShape: [try #require(layers.first?.inputs)])
    let words = try #require(file.metadata["optimizer"]).split(separator: " ")
    switch words.first {
    case "adam": optimizer = .adam()
    case "sgd": optimizer = .sgd(momentum: words.count > 2 ? try #require(Double(words[2])) : 0)
    default: throw MissingTensor(name: "optimizer")
    }
    let indices = try file.tensor("batch_indices")
    batches = (0..<indices.shape[0]).map { step in
      indices.values[step * indices.shape[1]..<(step + 1) * indices.shape[1]].map { Int($0) }
    }
    learningRates = try file.tensor("learning_rates").values
    losses = try file.tensor("raw_losses").values
  }

  /// `Linear(64,32)`, `BatchNorm1d`, `ReLU`.
  private static func layer(_ text: String) throws -> (layer: any Layer, inputs: Int?) {
    let parts = text.split { "(,)".contains($0) }
    switch parts.first {
    case "Linear": return (Linear(try #require(Int(parts[2]))), Int(parts[1]))
    case "BatchNorm1d": return (BatchNorm(), nil)
    case "ReLU": return (ReLU(), nil)
    default: throw MissingTensor(name: text)
    }
  }

  /// Tensors called `prefix`.name, by their names.
  func tensors(_ prefix: String) -> [(name: String, values: [Double])] {
    file.tensors.keys.sorted().compactMap { key in
      guard key.hasPrefix(prefix + "."), let tensor = file.tensors[key] else { return nil }
      return (String(key.dropFirst(prefix.count + 1)), tensor.values)
    }
  }

  func isBuffer(_ name: String) -> Bool { network.buffers.contains { $0.name == name } }

  /// Whether only rounding moves a tensor: a bias before a batch norm has gradient 0, and the mean follows it.
  func isUndetermined(_ name: String) -> Bool {
    let normLayers = network.buffers.compactMap { Int($0.name.prefix { $0 != "." }) }
    return normLayers.contains { name == "\($0 - 1).bias" || name == "\($0).running_mean" }
  }

  /// The steps before the recorded loss first exceeds four times its best.
  var comparableSteps: Int {
    var best = Double.infinity
    for (step, loss) in losses.enumerated() {
      best = min(best, loss)
      if !(loss <= 4 * best) { return step }
    }
    return losses.count
  }
}

@Suite("Range tests against fastai and PyTorch")
struct GoldenRangeTests {
  @Test("there are recorded range tests")
  func complete() {
    #expect(GoldenRangeTest.files.count >= 2)
  }

  @Test("raw losses follow the recorded ones", arguments: GoldenRangeTest.files)
  func losses(_ url: URL) throws {
    let recorded = try GoldenRangeTest(url)
    let digits = try Digits.samples(
      from: DataFolders(paths: [GoldenFolders.repositoryRoot.appendingPathComponent("datasets").path]))
    let batchSize = try #require(recorded.batches.first?.count)
    let trainer = try Trainer(
      network: recorded.network, loss: .crossEntropy, optimizer: recorded.optimizer, batchSize: batchSize,
      seed: 0)
    let initial = recorded.tensors("init")
    #expect(initial.count == recorded.network.parameters.count + recorded.network.buffers.count)
    for (name, values) in initial {
      if recorded.isBuffer(name) {
        try trainer.setBuffer(named: name, values: values.map(Float.init))
      } else {
        try trainer.setParameter(named: name, values: values.map(Float.init))
      }
    }
    var batch = Batch(capacity: batchSize, inputCount: digits.shape.count)
    let comparable = recorded.comparableSteps
    #expect(comparable > recorded.losses.count / 2)
    var errors: [Double] = []
    for (step, rows) in recorded.batches.enumerated() {
      digits.fill(&batch, with: rows)
      let report = trainer.step(batch, learningRates: [recorded.learningRates[step]])
      errors.append(abs(report.loss - recorded.losses[step]) / recorded.losses[step])
    }
    let worst = errors.prefix(comparable).map { $0.isNaN ? .infinity : $0 }.max()
    #expect((worst ?? .infinity) < 1e-3)
    // Beyond that a blow-up magnifies rounding. Where the losses still agree at its end, so must the tensors.
    guard errors.allSatisfy({ $0 < 0.01 }) else { return }
    for (name, values) in recorded.tensors("final") where !recorded.isUndetermined(name) {
      let actual =
        recorded.isBuffer(name) ? try trainer.buffer(named: name) : try trainer.parameter(named: name)
      #expect(relativeDistance(actual, values) < 0.05, "final.\(name)")
    }
  }
}
