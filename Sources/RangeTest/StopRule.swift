import CurveModel
import CurveSmoothing

/// When a range test ends before its last step.
///
/// A non-finite loss ends it in any case.
public enum StopRule: Sendable, Equatable {
  /// Never.
  case never
  /// Once the smoothed loss exceeds `factor` times the best smoothed loss; fastai's rule with 4.
  ///
  /// It has a meaning for positive losses only: a negative loss is above four times itself, and ends the test at once.
  case multipleOfBest(Double)
  /// Once the smoothed loss exceeds the level it started from by `multiple` times its best fall so far, beyond the
  /// noise of the first steps: the same for any scale and sign of the loss.
  case rebound(Double)

  /// fastai's rule: four times the best smoothed loss.
  public static let standard = StopRule.multipleOfBest(4)

  fileprivate var isFastais: Bool {
    if case .multipleOfBest = self { true } else { false }
  }
}

/// A stop rule at work.
///
/// The loss it judges is the debiased exponential average with β = 0.98 of the losses so far, as fastai 2.8 smooths
/// (`fastai/learner.py`, `AvgSmoothLoss`; `fastai/callback/schedule.py`, `LRFinder.after_batch`). fastai's own rule is
/// computed in fastai's single precision, so that it ends a test at the very step at which fastai would; the rebound
/// in double precision, which small differences on a large offset need.
struct StopDetector {
  private let rule: StopRule
  private var average: ExponentialAverage
  private var best = Double.infinity
  private var level = LevelEstimate()

  init(_ rule: StopRule) {
    self.rule = rule
    average = ExponentialAverage(rule.isFastais ? .fastai : .debiased)
  }

  /// Takes the loss of one more step, and says why the test ends with it, if it does.
  mutating func reason(toStopAfter loss: Double) -> StopReason? {
    guard loss.isFinite else { return .nonFinite }
    let smooth = average.add(loss)
    best = min(best, smooth)
    switch rule {
    case .never: return nil
    case .multipleOfBest(let factor):
      return Float(smooth) > Float(factor) * Float(best) ? .diverged : nil
    case .rebound(let multiple):
      guard let (start, noise) = level.add(loss) else { return nil }
      let fall = max(start - best, 0)
      return smooth > start + multiple * fall + Self.noiseReach * noise ? .diverged : nil
    }
  }

  /// Single losses stray that many standard deviations from their level about once in a billion steps.
  private static let noiseReach = 6.0
}

/// Level and noise of the loss before the rate has any effect: median, and scaled median difference of neighbours, of
/// the first steps.
private struct LevelEstimate {
  private static let steps = 10
  private var losses: [Double] = []
  private var estimate: (start: Double, noise: Double)?

  /// The estimate, once enough steps were taken.
  mutating func add(_ loss: Double) -> (start: Double, noise: Double)? {
    if estimate == nil {
      losses.append(loss)
      if losses.count == Self.steps {
        let differences = zip(losses.dropFirst(), losses).map { abs($0 - $1) }
        estimate = (median(losses), 1.4826 / 2.0.squareRoot() * median(differences))
      }
    }
    return estimate
  }
}
