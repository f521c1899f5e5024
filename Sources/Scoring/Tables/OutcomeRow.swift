public import CurveModel

/// What one training at one rate gave.
public struct OutcomeRow: Sendable, Equatable {
  /// How a training ended.
  public enum Status: String, Sendable, CaseIterable {
    /// All steps were made; its loss may still be worse than untrained.
    case finished
    /// A loss was not finite: a result, and a failure.
    case diverged
  }

  /// The task, as an index into ``EvidenceTables/tasks``.
  public var task: Int
  /// The rate that was trained.
  public var rate: RateKey
  /// The training's seed.
  public var seed: UInt64
  /// Whether the rate belongs to the task's grid; a rate that was only trained because a strategy suggested it does not,
  /// and never touches oracle or noise floor.
  public var isGrid: Bool
  /// How it ended.
  public var status: Status
  /// The final validation loss; NaN where it diverged.
  public var loss: Double
  /// The lowest validation loss on the fixed grid of evaluations; NaN where it is not known.
  public var bestLoss: Double
  /// The final validation error, 0...1; NaN where there is none.
  public var error: Double
  /// The validation loss before the first step; NaN where it is not known.
  public var untrainedLoss: Double
  /// The validation error before the first step; NaN where it is not known.
  public var untrainedError: Double
  /// After which steps the network was evaluated, and the loss there; both empty where it is not known.
  public var evaluationSteps: [Int]
  /// The losses at ``evaluationSteps``.
  public var evaluationLosses: [Double]
  /// How long it took, in seconds; NaN where it is not known.
  ///
  /// Never part of a score.
  public var seconds: Double
  /// The processor it ran on; empty where it is not known.
  ///
  /// Times are compared only on one processor.
  public var processor: String

  /// Describes an outcome.
  public init(
    task: Int, rate: RateKey, seed: UInt64, isGrid: Bool = true, status: Status, loss: Double,
    bestLoss: Double = .nan, error: Double = .nan, untrainedLoss: Double = .nan,
    untrainedError: Double = .nan,
    evaluationSteps: [Int] = [], evaluationLosses: [Double] = [], seconds: Double = .nan,
    processor: String = ""
  ) {
    self.task = task
    self.rate = rate
    self.seed = seed
    self.isGrid = isGrid
    self.status = status
    self.loss = loss
    self.bestLoss = bestLoss
    self.error = error
    self.untrainedLoss = untrainedLoss
    self.untrainedError = untrainedError
    self.evaluationSteps = evaluationSteps
    self.evaluationLosses = evaluationLosses
    self.seconds = seconds
    self.processor = processor
  }
}
