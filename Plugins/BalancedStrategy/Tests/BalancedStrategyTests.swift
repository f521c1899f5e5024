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

  /// A dip around 1e-3 that is wide against the window: its bottom stays, and a quarter of it is reached at
  /// −3 − width · √(2 ln 4).
  private func curve() throws -> LossCurve { try probe.curve { -exp(-pow(($0 + 3) / Self.width, 2) / 2) } }
  private static let width = 1.2
  private let halfway = -3 - width * (2 * Foundation.log(4.0)).squareRoot() / 2

  @Test("is halfway between a quarter of the fall and the minimum, times the factor of its use")
  func findsTheMiddle() throws {
    for (use, factor) in [
      (IntendedUse.constant, Factors.all.constant), (.peak, Factors.all.peak), (.unknown, Factors.all.peak),
    ] {
      let answer = try Strategy().suggestion(for: curve(), in: SuggestionContext(use: use))
      guard case .rate(let rate) = answer else { throw StrategyError("abstained as \(use)") }
      #expect(abs(log10(rate.learningRate) - halfway - factor) < 0.1, "\(use)")
      let interval = try #require(rate.interval)
      #expect(interval.contains(rate.learningRate))
      // The middle half of the way between the two places.
      #expect(abs(log10(interval.upperBound / interval.lowerBound) - (-3 - halfway)) < 0.2)
    }
  }

  @Test("reads the same places as the features that its factors are calibrated on")
  func agreesWithTheFeatures() throws {
    for sample in SampleCurve.readable {
      guard case .rate(let rate) = try probe.answer(to: sample.curve) else { continue }
      let down = try #require(try CurveFeatures(of: sample.curve).halfwayDown)
      #expect(abs(log10(rate.learningRate) - down - Factors.all.peak) < 1e-9, "\(sample)")
    }
  }

  @Test("uses the factors of the fit that did not see a family")
  func leavesOut() throws {
    let context = SuggestionContext(use: .peak)
    for (family, factors) in Factors.withoutFamily {
      let without = try Strategy().suggestion(for: curve(), in: context, leavingOut: family)
      guard case .rate(let rate) = without else { throw StrategyError("abstained without \(family)") }
      #expect(abs(log10(rate.learningRate) - halfway - factors.peak) < 0.1, "\(family)")
    }
    #expect(Factors.withoutFamily.count >= 16)
  }
}
