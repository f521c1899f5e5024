import CurveModel
import Foundation
import StrategyKit
import StrategyTesting
import TestSupport
import Testing

@testable import BalancedStrategy

@Suite struct BalancedStrategyTests {
  private typealias Strategy = BalancedStrategy::BalancedStrategy
  private let probe = StrategyProbe(Strategy.self)

  @Test("keeps the contract of all strategies", arguments: ContractCheck.all)
  func keepsTheContract(_ check: ContractCheck) {
    #expect(check.violations(by: Strategy.self) == [])
  }

  @Test("answers on every curve with a clear descent", arguments: SampleCurve.readable)
  func answers(_ sample: SampleCurve) throws {
    guard case .abstention(let abstention) = try probe.answer(to: sample.curve) else { return }
    Issue.record("abstained: \(abstention)")
  }

  /// A logistic falls by a quarter at its middle − ln 3 / steepness.
  private func curve() throws -> LossCurve { try probe.curve { 1 / (1 + exp(2 * ($0 + 3))) } }
  private let middle = -3 - Foundation.log(3.0) / 4

  @Test("is the middle between a quarter and half of the fall, times the factor of its use")
  func findsTheMiddle() throws {
    for (use, factor) in [
      (IntendedUse.constant, Factors.all.constant), (.peak, Factors.all.peak), (.unknown, Factors.all.peak),
    ] {
      let answer = try Strategy().suggestion(for: curve(), in: SuggestionContext(use: use))
      guard case .rate(let rate) = answer else { throw StrategyError("abstained as \(use)") }
      #expect(abs(log10(rate.learningRate) - middle - factor) < 0.06, "\(use)")
      #expect(try #require(rate.interval).contains(rate.learningRate))
    }
  }

  @Test("uses the factors of the fit that did not see a family")
  func leavesOut() throws {
    let context = SuggestionContext(use: .peak)
    for (family, factors) in Factors.withoutFamily {
      let without = try Strategy().suggestion(for: curve(), in: context, leavingOut: family)
      guard case .rate(let rate) = without else { throw StrategyError("abstained without \(family)") }
      #expect(abs(log10(rate.learningRate) - middle - factors.peak) < 0.06, "\(family)")
    }
    #expect(Factors.withoutFamily.count >= 16)
  }
}
