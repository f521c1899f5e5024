import CurveModel
import Foundation
import StrategyKit
import StrategyTesting
import TestSupport
import Testing

@testable import SlideStrategy

@Suite struct SlideStrategyTests {
  private let probe = StrategyProbe(SlideStrategy::SlideStrategy.self)

  @Test("keeps the contract of all strategies", arguments: ContractCheck.all)
  func keepsTheContract(_ check: ContractCheck) {
    #expect(check.violations(by: SlideStrategy::SlideStrategy.self) == [])
  }

  @Test("answers on every curve with a clear descent", arguments: SampleCurve.readable)
  func answers(_ sample: SampleCurve) throws {
    guard case .abstention(let abstention) = try probe.answer(to: sample.curve) else { return }
    Issue.record("abstained: \(abstention)")
  }

  @Test("a logistic descent slides a third as fast where mathematics says", arguments: [1.5, 2.5, 4])
  func findsTheEndOfTheSlide(_ steepness: Double) throws {
    let rate = try probe.rate(on: probe.curve { 1 / (1 + exp(steepness * ($0 + 4))) })
    // Slope 4p(1 − p) of the steepest is 1/3 at 1 − p = (1 + √(2/3)) / 2.
    let root = (2.0 / 3).squareRoot()
    let expected = -4 + log((1 + root) / (1 - root)) / steepness
    #expect(abs(log10(rate.learningRate) - expected) < 0.12)
  }

  @Test("a share of one is the steepest point")
  func endsAtTheSteepest() throws {
    let rate = try probe.rate(on: probe.curve { 1 / (1 + exp(2 * ($0 + 4))) }, [("share", "1")])
    #expect(abs(log10(rate.learningRate) + 4) < 0.05)
  }
}
