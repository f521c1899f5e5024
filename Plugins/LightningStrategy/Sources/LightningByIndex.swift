public import CurveModel
public import StrategyKit

/// Lightning's `lr_find().suggestion()` up to version 2.5.2: the steepest fall per index.
///
/// argmin of PyTorch's gradient of the finite `losses[skip-begin:-skip-end]` by their index, in single precision,
/// which on an exponential sweep is the fall per decade (see `lightningIndexByIndex`).
///
/// Source: Lightning-AI/pytorch-lightning 2.5.2, `src/lightning/pytorch/tuner/lr_finder.py`.
///
/// Where upstream fails: non-finite losses inside the window move the answer to lower rates. It answers on any curve
/// with two finite losses in its window.
public struct LightningByIndex: SuggestionStrategy {
  /// What the strategy is called and where it comes from.
  public static let descriptor = StrategyDescriptor(
    name: "lightning-2.5.2", version: "1.0",
    summary: "The rate where Lightning's smoothed loss falls most steeply per point, as up to version 2.5.2.",
    meantFor: .unknown,
    source:
      "Lightning-AI/pytorch-lightning 2.5.2, src/lightning/pytorch/tuner/lr_finder.py, _LRFinder.suggestion",
    origin: .peer(project: "Lightning 2.5.2"),
    parameters: [LightningWindow.skipBegin.description, LightningWindow.skipEnd.description])

  /// Makes the strategy.
  public init() {}

  /// What `suggestion()` returned for the curve.
  public func suggestion(for curve: LossCurve, in context: SuggestionContext) -> Suggestion {
    let recording = lightningRecorder.recording(of: curve)
    let steepest = lightningIndexByIndex(
      of: recording.losses, skipBegin: context[LightningWindow.skipBegin],
      skipEnd: context[LightningWindow.skipEnd])
    guard let steepest else { return recording.lightningReturnsNone() }
    return recording.suggestion(
      at: steepest.index, usedPoints: steepest.used,
      reason: "the steepest fall of the smoothed loss per point")
  }
}
