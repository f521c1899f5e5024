public import CurveModel
import Glibc
public import StrategyKit

/// This target's strategies.
public let strategies: [any SuggestionStrategy.Type] = [ConsensusStrategy.self]

/// The middle one of three rules that err in different ways: a tenth of the minimum's rate, the steepest descent, and the
/// middle between a quarter and half of the fall.
///
/// A median, so that one rule that goes astray cannot take the answer with it. The interval goes from the lowest to the highest
/// of the three: how far rules disagree is what a person should know. All three are read on one smoothed curve.
///
/// Source: this toolkit; L. Smith, 2017, and fast.ai's lessons for the first two rules.
///
/// It fails where all three do: on curves whose noise hides the fall, and where only the training shows what is too high.
public struct ConsensusStrategy: SuggestionStrategy {
  static let tolerance = Parameter(
    "tolerance", default: 2.0, in: 0.1...10,
    "The decades by which the three rules may differ; beyond, it abstains.")

  /// Name, meaning and parameters.
  public static let descriptor = StrategyDescriptor(
    name: "consensus", version: "1.0",
    summary: "The middle one of a tenth of the minimum, the steepest descent, and a third of the fall.",
    meantFor: .peak, source: "this toolkit; L. Smith (2017) and fast.ai's lessons for two of the three rules",
    parameters: [tolerance.description])

  /// Makes the strategy; it has no state.
  public init() {}

  /// Reads the three rates and takes the middle one, or abstains.
  public func suggestion(for curve: LossCurve, in context: SuggestionContext) throws(StrategyError)
    -> Suggestion
  {
    reading(curve, bandwidth: CurveFeatures.bandwidth) { descent throws(Abstention) in
      let features = CurveFeatures(of: curve, descent: descent)
      guard let minimum = features[.minimum], let steepest = features[.steepest],
        let middle = features.secondQuarterOfFall
      else { throw Abstention(.other, "the places of the fall cannot be read") }
      let rates = [minimum - 1, steepest, middle].sorted()
      guard rates[2] - rates[0] <= context[Self.tolerance] else {
        throw Abstention(
          .other,
          "the rules disagree by \((rates[2] - rates[0]).text(digits: 2)) decades, from \(pow(10, rates[0]).text(digits: 2)) to \(pow(10, rates[2]).text(digits: 2))",
          warnings: descent.warnings)
      }
      let swept = descent.sweptRates
      let rate = pow(10, rates[1])
      guard swept.contains(rate) else {
        throw Abstention(
          .outsideRange, "the answer, \(rate.text(digits: 3)), lies outside the swept rates",
          warnings: descent.warnings)
      }
      return .rate(
        SuggestedRate(
          learningRate: rate,
          interval: max(pow(10, rates[0]), swept.lowerBound)...min(pow(10, rates[2]), swept.upperBound),
          point: descent.point(nearestTo: rates[1]), usedPoints: descent.usedPoints,
          reason:
            "the middle of a tenth of the minimum (\(pow(10, minimum - 1).text(digits: 2))), the steepest descent "
            + "(\(pow(10, steepest).text(digits: 2))) and a third of the fall (\(pow(10, middle).text(digits: 2)))",
          warnings: descent.warnings))
    }
  }
}
