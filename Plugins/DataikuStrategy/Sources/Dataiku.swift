public import CurveModel
import CurveSmoothing
public import StrategyKit

/// Dataiku's `compute_range`: a range of rates for a cyclic schedule; the suggestion is its upper end.
///
/// Over `losses[5:-1]` (all of them if there are 6 or fewer): the upper end is the recorded rate nearest to a tenth of
/// the rate of the lowest loss. The lower end is the rate of the steepest fall between the start of the descent (after
/// the last non-negative slope left of the minimum) and the minimum; where there is none, or it is not at most a tenth
/// of the upper end, the recorded rate nearest to a tenth of the upper end. "Nearest" is by absolute difference. The
/// dot is the point at the upper end.
///
/// Source: dataiku-research/lr_finder_keras_fastai d6d0414, `lr_finder_tools/lr_finder.py`, `LRFinder.compute_range`.
///
/// Where upstream fails: it answers on any curve; a NaN counts as the minimum. A curve that falls from its first point
/// has no start of its descent, so that the lower end is always a tenth. The nearest rate by absolute difference can
/// be a factor away on a coarse sweep. Upstream records the rate of the next step with each loss.
public struct Dataiku: SuggestionStrategy {
  /// What the strategy is called and where it comes from.
  public static let descriptor = StrategyDescriptor(
    name: "dataiku", version: "1.0",
    summary:
      "A range of rates: up to a tenth of the lowest loss's rate, from the steepest fall or a tenth of that.",
    meantFor: .peak,
    source:
      "dataiku-research/lr_finder_keras_fastai d6d0414, lr_finder_tools/lr_finder.py, LRFinder.compute_range",
    origin: .peer(project: "Dataiku"))

  /// β = 0.98 debiased; stopped once the average exceeds 10 − 20β/3 = 3.47 times its best.
  static let recorder = UpstreamRecorder(
    project: "Dataiku's finder", smoother: .debiased,
    stopRule: UpstreamStopRule(factor: -20 * ExponentialSmoother.debiased.oldWeight / 3 + 10))

  /// Makes the strategy.
  public init() {}

  /// The range that `compute_range()` stores for the curve.
  public func suggestion(for curve: LossCurve, in context: SuggestionContext) -> Suggestion {
    let recording = Self.recorder.recording(of: curve)
    let rates = recording.learningRates
    let window = recording.count <= 6 ? 0..<recording.count : pythonSlice(5, -1, of: recording.count)
    guard let lowest = indexOfFirstMinimum(in: window, { recording.losses[$0] }) else {
      return recording.upstreamRaises("Dataiku's finder raises ValueError in argmin: its window is empty")
    }
    func nearest(to rate: Double) -> Int {
      indexOfFirstMinimum(in: window) { abs(rates[$0] - rate) } ?? lowest
    }
    let upper = nearest(to: rates[lowest] / 10)
    let high = rates[upper]
    var low = rates[nearest(to: high * 0.1)]
    if let steepest = steepestFall(of: recording.losses, in: window, before: lowest), rates[steepest] < high,
      rates[steepest] / high <= 0.1
    {
      low = rates[steepest]
    }
    return recording.suggestion(
      at: upper, learningRate: high, interval: low...high, window: window,
      reason: "the rate nearest to a tenth of the lowest smoothed loss's rate is the range's upper end")
  }

  /// The index of the steepest fall between the last non-negative slope before `lowest` and `lowest`; nil if upstream's
  /// attempt raises: fewer than two points, nothing before the minimum, or no non-negative slope there.
  private func steepestFall(of losses: [Double], in window: Range<Int>, before lowest: Int) -> Int? {
    guard window.count >= 2 else { return nil }
    let first = window.lowerBound
    func slope(_ index: Int) -> Double {
      let left = max(index - 1, first)
      let right = min(index + 1, window.upperBound - 1)
      return (losses[right] - losses[left]) / Double(right - left)
    }
    guard let rise = (first..<lowest).last(where: { slope($0) >= 0 }) else { return nil }
    return indexOfFirstMinimum(in: rise + 1..<lowest, slope)
  }
}
