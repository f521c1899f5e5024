public import CurveModel
import CurveSmoothing
public import StrategyKit

/// MONAI's `LearningRateFinder.get_steepest_gradient`: the steepest fall per index.
///
/// argmin of NumPy's gradient of `losses[skip-start : n − skip-end − 1]`, in double precision, the first of equal ones.
///
/// Source: Project-MONAI/MONAI d388d1c, `monai/optimizers/lr_finder.py`, a port of pytorch-lr-finder.
///
/// Where upstream fails: the last point is left out even with `skip-end` 0, and with `skip-end` ≥ n the end of the
/// slice is negative, which Python counts from the end. A NaN counts as the steepest fall. By default nothing is left
/// out at the start, so that an early spike decides.
public struct Monai: SuggestionStrategy {
  static let skipStart = Parameter(
    "skip-start", default: 0, in: 0...1_000_000, "Points left out at the start.")
  static let skipEnd = Parameter(
    "skip-end", default: 0, in: 0...1_000_000, "Points left out at the end, beside the last one.")

  /// What the strategy is called and where it comes from.
  public static let descriptor = StrategyDescriptor(
    name: "monai", version: "1.0",
    summary: "The rate where MONAI's smoothed loss falls most steeply per point.",
    meantFor: .unknown,
    source:
      "Project-MONAI/MONAI d388d1c, monai/optimizers/lr_finder.py, LearningRateFinder.get_steepest_gradient",
    origin: .peer(project: "MONAI"), parameters: [skipStart.description, skipEnd.description])

  static let recorder = UpstreamRecorder(
    project: "MONAI", smoother: .torchLRFinder, stopRule: UpstreamStopRule(factor: 5),
    schedules: [.exponential, .linear])

  /// Makes the strategy.
  public init() {}

  /// The rate that `get_steepest_gradient()` returns for the curve.
  public func suggestion(for curve: LossCurve, in context: SuggestionContext) -> Suggestion {
    let recording = Self.recorder.recording(of: curve)
    let end = recording.count - context[Self.skipEnd] - 1
    let window = pythonSlice(context[Self.skipStart], end, of: recording.count)
    guard let steepest = indexOfSteepestFall(in: window, { recording.losses[$0] }) else {
      return recording.upstreamRaises(
        "MONAI returns (None, None): its window of \(recording.count) points has \(window.count), 2 are needed"
      )
    }
    return recording.suggestion(
      at: steepest, window: window, reason: "the steepest fall of the smoothed loss per point")
  }
}
