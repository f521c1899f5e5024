public import CurveModel
public import StrategyKit

/// ktrain's minimum loss divided by ten.
///
/// η(argmin loss) / 10 over the whole list. The dot is the minimum itself.
///
/// Source: amaiya/ktrain fdbeda6, `ktrain/lroptimize/lrfinder.py`, `LRFinder.estimate_lr`. An earlier
/// version divided by 5.
///
/// Where upstream fails: it answers on any curve; a NaN counts as the minimum.
public struct KtrainMinimum: SuggestionStrategy {
  /// What the strategy is called and where it comes from.
  public static let descriptor = StrategyDescriptor(
    name: "ktrain-minimum", version: "1.0",
    summary: "A tenth of the rate with ktrain's lowest smoothed loss.",
    meantFor: .peak, source: "amaiya/ktrain fdbeda6, ktrain/lroptimize/lrfinder.py, LRFinder.estimate_lr",
    origin: .peer(project: "ktrain"))

  /// Makes the strategy.
  public init() {}

  /// The second element of what `estimate_lr()` returns for the curve.
  public func suggestion(for curve: LossCurve, in context: SuggestionContext) -> Suggestion {
    let recording = ktrainRecorder.recording(of: curve)
    let lowest = recording.indexOfLowestLoss
    return recording.suggestion(
      at: lowest, learningRate: recording.learningRates[lowest] / 10, window: 0..<recording.count,
      reason: "a tenth of the rate at the lowest smoothed loss")
  }
}
