public import CurveModel
public import StrategyKit

/// This target's strategies.
public let strategies: [any SuggestionStrategy.Type] = [SlideStrategy.self]

/// The highest rate at which the loss still slides down well.
///
/// From the steepest descent go right, towards the minimum, as long as the slope stays at least a third of the
/// steepest: beyond, the descent is about to end. The interval holds the rates right of the steepest with slopes of
/// two thirds to a sixth of it.
///
/// Source: A. Chang's (Novetta) "slide" rule, fast.ai forum thread 44199, shipped by fastai 2.8: the last rate before
/// the loss is about to rise. Upstream compares gradients with a constant in units of loss per point, which makes its
/// answer depend on the scale of the loss and on the number of points; the share of the steepest slope does not.
///
/// It fails where the descent has several steps: it stops at the end of the steepest.
public struct SlideStrategy: SuggestionStrategy {
  static let share = Parameter(
    "share", default: 1.0 / 3, in: 0...1, "The slope at which to stop, as a share of the steepest slope.")
  static let bandwidth = Parameter(
    "bandwidth", default: Descent.standardBandwidth, in: 0.02...2,
    "Standard deviation of the smoothing window, in decades; noise widens it up to fourfold.")

  /// Name, meaning and parameters.
  public static let descriptor = StrategyDescriptor(
    name: "slide", version: "1.0",
    summary: "The highest rate at which the smoothed loss still falls a third as fast as at its steepest.",
    meantFor: .peak, source: "A. Chang (Novetta), fast.ai forum 44199; made independent of the loss's scale",
    parameters: [share.description, bandwidth.description])

  /// Makes the strategy; it has no state.
  public init() {}

  /// Reads the rate off the smoothed descent, or abstains.
  public func suggestion(for curve: LossCurve, in context: SuggestionContext) throws(StrategyError)
    -> Suggestion
  {
    reading(curve, bandwidth: context[Self.bandwidth]) { descent throws(Abstention) in
      let share = context[Self.share]
      let steepest = try descent.steepest()
      let end = slideEnd(share, from: steepest, of: descent)
      let interval =
        slideEnd(
          min(2 * share, 1), from: steepest, of: descent)...slideEnd(share / 2, from: steepest, of: descent)
      let rate = descent.learningRate(at: steepest).text(digits: 3)
      let slowsDown = end < descent.lastTrustedSlope || descent.lastTrustedSlope == descent.minimum
      return try descent.suggestion(
        at: end, interval: interval,
        reason: slowsDown
          ? "beyond it the loss falls less than \((100 * share).text(digits: 2)) % as fast as at its steepest, \(rate)"
          : "the loss slides down to where it breaks off; this is the last place whose slope can be told")
    }
  }

  /// The last position right of `steepest`, up to the minimum, whose slope is at least `share` of the steepest.
  private func slideEnd(_ share: Double, from steepest: Int, of descent: Descent) -> Int {
    let limit = share * descent.slopes[steepest]
    let run = descent.run(around: steepest, within: steepest..<descent.lastTrustedSlope + 1) {
      descent.slopes[$0] <= limit - 1e-9 * descent.slopes[steepest]
    }
    return run.upperBound
  }
}
