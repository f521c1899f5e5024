public import CurveModel
import CurveSmoothing
public import StrategyKit

/// Ignite's `FastaiLRFinder.lr_suggestion`: the steepest fall per index left of the minimum.
///
/// With the losses up to and including their minimum in single precision, argmin of ½(lossᵢ₊₁ − lossᵢ₋₁) over the inner
/// points.
///
/// Source: pytorch/ignite de08e79, `ignite/handlers/lr_finder.py`, `FastaiLRFinder.lr_suggestion`.
///
/// Where upstream fails: a NaN counts as the minimum, so that the fall is sought in everything before the blow-up; an
/// early spike is the steepest fall, as nothing is left out at the start. The rates Ignite records lie one step above
/// those applied; a curve recorded here holds the applied ones.
public struct Ignite: SuggestionStrategy {
  /// What the strategy is called and where it comes from.
  public static let descriptor = StrategyDescriptor(
    name: "ignite", version: "1.0",
    summary: "The rate left of the minimum where Ignite's smoothed loss falls most steeply per point.",
    meantFor: .unknown,
    source: "pytorch/ignite de08e79, ignite/handlers/lr_finder.py, FastaiLRFinder.lr_suggestion",
    origin: .peer(project: "Ignite"))

  static let recorder = UpstreamRecorder(
    project: "Ignite", smoother: .torchLRFinder, stopRule: UpstreamStopRule(factor: 5),
    schedules: [.exponential, .linear])

  /// Makes the strategy.
  public init() {}

  /// What `lr_suggestion()` returns for the curve.
  public func suggestion(for curve: LossCurve, in context: SuggestionContext) -> Suggestion {
    let recording = Self.recorder.recording(of: curve)
    let losses = recording.losses.map { Float($0) }
    let minimum = indexOfFirstMinimum(in: losses.indices) { losses[$0] } ?? 0
    guard minimum >= 2 else {
      return recording.upstreamRaises(
        "Ignite raises RuntimeError: the curve is not U-shaped, its minimum is point \(minimum)")
    }
    let steepest = indexOfFirstMinimum(in: 1..<minimum) { 0.5 * (losses[$0 + 1] - losses[$0 - 1]) } ?? 1
    return recording.suggestion(
      at: steepest, window: 0..<minimum + 1,
      reason: "the steepest fall of the smoothed loss before its minimum")
  }
}
