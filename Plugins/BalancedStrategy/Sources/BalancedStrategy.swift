public import CurveModel
import Glibc
public import StrategyKit

/// This target's strategies.
public let strategies: [any SuggestionStrategy.Type] = [BalancedStrategy.self]

/// A rule to remember: smooth the loss over a decade of the rate, go halfway from where a quarter of its fall is done to where it
/// is lowest, and take 0.7 times that rate as the peak of a schedule, 0.4 times as a rate that stays constant.
///
/// Halfway on a logarithmic axis: the geometric mean of the two rates. So wide a window, without lag, weighs what the loss gains
/// below a rate against what it loses above, and depends little on how many losses a decade has. The two factors are those with the
/// lowest mean regret on the outcomes that come with the toolkit, of range tests of 50, 100 and 300 steps; leaving out any family of
/// data sets moves them by a tenth of a decade at most. The interval is the middle half of the way from the one place to the other,
/// moved likewise. Without a known use the number is a peak.
///
/// Source: this toolkit; `suggest learn` prints the factors, calibrated with each family left out.
///
/// It fails where the noise of single batches is what limits the rate: on small batches and data with outliers.
public struct BalancedStrategy: FittedStrategy {
  /// Name, meaning and parameters.
  public static let descriptor = StrategyDescriptor(
    name: "balanced", version: "2.1",
    summary:
      "0.7 times (constant: 0.4) the rate halfway from a quarter of the fall to the minimum, smoothed over a decade.",
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
    // Whether there is a fall, and what is doubtful about the curve, is read on the narrow window.
    reading(curve, bandwidth: CurveFeatures.bandwidth) { descent throws(Abstention) in
      let wide = try Descent(of: curve, bandwidth: CurveFeatures.wideBandwidth)
      let quarter = wide.place(ofFall: 0.25)
      let minimum = wide.log10Rates[wide.minimum]
      let halfway = (quarter + minimum) / 2
      let isConstant = context.use == .constant
      let factor = isConstant ? factors.constant : factors.peak
      let swept = descent.sweptRates
      let rate = pow(10, halfway + factor)
      guard swept.contains(rate) else {
        throw Abstention(
          .outsideRange, "the answer, \(rate.text(digits: 3)), lies outside the swept rates",
          warnings: descent.warnings)
      }
      let reach = pow(10, (minimum - quarter) / 4)
      return .rate(
        SuggestedRate(
          learningRate: rate,
          interval: max(rate / reach, swept.lowerBound)...min(rate * reach, swept.upperBound),
          point: descent.point(nearestTo: halfway), usedPoints: descent.usedPoints,
          reason: (isConstant ? "as a constant rate, " : "as the peak of a schedule, ")
            + "\(pow(10, factor).text(digits: 1)) times the rate halfway from a quarter of the fall "
            + "(\(pow(10, quarter).text(digits: 2))) to the minimum (\(pow(10, minimum).text(digits: 2))) of the loss smoothed over a decade",
          warnings: descent.warnings))
    }
  }
}
