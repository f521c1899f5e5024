import CurveModel
import Foundation
import StrategyKit
import StrategyTesting
import TestSupport
import Testing

@testable import Min10Strategy

@Suite struct Min10StrategyTests {
  private let probe = StrategyProbe(Min10Strategy::Min10Strategy.self)

  @Test("keeps the contract of all strategies", arguments: ContractCheck.all)
  func keepsTheContract(_ check: ContractCheck) {
    #expect(check.violations(by: Min10Strategy::Min10Strategy.self) == [])
  }

  @Test("answers on every curve with a clear descent", arguments: SampleCurve.readable)
  func answers(_ sample: SampleCurve) throws {
    guard case .abstention(let abstention) = try probe.answer(to: sample.curve) else { return }
    Issue.record("abstained: \(abstention)")
  }

  @Test("a parabola's lowest rate divided by ten", arguments: [-4.0, -3.1, -2.5])
  func findsTheMinimum(_ lowest: Double) throws {
    let rate = try probe.rate(on: probe.curve { ($0 - lowest) * ($0 - lowest) })
    #expect(abs(log10(rate.learningRate) - (lowest - 1)) < 0.03)
    #expect(abs(log10(rate.point.learningRate) - lowest) < 0.03)
    let interval = try #require(rate.interval)
    #expect(interval.lowerBound < rate.learningRate && rate.learningRate < interval.upperBound)
  }

  @Test("divides by what it is told")
  func divides() throws {
    let parabola = try probe.curve { ($0 + 3) * ($0 + 3) }
    let tenth = try probe.rate(on: parabola)
    let quarter = try probe.rate(on: parabola, [("divisor", "4")])
    #expect(abs(quarter.learningRate / tenth.learningRate - 2.5) < 1e-9)
  }

  @Test("abstains where a tenth lies below the swept rates")
  func abstainsBelowTheRange() throws {
    // Three decades, the minimum less than one of them above the start.
    let logarithms = (0..<300).map { -4 + Double($0) / 100 }
    let early = try LossCurve(
      learningRates: logarithms.map { pow(10, $0) }, rawLosses: logarithms.map { ($0 + 3.3) * ($0 + 3.3) })
    guard case .abstention(let abstention) = try probe.answer(to: early) else {
      Issue.record("answered")
      return
    }
    #expect(abstention.cause == .outsideRange)
  }
}
