public import CurveModel
public import StrategyKit
import Foundation

/// Asks one strategy about curves that a test draws.
public struct StrategyProbe: Sendable {
  private let type: any SuggestionStrategy.Type

  /// A probe of `type`.
  public init(_ type: any SuggestionStrategy.Type) { self.type = type }

  /// The strategy's answer, with parameters set as on the command line.
  public func answer(to curve: LossCurve, _ set: [(name: String, text: String)] = []) throws -> Suggestion {
    let parameters = try ParameterValues(set, for: type.descriptor)
    return try type.init().suggestion(for: curve, in: SuggestionContext(parameters: parameters))
  }

  /// The suggested rate.
  ///
  /// - Throws: `StrategyError` if the strategy abstains.
  public func rate(on curve: LossCurve, _ set: [(name: String, text: String)] = []) throws -> SuggestedRate {
    let answer = try answer(to: curve, set)
    guard case .rate(let rate) = answer else { throw StrategyError("abstained: \(answer)") }
    return rate
  }

  /// 400 points from 10⁻⁷ to 10 of a function of log10 rate.
  public func curve(_ loss: (Double) -> Double) throws -> LossCurve {
    let logarithms = (0..<400).map { -7 + Double($0) / 50 }
    return try LossCurve(learningRates: logarithms.map { pow(10, $0) }, rawLosses: logarithms.map(loss))
  }
}
