public import CurveModel
import Glibc
public import StrategyKit

/// This target's strategies.
public let strategies: [any SuggestionStrategy.Type] = [BalancedStrategy.self]

/// A rule to remember: go to the middle between a quarter and half of the fall; take that rate if it stays constant, and
/// about twice as much if it is the peak of a schedule.
///
/// Places are read on a curve smoothed without lag, so that they lie where the loss really was. The two factors (1 and 1.8) are those
/// with the lowest mean regret on the outcomes that come with the toolkit; leaving out any family of data sets moves them by a
/// tenth of a decade at most. The interval goes from a quarter to half of the fall, moved likewise. Without a known use the
/// number is a peak. The factors are those of sweeps with about twelve losses a decade: with three times as many the fall lies half a
/// decade lower, and so does the answer.
///
/// Source: this toolkit; `suggest learn` prints the factors, calibrated with each family left out.
///
/// It fails where the noise of single batches is what limits the rate: on small batches and data with outliers.
public struct BalancedStrategy: FittedStrategy {
  /// Name, meaning and parameters.
  public static let descriptor = StrategyDescriptor(
    name: "balanced", version: "1.0",
    summary:
      "The middle between a quarter and half of the fall as a constant rate, about twice as much as a peak.",
    meantFor: .asAsked, source: "this toolkit: two factors calibrated on its own outcomes by mean regret")

  /// The families of data sets that the factors have seen, sorted.
  public static var fittedFamilies: [String] { Factors.withoutFamily.map(\.family) }

  /// Makes the strategy; it has no state.
  public init() {}

  /// Reads the rate, or abstains.
  public func suggestion(for curve: LossCurve, in context: SuggestionContext) throws(StrategyError)
    -> Suggestion
  {
    suggestion(for: curve, in: context, Factors.all)
  }

  /// Reads the rate by the factors that did not see `family`, or abstains.
  public func suggestion(
    for curve: LossCurve, in context: SuggestionContext, leavingOut family: String
  ) throws(StrategyError) -> Suggestion {
    suggestion(
      for: curve, in: context, Factors.withoutFamily.first { $0.family == family }?.factors ?? Factors.all)
  }

  private func suggestion(
    for curve: LossCurve, in context: SuggestionContext, _ factors: Factors
  ) -> Suggestion {
    reading(curve, bandwidth: CurveFeatures.bandwidth) { descent throws(Abstention) in
      let features = CurveFeatures(of: curve, descent: descent)
      guard let quarter = features[.fall25], let half = features[.fall50],
        let middle = features.secondQuarterOfFall
      else { throw Abstention(.other, "the places of the fall cannot be read") }
      let isConstant = context.use == .constant
      let factor = isConstant ? factors.constant : factors.peak
      let swept = descent.sweptRates
      let rate = pow(10, middle + factor)
      guard swept.contains(rate) else {
        throw Abstention(
          .outsideRange, "the answer, \(rate.text(digits: 3)), lies outside the swept rates",
          warnings: descent.warnings)
      }
      let times = pow(10, factor).text(digits: 2)
      return .rate(
        SuggestedRate(
          learningRate: rate,
          interval: max(
            pow(10, quarter + factor), swept.lowerBound)...min(pow(10, half + factor), swept.upperBound),
          point: descent.point(nearestTo: middle), usedPoints: descent.usedPoints,
          reason: "\(times) times the rate between a quarter and half of the fall, "
            + (isConstant ? "as a constant rate" : "as the peak of a schedule"),
          warnings: descent.warnings))
    }
  }
}
