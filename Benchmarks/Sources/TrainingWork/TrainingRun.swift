import Glibc
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

  /// Takes `count` steps of every run at the same time, on the same batch again and again, and times them together.
  ///
  /// The losses are the first run's.
  ///
  /// - Parameters:
  ///   - count: at least one.
  ///   - runs: at least one.
  public static func steps(_ count: Int, of runs: [TrainingRun]) async -> Turn {
    let (start, processorStart) = (ContinuousClock.now, processorSeconds)
    let losses = await withTaskGroup(of: (run: Int, losses: [Double]).self) { group in
      for (index, run) in runs.enumerated() {
        group.addTask { (index, await run.losses(ofSteps: count)) }
      }
      return await group.reduce(into: [:]) { $0[$1.run] = $1.losses }
    }
    return Turn(
      seconds: start.duration(to: .now) / .seconds(1), processorSeconds: processorSeconds - processorStart,
      firstLoss: losses[0]?.first, lastLoss: losses[0]?.last)
  }

  private func losses(ofSteps count: Int) -> [Double] {
    (0..<count).map { _ in trainer.step(batch, learningRates: learningRates).loss }
  }

  /// The time that processors have spent on this process.
  private static var processorSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

/// What a few steps in a row did.
public struct Turn: Sendable, Equatable {
  /// How long all of them took.
  public let seconds: Double
  /// How long processors were busy with them, the threads' times added up.
  public let processorSeconds: Double
  /// The loss before the first step's update, in nats; nil where it is not finite.
  public let firstLoss: Double?
  /// The loss before the last step's update, in nats; nil where it is not finite.
  public let lastLoss: Double?

  /// Keeps what was measured; a loss that is not finite becomes nil.
  public init(seconds: Double, processorSeconds: Double, firstLoss: Double?, lastLoss: Double?) {
    self.seconds = seconds
    self.processorSeconds = processorSeconds
    self.firstLoss = firstLoss.flatMap { $0.isFinite ? $0 : nil }
    self.lastLoss = lastLoss.flatMap { $0.isFinite ? $0 : nil }
  }
}
