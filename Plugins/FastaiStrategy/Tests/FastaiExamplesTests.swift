import CurveModel
import FastaiStrategy
import Foundation
import StrategyKit
import Testing

@Suite struct FastaiExamplesTests {
  @Test("a fall of two at the window's start is answered with the window's last rate")
  func valleyWraps() throws {
    let curve = try recording(of: [3, 2, 5, 6, 7, 0, 0, 0, 0, 0], requesting: 1)
    guard case .rate(let rate) = FastaiValley().suggestion(for: curve, in: SuggestionContext()) else {
      Issue.record("abstained")
      return
    }
    #expect(rate.point.index == 4)
  }

  @Test("the window depends on the points asked for, not on those recorded")
  func windowOfRequestedPoints() throws {
    let falling = (0..<60).map { 60 - Double($0) }
    let used = try [60, 100, 500].map { requested -> Int? in
      let curve = try recording(of: falling, requesting: requested)
      guard case .rate(let rate) = FastaiMinimum().suggestion(for: curve, in: SuggestionContext()) else {
        return nil
      }
      return rate.usedPoints
    }
    #expect(used == [49, 45, 5])
    let curve = try recording(of: falling, requesting: 1000)
    for strategy in [FastaiMinimum.self, FastaiSteep.self, FastaiValley.self, FastaiSlide.self]
      as [any SuggestionStrategy.Type]
    {
      guard
        case .abstention(let abstention) = try strategy.init().suggestion(for: curve, in: SuggestionContext())
      else {
        Issue.record("\(strategy.descriptor.name) gave a rate")
        continue
      }
      #expect(abstention.cause == .upstreamRaises && abstention.reason.contains("has 0 points"))
    }
  }

  @Test("the minimum's dot is the minimum, ten times the suggestion in single precision")
  func minimumDot() throws {
    let curve = try recording(of: (0..<60).map { abs(Double($0) - 30) }, requesting: 60)
    guard case .rate(let rate) = FastaiMinimum().suggestion(for: curve, in: SuggestionContext()) else {
      Issue.record("abstained")
      return
    }
    #expect(rate.point.index == 30 && rate.point.learningRate == curve.learningRates[30])
    #expect(rate.learningRate == Double(Float(curve.learningRates[30])) / 10)
  }

  @Test("abstains on rates that single precision cannot hold")
  func ratesBelowSinglePrecision() throws {
    let rates = (0..<60).map { 1e-60 * pow(1.1, Double($0)) }
    let curve = try LossCurve(
      learningRates: rates, rawLosses: nil, smoothedLosses: rates.indices.map { -Double($0) })
    guard case .abstention(let abstention) = FastaiValley().suggestion(for: curve, in: SuggestionContext())
    else {
      Issue.record("gave a rate")
      return
    }
    #expect(abstention.cause == .outsideRange)
  }

  private func recording(of smoothed: [Double], requesting points: Int) throws -> LossCurve {
    let rates = smoothed.indices.map { 1e-7 * pow(1.2, Double($0)) }
    return try LossCurve(
      header: CurveHeader(requestedPoints: points), learningRates: rates, rawLosses: nil,
      smoothedLosses: smoothed)
  }
}
