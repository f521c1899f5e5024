public import CurveModel
public import StrategyKit

/// This target's strategies.
public let strategies: [any SuggestionStrategy.Type] = [Min10Strategy.self]

/// A tenth of the rate at which the loss is lowest.
///
/// At the minimum the loss is about to rise again: training there is on the edge. One order of magnitude below, it
/// still falls. The minimum is that of the curve smoothed without lag; the interval is a tenth of the rates whose loss
/// is above the minimum by less than 5 % of the fall, or two standard errors.
///
/// Source: S. Gugger, "How do you find a good learning rate" (2018), as `minimum` in fastai. There the curve is an
/// exponential average, whose lag moves the minimum to higher rates, so that this strategy answers lower than
/// fastai's on the same recording.
///
/// It fails where the loss stays low over decades: the minimum of a plateau is anywhere.
public struct Min10Strategy: SuggestionStrategy {
  static let divisor = Parameter(
    "divisor", default: 10.0, in: 1...1000, "What the rate of the minimum is divided by.")
  static let bandwidth = Parameter(
    "bandwidth", default: Descent.standardBandwidth, in: 0.02...2,
    "Standard deviation of the smoothing window, in decades; noise widens it up to fourfold.")

  /// Name, meaning and parameters.
  public static let descriptor = StrategyDescriptor(
    name: "min10", version: "1.0", summary: "A tenth of the rate at which the smoothed loss is lowest.",
    meantFor: .peak,
    source: "S. Gugger, How do you find a good learning rate (2018); on a lag-free smoothed curve",
    parameters: [divisor.description, bandwidth.description])

  /// Makes the strategy; it has no state.
  public init() {}

  /// Reads the rate off the smoothed descent, or abstains.
  public func suggestion(for curve: LossCurve, in context: SuggestionContext) throws(StrategyError)
    -> Suggestion
  {
    reading(curve, bandwidth: context[Self.bandwidth]) { descent throws(Abstention) in
      let divisor = context[Self.divisor]
      let ceiling = descent.losses[descent.minimum] + max(0.05 * descent.fall, 2 * descent.standardError)
      let basin = descent.run(around: descent.minimum, within: descent.losses.indices) {
        descent.losses[$0] <= ceiling
      }
      let rate = descent.learningRate(at: descent.minimum).text(digits: 3)
      return try descent.suggestion(
        at: descent.minimum, times: 1 / divisor, interval: basin,
        reason: "the smoothed loss is lowest at \(rate); divided by \(divisor.text(digits: 3))")
    }
  }
}
