import CurveModel
import Foundation
import StrategyKit
import StrategyTesting
import TestSupport
import Testing

@testable import ValleyStrategy

@Suite struct ValleyStrategyTests {
  private let probe = StrategyProbe(ValleyStrategy::ValleyStrategy.self)

  @Test("keeps the contract of all strategies", arguments: ContractCheck.all)
  func keepsTheContract(_ check: ContractCheck) {
    #expect(check.violations(by: ValleyStrategy::ValleyStrategy.self) == [])
  }

  @Test("answers on every curve with a clear descent", arguments: SampleCurve.readable)
  func answers(_ sample: SampleCurve) throws {
    guard case .abstention(let abstention) = try probe.answer(to: sample.curve) else { return }
    Issue.record("abstained: \(abstention)")
  }

  @Test("two thirds of the way down a straight slope")
  func goesTwoThirdsDown() throws {
    // Flat to 10⁻⁶, straight down to 10⁻², then up.
    let rate = try probe.rate(on: probe.curve { x in x < -6 ? 4 : x < -2 ? -2 - x : 2 * (x + 2) })
    // The first 5 % and the last 2 % of the fall do not count: the valley reaches from −5.8 to −2.08.
    #expect(abs(log10(rate.learningRate) - (-5.8 + 3.72 * 2 / 3)) < 0.2)
  }

  @Test("takes the longest of two valleys")
  func takesTheLongest() throws {
    let rate = try probe.rate(
      on: probe.curve { x in
        1 / (1 + exp(12 * (x + 6.3))) + 0.8 / (1 + exp(-12 * (x + 5.6))) - 1.2 * min(max((x + 5) / 4, 0), 1)
      })
    #expect(log10(rate.learningRate) > -3.5 && log10(rate.learningRate) < -1)
  }

  @Test("goes as deep as it is told")
  func goesDeeper() throws {
    let parabola = try probe.curve { ($0 + 2) * ($0 + 2) }
    let bottom = try probe.rate(on: parabola, [("depth", "1")])
    // 2 % of a fall of 25 are left 0.7 decades before the lowest point.
    #expect(abs(log10(bottom.learningRate) + 2 + 0.5.squareRoot()) < 0.1)
    #expect(try probe.rate(on: parabola).learningRate < bottom.learningRate)
  }
}
