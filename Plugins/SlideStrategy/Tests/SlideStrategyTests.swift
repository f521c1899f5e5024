import CurveModel
import Foundation
import StrategyKit
import StrategyTesting
import Testing

@testable import SlideStrategy

@Suite struct SlideStrategyTests {
  @Test("keeps the contract of all strategies", arguments: ContractCheck.all)
  func keepsTheContract(_ check: ContractCheck) {
    #expect(check.violations(by: SlideStrategy::SlideStrategy.self) == [])
  }

  @Test("answers on every curve with a clear descent", arguments: SampleCurve.readable)
  func answers(_ sample: SampleCurve) throws {
    guard case .abstention(let abstention) = try answer(to: sample.curve) else { return }
    Issue.record("abstained: \(abstention)")
  }

  @Test("a logistic descent slides a third as fast where mathematics says", arguments: [1.5, 2.5, 4])
  func findsTheEndOfTheSlide(_ steepness: Double) throws {
    let rate = try rate(on: curve { 1 / (1 + exp(steepness * ($0 + 4))) })
    // Slope 4p(1 − p) of the steepest is 1/3 at 1 − p = (1 + √(2/3)) / 2.
    let root = (2.0 / 3).squareRoot()
    let expected = -4 + log((1 + root) / (1 - root)) / steepness
    #expect(abs(log10(rate.learningRate) - expected) < 0.12)
  }

  @Test("a share of one is the steepest point")
  func endsAtTheSteepest() throws {
    let rate = try rate(on: curve { 1 / (1 + exp(2 * ($0 + 4))) }, [("share", "1")])
    #expect(abs(log10(rate.learningRate) + 4) < 0.05)
  }

  private func answer(to curve: LossCurve, _ set: [(name: String, text: String)] = []) throws -> Suggestion {
    let parameters = try ParameterValues(set, for: SlideStrategy::SlideStrategy.descriptor)
    return try SlideStrategy::SlideStrategy().suggestion(
      for: curve, in: SuggestionContext(parameters: parameters))
  }

  private func rate(on curve: LossCurve, _ set: [(name: String, text: String)] = []) throws -> SuggestedRate {
    guard case .rate(let rate) = try answer(to: curve, set) else {
      throw StrategyError("abstained: \(try answer(to: curve, set))")
    }
    return rate
  }

  /// 400 points from 10⁻⁷ to 10 of a function of log10 rate.
  private func curve(_ loss: (Double) -> Double) throws -> LossCurve {
    let logarithms = (0..<400).map { -7 + Double($0) / 50 }
    return try LossCurve(learningRates: logarithms.map { pow(10, $0) }, rawLosses: logarithms.map(loss))
  }
}
