public import CurveModel
public import StrategyKit

/// ktrain's longest valley: fastai's rule on the whole list.
///
/// The index of `fastaiValleyIndex(of:)` in all recorded losses, in double precision; nothing is left out at either
/// end.
///
/// Source: amaiya/ktrain fdbeda6, `ktrain/lroptimize/lrfinder.py`, `LRFinder.valley`.
///
/// Where upstream fails: as fastai's valley; without a fall it answers with the very first rate.
public struct KtrainValley: SuggestionStrategy {
  /// What the strategy is called and where it comes from.
  public static let descriptor = StrategyDescriptor(
    name: "ktrain-valley", version: "1.0",
    summary: "Half way through the longest fall of ktrain's smoothed loss over the whole sweep.",
    meantFor: .peak,
    source: "amaiya/ktrain fdbeda6, ktrain/lroptimize/lrfinder.py, LRFinder.valley",
    origin: .peer(project: "ktrain"))

  /// Makes the strategy.
  public init() {}

  /// The third element of what `estimate_lr()` returns for the curve.
  public func suggestion(for curve: LossCurve, in context: SuggestionContext) -> Suggestion {
    let recording = ktrainRecorder.recording(of: curve)
    return recording.suggestion(
      at: fastaiValleyIndex(of: recording.losses), window: 0..<recording.count,
      reason: "half way through the longest falling subsequence of the smoothed loss")
  }
}
