public import CurveModel
import CurveSmoothing
public import StrategyKit

/// pytorch-lr-finder's `plot(suggest_lr=True)`: the steepest fall per index.
///
/// argmin of NumPy's gradient of `losses[skip-start:-skip-end]`, in double precision, the first of equal ones.
///
/// Source: davidtvs/pytorch-lr-finder 76df305, `torch_lr_finder/lr_finder.py`, `LRFinder.plot`.
///
/// Where upstream fails: it answers on any curve of 17 points. NumPy spreads a NaN to its neighbours and takes the
/// first NaN for the least value, so that a NaN in the window suggests the rate just before the blow-up.
public struct TorchLRFinder: SuggestionStrategy {
  static let skipStart = Parameter(
    "skip-start", default: 10, in: 0...1_000_000, "Points left out at the start.")
  static let skipEnd = Parameter("skip-end", default: 5, in: 0...1_000_000, "Points left out at the end.")

  /// What the strategy is called and where it comes from.
  public static let descriptor = StrategyDescriptor(
    name: "torch-lr-finder", version: "1.0",
    summary: "The rate where pytorch-lr-finder's smoothed loss falls most steeply per point.",
    meantFor: .unknown,
    source: "davidtvs/pytorch-lr-finder 76df305, torch_lr_finder/lr_finder.py, LRFinder.plot",
    origin: .peer(project: "pytorch-lr-finder"), parameters: [skipStart.description, skipEnd.description])

  static let recorder = UpstreamRecorder(
    project: "pytorch-lr-finder", smoother: .torchLRFinder, stopRule: UpstreamStopRule(factor: 5),
    schedules: [.exponential, .linear])

  /// Makes the strategy.
  public init() {}

  /// What `plot(suggest_lr=True)` returns beside the axes for the curve.
  public func suggestion(for curve: LossCurve, in context: SuggestionContext) -> Suggestion {
    let recording = Self.recorder.recording(of: curve)
    let skipStart = context[Self.skipStart]
    let skipEnd = context[Self.skipEnd]
    let needed = skipStart + skipEnd + 2
    guard recording.count >= needed else {
      return recording.upstreamRaises(
        "pytorch-lr-finder raises RuntimeError: it needs \(needed) points and has \(recording.count)")
    }
    let window = skipStart..<recording.count - skipEnd
    guard let steepest = indexOfSteepestFall(in: window, { recording.losses[$0] }) else {
      return recording.upstreamRaises("pytorch-lr-finder raises ValueError in numpy.gradient")
    }
    return recording.suggestion(
      at: steepest, window: window, reason: "the steepest fall of the smoothed loss per point")
  }
}
