import ModelZoo
import TestSupport
import Testing
import TrainingEngine

@Suite("Models in training")
struct LearningTests {
  /// Every family, as small as its grammar allows.
  static let names = [
    "logistic", "mlp-bn-16-12-gelu-dropout0.1", "cnn-4", "cnn-nobn-4-tanh", "resnet8-width4",
    "resnet18-small-width4", "resnet18-width4", "efficientnet-lite0", "resnet18-small-width4-fastai",
    "gru-16-embedding8", "transformer-width16-depth2-heads2-dropout0.1",
  ]
  private static let classes = 4

  private static func isOfText(_ name: String) -> Bool {
    ["gru", "transformer"].contains { name.hasPrefix($0) }
  }

  private static func trainer(_ name: String, seed: UInt64, threads: Int = 1) throws -> Trainer {
    let shape: SampleShape = isOfText(name) ? [6] : [18, 17, 3]
    return try Trainer(
      network: ModelSpecification(parsing: name).network(inputShape: shape, outputCount: classes),
      loss: .crossEntropy, optimizer: .adam(), batchSize: 8, seed: seed,
      execution: Execution(threads: threads))
  }

  /// Noise with random labels, or characters each followed by the next.
  private static func batch(_ name: String) -> Batch {
    var numbers = SeededNumbers(seed: 11)
    var batch =
      isOfText(name)
      ? Batch(capacity: 8, inputCount: 6, labelCount: 6) : Batch(capacity: 8, inputCount: 18 * 17 * 3)
    batch.count = 8
    for index in batch.inputs.indices {
      batch.inputs[index] =
        isOfText(name) ? Float(Int.random(in: 0..<classes, using: &numbers)) : Float(numbers.normal())
    }
    for index in batch.labels.indices {
      batch.labels[index] = Int32(
        isOfText(name) ? (Int(batch.inputs[index]) + 1) % classes : index % classes)
    }
    return batch
  }

  @Test(
    "every family learns a batch by heart, bit for bit the same on two threads, and goes on from its checkpoint",
    arguments: names)
  func learns(_ name: String) throws {
    let batch = Self.batch(name)
    func run(threads: Int) throws -> (trainer: Trainer, losses: [Double]) {
      let trainer = try Self.trainer(name, seed: 4, threads: threads)
      return (trainer, (0..<40).map { _ in trainer.step(batch, learningRates: [0.01]).loss })
    }
    let (trainer, losses) = try run(threads: 1)
    #expect(try #require(losses.last) < losses[0] / 3)
    let (other, otherLosses) = try run(threads: 2)
    #expect(otherLosses == losses)
    #expect(other.snapshot() == trainer.snapshot())

    let copy = try Self.trainer(name, seed: 5)
    #expect(copy.outputs(for: batch) != trainer.outputs(for: batch))
    try copy.load(Checkpoint(bytes: trainer.checkpoint().safetensorsBytes()))
    #expect(copy.outputs(for: batch) == trainer.outputs(for: batch))
  }

  @Test("every family is here")
  func complete() throws {
    let families = try Self.names.map {
      String(describing: type(of: try ModelSpecification(parsing: $0).architecture))
    }
    #expect(Set(families).count == ModelSpecification.architectures.count)
  }
}
