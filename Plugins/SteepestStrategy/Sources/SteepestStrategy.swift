public import CurveModel
public import StrategyKit

/// This target's strategies.
public let strategies: [any SuggestionStrategy.Type] = [SteepestStrategy.self]

/// The rate at which the loss falls fastest per decade of learning rate.
///
/// The derivative by log10 rate is that of local lines fitted under GSL's Gaussian window, which has no lag and no
/// preference for low rates (a derivative by the rate itself divides by the rate). Only points left of the curve's
/// minimum count. The interval holds the neighbouring rates whose slope is at least 80 % of the steepest, or not
/// different from it by two standard errors.
///
/// Source: J. Howard, fast.ai lessons ("the steepest slope"); Fan and Gijbels, *Local Polynomial Modelling* (1996), for
/// the derivative.
///
/// It fails on curves with several descents of equal steepness: small changes move it from one to the other.
public struct SteepestStrategy: SuggestionStrategy {
  static let bandwidth = Parameter(
    "bandwidth", default: Descent.standardBandwidth, in: 0.02...2,
    "Standard deviation of the smoothing window, in decades; noise widens it up to fourfold.")

  /// Name, meaning and parameters.
  public static let descriptor = StrategyDescriptor(
    name: "steepest", version: "1.0",
    summary: "The rate of the steepest descent per decade, left of the minimum, on a curve smoothed by GSL.",
    meantFor: .peak, source: "J. Howard, fast.ai lessons; local linear derivative by GSL's Gaussian filter",
    parameters: [bandwidth.description])

  /// Makes the strategy; it has no state.
  public init() {}

  /// Reads the rate off the smoothed descent, or abstains.
  public func suggestion(for curve: LossCurve, in context: SuggestionContext) throws(StrategyError)
    -> Suggestion
  {
    reading(curve, bandwidth: context[Self.bandwidth]) { descent throws(Abstention) in
      let steepest = try descent.steepest()
      let slope = descent.slopes[steepest]
      let gentlest = max(0.8 * slope, slope + 2 * descent.slopeStandardError)
      let steep = descent.run(around: steepest, within: 0..<descent.lastTrustedSlope + 1) {
        descent.slopes[$0] <= min(gentlest, 0)
      }
      let minimum = descent.learningRate(at: descent.minimum).text(digits: 3)
      return try descent.suggestion(
        at: steepest, interval: steep,
        reason:
          "the loss falls fastest here, by \((-slope).text(digits: 3)) per decade; its minimum is at \(minimum)"
      )
    }
  }
}
