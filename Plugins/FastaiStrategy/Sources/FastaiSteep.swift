public import CurveModel
import Glibc
public import StrategyKit

/// fastai's `steep`: the rate where the loss falls most steeply from one point to the next.
///
/// argminᵢ (lossᵢ₊₁ − lossᵢ) / (ln ηᵢ₊₁ − ln ηᵢ) within fastai's window, in single precision; the answer is the left
/// end of the pair.
///
/// Source: fastai 2.8.12, `fastai/callback/schedule.py`, `steep`.
///
/// Where upstream fails: one noisy step decides. On an exponential sweep the denominator is constant except for the
/// rounding of single precision, which decides between equal slopes; on a flat curve nothing else does. Upstream's
/// logarithm is PyTorch's vectorised one, whose last bit can differ from the C library's used here.
public struct FastaiSteep: SuggestionStrategy {
  /// What the strategy is called and where it comes from.
  public static let descriptor = StrategyDescriptor(
    name: "fastai-steep", version: "1.0",
    summary: "The rate where fastai's smoothed loss falls most steeply.",
    meantFor: .peak, source: "fastai 2.8.12, fastai/callback/schedule.py, steep",
    origin: .peer(project: "fastai"))

  /// Makes the strategy.
  public init() {}

  /// What `lr_find(suggest_funcs=steep)` returns for the curve.
  public func suggestion(for curve: LossCurve, in context: SuggestionContext) -> Suggestion {
    let window = FastaiWindow(of: curve)
    let logarithms = window.learningRates.map { logf($0) }
    let pairs = 0..<max(window.count - 1, 0)
    let steepest = indexOfFirstMinimum(in: pairs) { index in
      (window.losses[index + 1] - window.losses[index]) / (logarithms[index + 1] - logarithms[index])
    }
    guard let steepest else { return window.upstreamRaises("IndexError in argmin") }
    return window.suggestion(
      at: steepest,
      reason: "the left end of the steepest step of the smoothed loss by the logarithm of the rate")
  }
}
