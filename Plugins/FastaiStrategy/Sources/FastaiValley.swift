public import CurveModel
public import StrategyKit

/// fastai's `valley`, its default: half way through the longest fall.
///
/// The longest strictly falling subsequence of the window's losses ends at index m and has L elements; the answer is
/// the rate at index m − L + ⌊L/3⌋ + ⌊L/6⌋ (see `fastaiValleyIndex(of:)`).
///
/// Source: fastai 2.8.12, `fastai/callback/schedule.py`, `valley`; ESRI's idea (fastai pull request 3377).
///
/// Where upstream fails: the subsequence may have gaps, but its start is taken to be L indices before its end; a fall
/// of two points at the window's beginning gives index −1, the *last* rate; without a fall it answers with the
/// window's first rate. Upstream's search is quadratic, this one O(n log n) with the same answer.
public struct FastaiValley: SuggestionStrategy {
  /// What the strategy is called and where it comes from.
  public static let descriptor = StrategyDescriptor(
    name: "fastai-valley", version: "1.0",
    summary: "Half way through the longest fall of fastai's smoothed loss.",
    meantFor: .peak, source: "fastai 2.8.12, fastai/callback/schedule.py, valley",
    origin: .peer(project: "fastai"))

  /// Makes the strategy.
  public init() {}

  /// What `lr_find(suggest_funcs=valley)` returns for the curve.
  public func suggestion(for curve: LossCurve, in context: SuggestionContext) -> Suggestion {
    let window = FastaiWindow(of: curve)
    guard window.count > 0 else { return window.upstreamRaises("IndexError in valley") }
    return window.suggestion(
      at: fastaiValleyIndex(of: window.losses.map { Double($0) }),
      reason: "half way through the longest falling subsequence of the smoothed loss")
  }
}
