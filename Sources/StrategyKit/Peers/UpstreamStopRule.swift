/// When an upstream program ends a range test because the loss has grown too large.
///
/// All of them compare the recorded loss with a multiple of the best one so far; they differ in everything else.
public struct UpstreamStopRule: Sendable, Equatable {
  /// What a loss that is not a number does.
  public enum NotANumber: Sendable, Equatable {
    /// Nothing: every comparison with it is false.
    case isIgnored
    /// It becomes the best loss, so that the rule never fires again.
    case becomesBest
    /// It ends the recording; the point is kept.
    case endsRecording
    /// It ends the recording; the point is not kept.
    case isDropped
  }

  /// How many times the best loss is too much; nil if upstream never stops.
  public let factor: Double?
  /// The first point the rule looks at, counted from 0.
  public let firstTested: Int
  /// The best loss before the first point.
  public let initialBest: Double
  /// Whether the best loss includes the one tested; it matters for negative losses only.
  public let bestIncludesTested: Bool
  /// What a loss that is not a number does.
  public let notANumber: NotANumber

  /// The rule of a program that takes every step it was asked for.
  public static let never = UpstreamStopRule(factor: nil)

  /// Describes the rule "stop once the recorded loss exceeds `factor` times the best; keep that point".
  public init(
    factor: Double?, firstTested: Int = 0, initialBest: Double = .infinity, bestIncludesTested: Bool = true,
    notANumber: NotANumber = .isIgnored
  ) {
    self.factor = factor
    self.firstTested = firstTested
    self.initialBest = initialBest
    self.bestIncludesTested = bestIncludesTested
    self.notANumber = notANumber
  }

  /// The number of points upstream keeps of `losses`, and whether it stops there.
  public func replay(on losses: [Double]) -> (kept: Int, stopped: Bool) {
    guard let factor else { return (losses.count, false) }
    var best = initialBest
    for (index, loss) in losses.enumerated() {
      if loss.isNaN, let kept = pointsKept(endingAt: index) { return (kept, true) }
      if bestIncludesTested { lower(&best, to: loss) }
      if index >= firstTested, loss > factor * best { return (index + 1, true) }
      if !bestIncludesTested { lower(&best, to: loss) }
    }
    return (losses.count, false)
  }

  private func pointsKept(endingAt index: Int) -> Int? {
    switch notANumber {
    case .isDropped: index
    case .endsRecording: index >= firstTested ? index + 1 : nil
    case .isIgnored, .becomesBest: nil
    }
  }

  private func lower(_ best: inout Double, to loss: Double) {
    if loss < best || (loss.isNaN && notANumber == .becomesBest) { best = loss }
  }
}
