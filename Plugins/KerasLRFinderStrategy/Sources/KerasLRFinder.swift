public import CurveModel
public import StrategyKit

/// keras_lr_finder's `get_best_lr`: the steepest mean fall of the raw loss.
///
/// argmin over `[10:-5]` of (lossᵢ − lossᵢ₋ₛ)/s, where the first s derivatives are 0. Upstream has no default for s, its
/// argument `sma`; 20 is what its README uses.
///
/// Source: surmenok/keras_lr_finder 3c8fe71, `keras_lr_finder/lr_finder.py`, `LRFinder.get_best_lr`.
///
/// Where upstream fails: it reads unsmoothed losses (Keras' running mean of the epoch from TensorFlow 2.2 on) and takes
/// the fall's *last* rate rather than its middle. A loss that never falls is answered with point 10, one of the leading
/// zeros. A NaN counts as the steepest fall.
public struct KerasLRFinder: SuggestionStrategy {
  static let distance = Parameter(
    "sma", default: 20, in: 1...1_000_000, "Points over which the fall is averaged.")

  /// What the strategy is called and where it comes from.
  public static let descriptor = StrategyDescriptor(
    name: "keras-lr-finder", version: "1.0",
    summary: "The rate at the end of the raw loss's steepest mean fall.",
    meantFor: .constant,
    source: "surmenok/keras_lr_finder 3c8fe71, keras_lr_finder/lr_finder.py, LRFinder.get_best_lr",
    origin: .peer(project: "keras_lr_finder"), parameters: [distance.description])

  /// Upstream records raw losses.
  ///
  /// From the seventh batch on a NaN or more than 4 times the best loss before it ends the test; the best loss starts
  /// at 10⁹.
  static let recorder = UpstreamRecorder(
    project: "keras_lr_finder", smoothing: nil,
    stopRule: UpstreamStopRule(
      factor: 4, firstTested: 6, initialBest: 1e9, bestIncludesTested: false, notANumber: .endsRecording))

  /// Makes the strategy.
  public init() {}

  /// What `get_best_lr(sma)` returns for the curve.
  public func suggestion(for curve: LossCurve, in context: SuggestionContext) -> Suggestion {
    let recording = Self.recorder.recording(of: curve)
    let distance = context[Self.distance]
    // The list of derivatives starts with `sma` zeros even where fewer rates were recorded.
    let derivatives = pythonSlice(10, -5, of: max(recording.count, distance))
    let steepest = indexOfFirstMinimum(in: derivatives) { index in
      index < distance ? 0 : (recording.losses[index] - recording.losses[index - distance]) / Double(distance)
    }
    let rates = pythonSlice(10, -5, of: recording.count)
    guard let steepest else {
      return recording.upstreamRaises(
        "keras_lr_finder raises ValueError in argmin: \(recording.count) points, 16 needed")
    }
    guard rates.contains(steepest) else {
      return recording.upstreamRaises(
        "keras_lr_finder raises IndexError: \(recording.count) points, 16 needed")
    }
    return recording.suggestion(
      at: steepest, window: rates,
      reason: "the steepest fall of the raw loss over \(distance) points ends here")
  }
}
