internal import CurveSmoothing

/// What training at one rate gave over its seeds, as far as planning asks.
///
/// A loss above the untrained network's counts as the untrained loss, and so does a divergence: failures are scored, not
/// left out (scoring.md, sections 3 and 4).
public struct GridOutcome: Sendable, Equatable {
  /// The mean over seeds of the clipped loss.
  public let meanLoss: Double
  /// How many seeds failed: diverged, or ended no better than untrained.
  public let failures: Int

  /// How many seeds scoring calls failed: diverged, or ended worse than the median of the seeds' untrained losses.
  public let scoredFailures: Int

  /// Whether every seed ended better than it began.
  public var isStable: Bool { failures == 0 }

  /// Whether scoring by the final loss reads other rates off this one: not off one that it calls failed.
  var isReadable: Bool { scoredFailures == 0 }

  /// What one training gave.
  public struct Seed: Sendable, Equatable {
    /// The final validation loss; not finite where the training diverged.
    public let loss: Double
    /// The validation loss before the first step.
    public let untrainedLoss: Double

    /// Takes the losses of a training.
    public init(loss: Double, untrainedLoss: Double) {
      self.loss = loss
      self.untrainedLoss = untrainedLoss
    }

    var hasFailed: Bool { !(loss < untrainedLoss) }
  }

  /// Sums up the seeds, in their order; at least one.
  public init(_ seeds: [Seed]) {
    precondition(!seeds.isEmpty, "an outcome needs a training")
    meanLoss = seeds.reduce(0) { $0 + ($1.hasFailed ? $1.untrainedLoss : $1.loss) } / Double(seeds.count)
    failures = seeds.count(where: \.hasFailed)
    let untrained = seeds.map(\.untrainedLoss).filter(\.isFinite)
    let reference = untrained.isEmpty ? .nan : median(untrained)
    scoredFailures = seeds.count { !($0.loss <= reference) }
  }
}
