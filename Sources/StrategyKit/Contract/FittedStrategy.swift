public import CurveModel

/// A strategy whose constants or model were fitted on outcomes of trainings.
///
/// Such a strategy is judged only by fits that did not see the task's family of data sets: scoring asks for the fit with
/// that family left out, and refuses any other (scoring reference, section 8).
public protocol FittedStrategy: SuggestionStrategy {
  /// The families of data sets that the fit used by default has seen, sorted.
  static var fittedFamilies: [String] { get }

  /// Suggests by the fit that did not see `family`.
  ///
  /// - Parameters:
  ///   - curve: Any valid curve.
  ///   - context: As for `suggestion(for:in:)`.
  ///   - family: The family that is left out; for one that the default fit never saw, the answer is the default's.
  /// - Throws: ``StrategyError`` if the strategy itself failed.
  func suggestion(
    for curve: LossCurve, in context: SuggestionContext, leavingOut family: String
  ) throws(StrategyError) -> Suggestion
}
