public import CurveModel
public import StrategyKit

/// ktrain's minimum numerical gradient, with its shifted index.
///
/// mg = argmin of NumPy's gradient of `losses[32:ml]`, where ml is the index of the lowest loss; the answer is
/// `lrs[mg]` of the *whole* list.
///
/// Source: amaiya/ktrain fdbeda6, `ktrain/lroptimize/lrfinder.py`, `LRFinder._compute_stats` and `estimate_lr`.
///
/// Where upstream fails: 32 is not added back, so that the answer lies 32 points below the steepest fall: by a factor
/// 1.01³² = 1.37 at its defaults, by several decades on a sweep of 100 points.
public struct KtrainGradient: SuggestionStrategy {
  /// The points upstream leaves out at the start.
  private static let skipped = 32

  /// What the strategy is called and where it comes from.
  public static let descriptor = StrategyDescriptor(
    name: "ktrain-gradient", version: "1.0",
    summary: "The rate 32 points before the steepest fall of ktrain's smoothed loss.", meantFor: .peak,
    source: "amaiya/ktrain fdbeda6, ktrain/lroptimize/lrfinder.py, LRFinder.estimate_lr",
    origin: .peer(project: "ktrain"))

  /// Makes the strategy.
  public init() {}

  /// The first element of what `estimate_lr()` returns for the curve.
  public func suggestion(for curve: LossCurve, in context: SuggestionContext) -> Suggestion {
    let recording = ktrainRecorder.recording(of: curve)
    let window = pythonSlice(Self.skipped, recording.indexOfLowestLoss, of: recording.count)
    guard let steepest = indexOfSteepestFall(in: window, { recording.losses[$0] }) else {
      return recording.upstreamRaises(
        "ktrain returns None: fewer than 2 points lie between point \(Self.skipped) and the lowest loss at point "
          + "\(recording.indexOfLowestLoss)")
    }
    return recording.suggestion(
      at: steepest - Self.skipped, window: window,
      reason:
        "the steepest fall is at point \(steepest), and ktrain takes the rate \(Self.skipped) points before it"
    )
  }
}
