import CurveModel
import CurveSmoothing
import StrategyKit

/// How Lightning records: β = 0.98 debiased with an exponent one too large, stopped from the second step on once the
/// average exceeds 4 times its best before that step.
///
/// Source: Lightning-AI/pytorch-lightning 7f0c343, `src/lightning/pytorch/tuner/lr_finder.py`, `_LRCallback`, for a
/// range test that begins at global step 0.
let lightningRecorder = UpstreamRecorder(
  project: "Lightning", smoother: .lightning,
  stopRule: UpstreamStopRule(factor: 4, firstTested: 1, bestIncludesTested: false),
  schedules: [.exponential, .linear])

/// The parameters of Lightning's `suggestion(skip_begin:skip_end:)`.
enum LightningWindow {
  static let skipBegin = Parameter(
    "skip-begin", default: 10, in: 0...1_000_000, "Points left out at the start.")
  static let skipEnd = Parameter(
    "skip-end", default: 1, in: 0...1_000_000, "Points left out at the end; 0 leaves none, as upstream.")
}

extension UpstreamRecording {
  /// The abstention where Lightning logs an error and returns `None`.
  func lightningReturnsNone() -> Suggestion {
    upstreamRaises(
      "Lightning returns None: fewer than 2 finite losses are left in its window of \(count) points")
  }
}
