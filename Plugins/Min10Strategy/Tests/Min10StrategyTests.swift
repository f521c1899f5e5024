import CurveModel
import Foundation
import StrategyKit
import StrategyTesting
import Testing

@testable import Min10Strategy

@Suite struct Min10StrategyTests {
  @Test("keeps the contract of all strategies", arguments: ContractCheck.all)
  func keepsTheContract(_ check: ContractCheck) {
    #expect(check.violations(by: Min10Strategy::Min10Strategy.self) == [])
  }

  @Test("answers on every curve with a clear descent", arguments: SampleCurve.readable)
  func answers(_ sample: SampleCurve) throws {
    guard case .abstention(let abstention) = try answer(to: sample.curve) else { return }
    Issue.record("abstained: \(abstention)")
  }

  @Test("a parabola's lowest rate divided by ten", arguments: [-4.0, -3.1, -2.5])
  func findsTheMinimum(_ lowest: Double) throws {
    let rate = try rate(on: curve { ($0 - lowest) * ($0 - lowest) })
    #expect(abs(log10(rate.learningRate) - (lowest - 1)) < 0.03)
    #expect(abs(log10(rate.point.learningRate) - lowest) < 0.03)
    let interval = try #require(rate.interval)
    #expect(interval.lowerBound < rate.learningRate && rate.learningRate < interval.upperBound)
  }

  @Test("divides by what it is told")
  func divides() throws {
    let parabola = try curve { ($0 + 3) * ($0 + 3) }
    let tenth = try rate(on: parabola)
    let quarter = try rate(on: parabola, [("divisor", "4")])
    #expect(abs(quarter.learningRate / tenth.learningRate - 2.5) < 1e-9)
  }

  @Test("abstains where a tenth lies below the swept rates")
  func abstainsBelowTheRange() throws {
    // Three decades, the minimum less than one of them above the start.
    let logarithms = (0..<300).map { -4 + Double($0) / 100 }
    let early = try LossCurve(
      learningRates: logarithms.map { pow(10, $0) }, rawLosses: logarithms.map { ($0 + 3.3) * ($0 + 3.3) })
    guard case .abstention(let abstention) = try answer(to: early) else {
      Issue.record("answered")
      return
    }
    #expect(abstention.cause == .outsideRange)
  }

  private func answer(to curve: LossCurve, _ set: [(name: String, text: String)] = []) throws -> Suggestion {
    let parameters = try ParameterValues(set, for: Min10Strategy::Min10Strategy.descriptor)
    return try Min10Strategy::Min10Strategy().suggestion(
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
