import Measuring
import ModelZoo
import RandomStreams
import TrainingEngine

/// A training step by every optimizer, in turns: what equal time means for those that find their rate.
///
/// On a network of this size the update is a large share of a step; on a larger one it is a smaller share.
enum OptimizersBenchmark: Benchmark {
  static let name = "optimizers"
  static let summary =
    "one training step of a small network by every optimizer, one thread, all of them in turns"

  static func rows(_ effort: Effort) throws -> [ResultRow] {
    let families = OptimizerConfiguration.families
    let measured = try interleaved(
      families.map { family in
        let steps = try OptimizerSteps(family)
        return Contender(family) { try steps.timed(stepsPerTurn).duration / stepsPerTurn }
      },
      rounds: effort.rounds(201, quick: 21))
    guard let reference = measured.first(where: { $0.name == "adam" }) else {
      preconditionFailure("adam is among the optimizers")
    }
    return measured.map { measurement in
      ResultRow(
        measurement, work: "\(OptimizerSteps.title), \(measurement.name)",
        comparison:
          "\(decimal(measurement.ratio(to: reference), places: 2)) × adam's step "
          + "(fastest \(decimal(measurement.fastest / reference.fastest, places: 2)) ×)")
    }
  }

  /// Some 7 milliseconds, and so few that no loss comes to nothing.
  private static let stepsPerTurn = 200
}

/// Steps by one optimizer on one batch of random samples, the same for all.
struct OptimizerSteps {
  static let title = "MLP 16-64-26, batch 64"

  private let optimizer: OptimizerConfiguration
  private let network: Network
  private let batch: Batch

  /// Sets up trainings by the optimizer of this name.
  ///
  /// - Throws: errors of the engine and of the model zoo.
  init(_ family: String) throws {
    optimizer = try OptimizerConfiguration(parsing: family)
    network = try ModelSpecification(parsing: "mlp-64")
      .network(inputShape: SampleShape([Self.inputs]), outputCount: Self.classes)
    var batch = Batch(capacity: Self.samples, inputCount: Self.inputs)
    var stream = RandomStream(seed: 0, purpose: StreamPurpose(rawValue: "benchmark-samples"))
    batch.inputs = batch.inputs.map { _ in Float(stream.normal()) }
    batch.labels = batch.labels.map { _ in Int32(stream.integer(below: Self.classes)) }
    batch.count = Self.samples
    self.batch = batch
  }

  /// Takes this many steps, at least one, of a new training; says how long all of them took, and the last loss, in nats.
  ///
  /// A new one, because on so few samples a loss comes to nothing in the end, and numbers that die out are slow.
  func timed(_ count: Int) throws -> (duration: Duration, loss: Double) {
    let trainer = try Trainer(
      network: network, loss: .crossEntropy, optimizer: optimizer, batchSize: Self.samples, seed: 0)
    // So low that nothing leaves what is ordinary: at the rate 1 that those are made for which find their own, such random labels
    // drive outputs so far apart that probabilities nearly vanish, and with numbers like these processors are slow.
    let learningRates = Array(repeating: 1e-4, count: network.groups.count)
    var loss = Double.nan
    let duration = ContinuousClock().measure {
      for _ in 0..<count { loss = trainer.step(batch, learningRates: learningRates).loss }
    }
    return (duration, loss)
  }

  // The shape of the data set letter, one of those in comparisons/learning-rate-free.yaml.
  private static let inputs = 16
  private static let classes = 26
  private static let samples = 64
}
