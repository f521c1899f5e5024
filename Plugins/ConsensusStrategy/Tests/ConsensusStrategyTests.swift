import CurveModel
import Foundation
import StrategyKit
import StrategyTesting
import TestSupport
import Testing

@testable import ConsensusStrategy

@Suite struct ConsensusStrategyTests {
  private typealias Strategy = ConsensusStrategy::ConsensusStrategy
  private let probe = StrategyProbe(Strategy.self)

  @Test("keeps the contract of all strategies", arguments: ContractCheck.all)
  func keepsTheContract(_ check: ContractCheck) {
    #expect(check.violations(by: Strategy.self) == [])
  }

  @Test("is the middle one of the three rules, and its interval goes from the first to the last")
  func takesTheMiddle() throws {
    let curve = try probe.curve { x in 1 / (1 + exp(3 * (x + 3))) + (x > -1 ? 5 * (x + 1) : 0) }
    let features = try CurveFeatures(of: curve)
    let three = try [
      #require(features[.minimum]) - 1, #require(features[.steepest]), #require(features.secondQuarterOfFall),
    ].sorted()
    let rate = try probe.rate(on: curve)
    #expect(abs(log10(rate.learningRate) - three[1]) < 1e-9)
    let interval = try #require(rate.interval)
    #expect(abs(log10(interval.lowerBound) - three[0]) < 1e-9)
    #expect(abs(log10(interval.upperBound) - three[2]) < 1e-9)
  }

  @Test("abstains where the rules disagree by more than the tolerance")
  func abstains() throws {
    let curve = try probe.curve { x in 1 / (1 + exp(3 * (x + 3))) + (x > -1 ? 5 * (x + 1) : 0) }
    guard case .abstention(let abstention) = try probe.answer(to: curve, [("tolerance", "0.1")]) else {
      Issue.record("it answered")
      return
    }
    #expect(abstention.reason.contains("disagree"))
  }
}
