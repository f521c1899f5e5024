public import CurveModel
import CurveSmoothing
public import StrategyKit

/// fastai 1's `recorder.plot(suggestion=True)`: the steepest fall per index.
///
/// argmin of NumPy's gradient of `losses[10:-5]`, without the optional spline (`k`).
///
/// Source: fastai 1.0, fastai/fastai1 15bc02c, `fastai/basic_train.py`, `Recorder.plot`; recorded by
/// `fastai/callbacks/lr_finder.py`, which also stops at a NaN, and smoothed by `SmoothenValue`.
///
/// Where upstream fails: it answers on any curve of 17 points; a NaN counts as the steepest fall.
public struct Fastai1Gradient: SuggestionStrategy {
  /// What the strategy is called and where it comes from.
  public static let descriptor = StrategyDescriptor(
    name: "fastai-1-gradient", version: "1.0",
    summary: "The rate where fastai 1's smoothed loss falls most steeply per point.", meantFor: .peak,
    source: "fastai/fastai1 15bc02c, fastai/basic_train.py, Recorder.plot", origin: .peer(project: "fastai 1")
  )

  static let recorder = UpstreamRecorder(
    project: "fastai 1", smoother: .fastai1,
    stopRule: UpstreamStopRule(factor: 4, notANumber: .endsRecording))

  /// Makes the strategy.
  public init() {}

  /// What `learn.recorder.plot(suggestion=True)` keeps as `min_grad_lr` for the curve.
  public func suggestion(for curve: LossCurve, in context: SuggestionContext) -> Suggestion {
    let recording = Self.recorder.recording(of: curve)
    let window = pythonSlice(10, -5, of: recording.count)
    guard let steepest = indexOfSteepestFall(in: window, { recording.losses[$0] }) else {
      return recording.upstreamRaises(
        "fastai 1 suggests nothing: it needs 2 points between the first 10 and the last 5, of \(recording.count)"
      )
    }
    return recording.suggestion(
      at: steepest, window: window, reason: "the steepest fall of the smoothed loss per point")
  }
}
