import Foundation
import ModelZoo
import RandomStreams
import Testing
import TrainingEngine

@testable import DatasetKit

@Suite("Learning from data sets")
struct DatasetLearningTests {
  /// The validation loss of a training.
  private func loss(
    _ model: String, on data: Dataset, rate: Double, epochs: Int, batchSize: Int = 16
  ) throws -> Double {
    let network = try ModelSpecification(parsing: model)
      .network(inputShape: data.sampleShape, outputCount: data.outputCount)
    try data.check(network)
    let trainer = try Trainer(
      network: network, loss: data.loss, optimizer: OptimizerConfiguration(parsing: "adam"),
      batchSize: batchSize, seed: 0)
    let loop = TrainingLoop(
      steps: epochs * (data.train.count / batchSize), learningRate: .constant(rate))
    let batches = ShuffledBatches(data.train, batchSize: batchSize, seed: 0)
    let end = loop.run(trainer, batches: batches) { _, _, _ in }
    #expect(end == .finished)
    var parts: [Evaluation] = []
    data.validation.forEachBatch(of: batchSize) { parts.append(trainer.evaluate($0)) }
    return try #require(Evaluation.mean(of: parts)).loss
  }

  @Test func `A network predicts numbers that no line does`() throws {
    var stream = RandomStream(seed: 3, purpose: .dataOrder)
    let rows = (0..<600).map { _ in
      let (x, y) = (stream.uniformDouble() * 4 - 2, stream.uniformDouble() * 4 - 2)
      return "\(x),\(y),\(exp(x * y / 2))"
    }
    let data = try DatasetEntry.test(.numberTable(logarithmic: true), inputs: 2, outputs: 1, samples: 600)
      .load((["x,y,target"] + rows).joined(separator: "\n"))
    // Targets have the variance 1, so 1 − loss is R².
    let line = try loss("logistic", on: data, rate: 0.01, epochs: 40)
    let network = try loss("mlp-32", on: data, rate: 0.01, epochs: 40)
    #expect(line > 0.7 && network < 0.1, "\(line), \(network)")
  }

  @Test(arguments: ["gru-16", "transformer-width16-depth1-heads2"])
  func `A network of sequences guesses better than by the frequencies of characters`(_ model: String) throws {
    // Syllables in random order: the second and third character follow from the first.
    var stream = RandomStream(seed: 5, purpose: .dataOrder)
    let syllables = ["ka-", "to-", "mi-", "su-"]
    let text = (0..<2000).map { _ in syllables[stream.integer(below: 4)] }.joined()
    let entry = DatasetEntry(
      "test", "made by a test", family: "test", .text, shape: [16], outputs: 9, train: 337, validation: 37,
      origin: "a test", licence: "none", source: .package(DatasetPackage(.apt, "test-data", "1")),
      files: [("text.txt", "")])
    let data = try entry.load(text)
    var counts: [Character: Int] = [:]
    for character in text { counts[character, default: 0] += 1 }
    let shares = counts.values.sorted().map { Double($0) / Double(text.count) }
    let entropy = shares.reduce(0) { $0 - $1 * log($1) }
    let found = try loss(model, on: data, rate: 0.01, epochs: 10)
    // Nothing can do better than log 4 a syllable.
    #expect(found < 0.5 * entropy && found > log(4) / 3 * 0.9, "\(found) against \(entropy)")
  }

  @Test func `Models and data that do not fit are told apart`() throws {
    let data = try Dataset.load("digits", from: TemporaryData.shipped)
    let network = try ModelSpecification(parsing: "gru-8").network(inputShape: [64], outputCount: 10)
    #expect {
      try data.check(network)
    } throws: { "\($0)".contains("digits is none") }
    let small = try ModelSpecification(parsing: "mlp-8").network(inputShape: [8, 8, 1], outputCount: 3)
    #expect {
      try data.check(small)
    } throws: { "\($0)".contains("10 outputs") }
  }
}
