internal import Glibc

/// fastai's fine-tuning of a network with a new head: first the head alone, then all of it.
///
/// | | frozen phase | whole phase |
/// |---|---|---|
/// | trained | the last group, and the batch norms of the others | everything |
/// | peak rate of the last group | rate | rate / 2 |
/// | of the groups below | rate / 10 | by equal factors down to rate / 2 / 100 |
/// | one-cycle | rises for 0.99 of the steps, from peak / 25 | rises for 0.3, from peak / 5 |
///
/// Both fall to peak / 100000, and momentum moves against the rate. The optimizer begins the second phase anew. Source:
/// fastai 2.8.12's `Learner.fine_tune` (`callback/schedule.py`) and `freeze` with `train_bn` (`learner.py`); one-cycle of
/// L. N. Smith, N. Topin, "Super-Convergence", 2017 (arXiv 1708.07120).
public struct FineTuning: Hashable, Sendable {
  /// How many epochs the frozen phase has; 0 leaves it out.
  public let frozenEpochs: Int

  /// The lowest group's rate in the whole phase is this part of the last group's.
  private static let lowestPart = 100.0
  /// The frozen groups' norms move at this part of the last group's rate.
  private static let normsPart = 10.0

  /// Fine-tuning with a frozen phase of so many epochs.
  public init(frozenEpochs: Int = 1) {
    precondition(frozenEpochs >= 0, "a training has no negative epochs")
    self.frozenEpochs = frozenEpochs
  }

  /// A phase.
  public enum Phase: String, Sendable, CaseIterable {
    /// The head is trained on a frozen body.
    case frozen
    /// Everything is trained.
    case whole
  }

  /// The phases that there are, in their order.
  public var phases: [Phase] { frozenEpochs > 0 ? [.frozen, .whole] : [.whole] }

  /// What each of `count` groups' rate is multiplied by, the lowest first.
  public static func rateFactors(_ phase: Phase, groups count: Int) -> [Double] {
    (0..<count).map { index in
      let below = count - 1 - index
      return switch phase {
      case .frozen: below == 0 ? 1 : 1 / normsPart
      case .whole: count == 1 ? 1 : pow(lowestPart, -Double(below) / Double(count - 1))
      }
    }
  }

  /// The learning rate of the last group over a phase.
  public static func learningRate(_ phase: Phase, _ rate: Double) -> Schedule {
    switch phase {
    case .frozen: .oneCycle(peak: rate, rise: frozenRise)
    case .whole: .oneCycle(peak: rate / 2, divisor: 5, rise: wholeRise)
    }
  }

  /// The momentum over a phase; nil where the optimizer has none.
  public static func momentum(_ phase: Phase, of optimizer: OptimizerConfiguration) -> Schedule? {
    guard optimizer.hasMovableMomentum else { return nil }
    return .oneCycleMomentum(rise: phase == .frozen ? frozenRise : wholeRise)
  }

  private static let frozenRise = 0.99
  private static let wholeRise = 0.3

  /// The name, with its setting where it is not the standard.
  public var description: String {
    frozenEpochs == 1 ? "fine-tune" : "fine-tune(frozenEpochs: \(frozenEpochs))"
  }
}
