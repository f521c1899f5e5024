public import CurveModel
public import StrategyKit

/// fastai's `slide`: two points slide down from the right until their slopes agree.
///
/// With g the differences of the smoothed loss per index (central inside, one-sided at the window's ends), r starts at
/// the last point and l = r − `lr-diff`; while |g(r) − g(l)| > `threshold`, both move one to the left. The answer is
/// `adjust` times the rate at the last l before the test failed, or l's first place.
///
/// Source: fastai 2.8.12, `fastai/callback/schedule.py`, `slide`.
///
/// Where upstream fails: the threshold is in loss units per index, so that the answer depends on the scale of the loss
/// and on the number of points; fewer than `lr-diff` + 1 points are an `IndexError`. A NaN slope ends the sliding.
public struct FastaiSlide: SuggestionStrategy {
  static let distance = Parameter(
    "lr-diff", default: 15, in: 1...1_000_000, "Distance of the two points, in points of the sweep.")
  static let threshold = Parameter(
    "threshold", default: 0.005, in: 0...1e30,
    "Difference of slopes at which they agree, in loss units per point.")
  static let adjustment = Parameter(
    "adjust", default: 1.0, in: 1e-9...1e9, "Factor applied to the rate found.")

  /// What the strategy is called and where it comes from.
  public static let descriptor = StrategyDescriptor(
    name: "fastai-slide", version: "1.0",
    summary: "The rate below which the slope of fastai's smoothed loss stops changing, seen from the right.",
    meantFor: .peak, source: "fastai 2.8.12, fastai/callback/schedule.py, slide",
    origin: .peer(project: "fastai"),
    parameters: [distance.description, threshold.description, adjustment.description])

  /// Makes the strategy.
  public init() {}

  /// What `lr_find(suggest_funcs=slide)` returns for the curve.
  public func suggestion(for curve: LossCurve, in context: SuggestionContext) -> Suggestion {
    let window = FastaiWindow(of: curve)
    let distance = context[Self.distance]
    guard window.count >= 2 else { return window.upstreamRaises("ValueError in numpy.gradient") }
    guard window.count > distance else {
      return window.upstreamRaises("IndexError in slide, which needs \(distance + 1) points")
    }
    let left = meetingPoint(of: window.losses, distance: distance, threshold: Float(context[Self.threshold]))
    return window.suggestion(
      at: left, learningRate: Double(window.learningRates[left]) * context[Self.adjustment],
      reason: "the slopes \(distance) points apart differ by more than the threshold everywhere to its right")
  }

  /// The index of the left point when the sliding ends.
  private func meetingPoint(of losses: [Float], distance: Int, threshold: Float) -> Int {
    let last = losses.count - 1
    func slope(_ index: Int) -> Float {
      switch index {
      case 0: losses[1] - losses[0]
      case last: losses[last] - losses[last - 1]
      default: (losses[index + 1] - losses[index - 1]) / 2
      }
    }
    var answer = last - distance
    var left = answer
    while left >= 0, abs(slope(left + distance) - slope(left)) > threshold {
      answer = left
      left -= 1
    }
    return answer
  }
}
