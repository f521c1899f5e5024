import CurveModel
import Foundation
import StrategyKit
import StrategyTesting
import TestSupport
import Testing

@testable import SteepestStrategy

@Suite struct SteepestStrategyTests {
  private let probe = StrategyProbe(SteepestStrategy::SteepestStrategy.self)

  @Test("keeps the contract of all strategies", arguments: ContractCheck.all)
  func keepsTheContract(_ check: ContractCheck) {
    #expect(check.violations(by: SteepestStrategy::SteepestStrategy.self) == [])
  }

  @Test("answers on every curve with a clear descent", arguments: SampleCurve.readable)
  func answers(_ sample: SampleCurve) throws {
    guard case .abstention(let abstention) = try probe.answer(to: sample.curve) else { return }
    Issue.record("abstained: \(abstention)")
  }

  @Test("a logistic descent is steepest half-way", arguments: [-4.5, -3.0, -1.7], [1.0, 2.5, 5])
  func findsTheInflection(_ middle: Double, _ steepness: Double) throws {
    let rate = try probe.rate(on: probe.curve { 1 / (1 + exp(steepness * ($0 - middle))) })
    #expect(abs(log10(rate.learningRate) - middle) < 0.05)
    let interval = try #require(rate.interval)
    // A logistic's slope is 80 % of its steepest where it has come (1 ± √0.2) / 2 of its way.
    let expected = log((1 + 0.2.squareRoot()) / (1 - 0.2.squareRoot())) / steepness
    let reach = (log10(interval.upperBound) - log10(interval.lowerBound)) / 2
    #expect(abs(reach - expected) < 0.15 * max(expected, 0.5))
  }

  @Test("looks only left of the minimum")
  func looksLeftOfTheMinimum() throws {
    // The second descent is steeper but begins above the minimum of the first.
    let rate = try probe.rate(
      on: probe.curve { x in
        1 / (1 + exp(4 * (x + 5))) + 0.2 / (1 + exp(-40 * (x + 3))) - 0.15 / (1 + exp(-40 * (x + 2)))
      })
    #expect(abs(log10(rate.learningRate) + 5) < 0.05)
  }

  @Test(
    "a loss that falls right up to its blow-up is steepest before the edge, with a warning",
    arguments: [0.0, 0.03])
  func staysOffTheEdge(_ noise: Double) throws {
    // Ever steeper down to 0.4, where it explodes.
    let falling = try probe.curve { x in
      let fall = 0.02 * exp(2 * (x + 2.3))
      return 2.3 - fall + noise * sin(1000 * x) + (x > -0.4 ? 1e3 * (x + 0.4) : 0)
    }
    let rate = try probe.rate(on: falling)
    #expect(log10(rate.learningRate) < -0.5)
    #expect(rate.warnings.contains { $0.contains("right up to its blow-up") })
    let interval = try #require(rate.interval)
    #expect(interval.lowerBound < interval.upperBound)
  }

  @Test("abstains on a sweep too narrow to tell a rate")
  func abstainsOnNarrowSweeps() throws {
    let rates = (0..<100).map { 0.4 + 1e-6 * Double($0) }
    let narrow = try LossCurve(learningRates: rates, rawLosses: rates.indices.map { 2.3 - 0.01 * Double($0) })
    guard case .abstention(let abstention) = try probe.answer(to: narrow) else {
      Issue.record("answered")
      return
    }
    #expect(abstention.reason.contains("decades only"))
  }

  @Test("gives no preference to low rates on a straight slope with noise")
  func isNotDrawnToLowRates() throws {
    let noisy = try #require(SampleCurve.readable.first { $0.name == "the same with noise" })
    #expect(abs(log10(try probe.rate(on: noisy.curve).learningRate) + 3) < 0.4)
  }
}
