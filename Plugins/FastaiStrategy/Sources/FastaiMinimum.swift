public import CurveModel
public import StrategyKit

/// fastai's `minimum`: a tenth of the rate with the lowest loss.
///
/// η = η(argmin loss) / 10 within fastai's window; the first of equal minima. The dot is the minimum itself.
///
/// Source: fastai 2.8.12, `fastai/callback/schedule.py`, `minimum`.
///
/// Where upstream fails: it answers on any curve. On a rising one the minimum is the window's first point, so that the
/// answer lies below every rate it looked at. The factor 10 fits fastai's average, which lags behind the loss.
public struct FastaiMinimum: SuggestionStrategy {
  /// What the strategy is called and where it comes from.
  public static let descriptor = StrategyDescriptor(
    name: "fastai-minimum", version: "1.0",
    summary: "A tenth of the rate with fastai's lowest smoothed loss.",
    meantFor: .peak, source: "fastai 2.8.12, fastai/callback/schedule.py, minimum",
    origin: .peer(project: "fastai"))

  /// Makes the strategy.
  public init() {}

  /// What `lr_find(suggest_funcs=minimum)` returns for the curve.
  public func suggestion(for curve: LossCurve, in context: SuggestionContext) -> Suggestion {
    let window = FastaiWindow(of: curve)
    guard let lowest = indexOfFirstMinimum(in: window.losses.indices, { window.losses[$0] }) else {
      return window.upstreamRaises("IndexError in argmin")
    }
    return window.suggestion(
      at: lowest, learningRate: Double(window.learningRates[lowest]) / 10,
      reason: "a tenth of the rate at the lowest smoothed loss")
  }
}
