import CurveSmoothing
import StrategyKit

/// How ktrain records: β = 0.98 debiased, stopped from the second batch on once the average exceeds 4 times its best
/// before that batch, and in any case once the rate exceeds 10.
///
/// Source: amaiya/ktrain fdbeda6, `ktrain/lroptimize/lrfinder.py`, `LRFinder.on_batch_end`.
let ktrainRecorder = UpstreamRecorder(
  project: "ktrain", smoother: .debiased,
  stopRule: UpstreamStopRule(factor: 4, firstTested: 1, bestIncludesTested: false), highestRate: 10)

extension UpstreamRecording {
  /// The index of the lowest loss, as NumPy finds it: a NaN is the lowest.
  var indexOfLowestLoss: Int { indexOfFirstMinimum(in: losses.indices) { losses[$0] } ?? 0 }
}
