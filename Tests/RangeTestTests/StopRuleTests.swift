import CurveModel
import CurveSmoothing
import Foundation
import StrategyKit
import TestSupport
import Testing

@testable import RangeTest

@Suite struct StopRuleTests {
  @Test("four times the best ends each of fastai's recordings where fastai ended it")
  func agreesWithFastai() throws {
    let recordings = try GoldenCurve.files.map(GoldenCurve.init(file:)).filter {
      !$0.name.hasPrefix("degenerate")
    }
    try #require(recordings.count >= 5)
    var ended = 0
    for recording in recordings {
      let losses = try #require(recording.curve.rawLosses)
      let asked = try #require(recording.curve.requestedPoints)
      // fastai tests no loss for NaN: such recordings say nothing about this rule.
      guard losses.allSatisfy(\.isFinite) else { continue }
      let stop = stopIndex(.standard, losses)
      if losses.count < asked {
        #expect(stop == losses.count - 1, "\(recording.name)")
        ended += 1
      } else {
        #expect(stop == nil || stop == losses.count - 1, "\(recording.name)")
      }
    }
    #expect(ended >= 3)
  }

  @Test(
    "a loss that is no number ends the test under every rule", arguments: [Double.nan, .infinity, -.infinity])
  func endsAtNonFinite(_ value: Double) {
    for rule in [StopRule.never, .standard, .rebound(2)] {
      var detector = StopDetector(rule)
      for _ in 0..<20 { #expect(detector.reason(toStopAfter: 1) == nil) }
      #expect(detector.reason(toStopAfter: value) == .nonFinite)
    }
  }

  @Test(
    "it ends where a copy of fastai's rule replays the end of a longer recording",
    arguments: [3.0, 5, 8, 13])
  func agreesWithTheReplay(_ steepness: Double) {
    let losses = (0..<300).map { step in
      let x = Double(step) / 30
      let fall = 2 / (1 + exp(2 * (x - 4)))
      return 0.5 + fall + 0.1 * sin(Double(step) * 12.9898) + exp(steepness * (x - 7))
    }
    let recorded = ExponentialSmoother.fastai.replay(losses)
    let (kept, stopped) = UpstreamStopRule(factor: 4).replay(on: recorded)
    #expect(stopped)
    #expect(stopIndex(.standard, losses) == kept - 1)
  }

  @Test("four times the best ends at once for negative losses; rebound does not")
  func negativeLosses() {
    let losses = descent.map { $0 - 10 }
    #expect(stopIndex(.standard, losses) == 0)
    #expect(stopIndex(.rebound(2), losses) == stopIndex(.rebound(2), descent))
  }

  @Test("rebound ends at the same step at any scale and offset", arguments: [1e-9, 1, 1e9], [0.0, -50, 1e3])
  func reboundIsScaleFree(_ scale: Double, _ offset: Double) throws {
    let expected = try #require(stopIndex(.rebound(2), descent))
    #expect(descent[expected] > descent[0])
    #expect(stopIndex(.rebound(2), descent.map { scale * ($0 + offset) }) == expected)
  }

  @Test("rebound does not end on noise, nor while the loss falls")
  func reboundIsPatient() {
    let noise = (0..<500).map { 2 + 0.3 * sin(Double($0) * 12.9898) * cos(Double($0) * 78.233) }
    #expect(stopIndex(.rebound(2), noise) == nil)
    #expect(stopIndex(.rebound(2), (0..<300).map { 5 - Double($0) / 100 }) == nil)
  }

  @Test("never goes on through anything finite")
  func never() {
    #expect(stopIndex(.never, descent + Array(repeating: 1e30, count: 20)) == nil)
  }

  /// Flat with small noise, down by 2, then exploding.
  private var descent: [Double] {
    (0..<200).map { step in
      let x = Double(step) / 25
      return 0.3 + 2 / (1 + exp(2.5 * (x - 4))) + 0.02 * sin(Double(step) * 12.9898)
        + (x > 6 ? pow(x - 6, 4) * 50 : 0)
    }
  }

  private func stopIndex(_ rule: StopRule, _ losses: [Double]) -> Int? {
    var detector = StopDetector(rule)
    return losses.firstIndex { detector.reason(toStopAfter: $0) != nil }
  }
}
