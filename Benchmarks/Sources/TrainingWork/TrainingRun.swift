import RandomStreams
import TrainingEngine

/// One of our training runs: a trainer and one batch of random samples with random labels.
///
/// An actor, so that several can train at the same time.
public actor TrainingRun {
  private let trainer: Trainer
  private let batch: Batch
  private let learningRates: [Double]

  /// Allocates everything; the samples are normal, the same in every run.
  ///
  /// - Parameters:
  ///   - work: what to train.
  ///   - threads: how many share a step.
  /// - Throws: what ``TrainingWork/network()`` throws.
  public init(_ work: TrainingWork, threads: Int) throws {
    let network = try work.network()
    trainer = try Trainer(
      network: network, loss: .crossEntropy, optimizer: work.optimizerConfiguration, batchSize: work.batch,
      seed: 0, execution: Execution(threads: threads))
    learningRates = Array(repeating: work.optimizer.learningRate, count: network.groups.count)
    var batch = Batch(capacity: work.batch, inputCount: network.inputShape.count)
    var stream = RandomStream(seed: 0, purpose: StreamPurpose(rawValue: "benchmark-samples"))
    batch.inputs = batch.inputs.map { _ in Float(stream.normal()) }
    batch.labels = batch.labels.map { _ in Int32(stream.integer(below: work.classes)) }
    batch.count = work.batch
    self.batch = batch
  }

  /// Takes `count` steps, at least one, on the same batch, and times them together.
  public func steps(_ count: Int) -> Turn {
    var losses: [Double] = []
    let elapsed = ContinuousClock().measure {
      for _ in 0..<count { losses.append(trainer.step(batch, learningRates: learningRates).loss) }
    }
    return Turn(seconds: elapsed / .seconds(1), firstLoss: losses[0], lastLoss: losses[count - 1])
  }

  /// Takes `count` steps of every run at the same time; the seconds are those until the last one is done, the losses
  /// the first run's.
  ///
  /// - Parameter runs: at least one.
  public static func steps(_ count: Int, of runs: [TrainingRun]) async -> Turn {
    let start = ContinuousClock.now
    let turns = await withTaskGroup(of: (index: Int, turn: Turn).self) { group in
      for (index, run) in runs.enumerated() {
        group.addTask { (index, await run.steps(count)) }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    let seconds = start.duration(to: .now) / .seconds(1)
    let first = turns.first { $0.index == 0 }
    return Turn(seconds: seconds, firstLoss: first?.turn.firstLoss, lastLoss: first?.turn.lastLoss)
  }
}

/// What a few steps in a row did.
public struct Turn: Sendable, Equatable {
  /// How long all of them took.
  public let seconds: Double
  /// The loss before the first step's update, in nats; nil where it is not finite.
  public let firstLoss: Double?
  /// The loss before the last step's update, in nats; nil where it is not finite.
  public let lastLoss: Double?

  /// Keeps what was measured; a loss that is not finite becomes nil.
  public init(seconds: Double, firstLoss: Double?, lastLoss: Double?) {
    self.seconds = seconds
    self.firstLoss = firstLoss.flatMap { $0.isFinite ? $0 : nil }
    self.lastLoss = lastLoss.flatMap { $0.isFinite ? $0 : nil }
  }
}
