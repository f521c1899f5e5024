import CurveModel
import Foundation
import KtrainStrategy
import StrategyKit
import Testing

@Suite struct KtrainExamplesTests {
  static let rates = (0..<200).map { 1e-7 * pow(1.01, Double($0)) }

  /// A loss with one steep step between points 99 and 101 and its minimum at point 150.
  static let losses = (0..<200).map { index in
    (index <= 99 ? 5.0 : index == 100 ? 4 : 3) + (index == 150 ? -0.1 : 0)
  }

  @Test("the gradient's answer lies 32 points below the steepest fall")
  func shiftedIndex() throws {
    let curve = try LossCurve(learningRates: Self.rates, rawLosses: nil, smoothedLosses: Self.losses)
    guard case .rate(let rate) = KtrainGradient().suggestion(for: curve, in: SuggestionContext()) else {
      Issue.record("abstained")
      return
    }
    #expect(abs(Self.rates[100] / rate.learningRate - pow(1.01, 32)) < 1e-9)
    #expect(rate.point.index == 68)
  }

  @Test("takes no step above a rate of 10")
  func stopsAtTen() throws {
    let rates = (0..<60).map { 1e-3 * pow(2, Double($0)) }
    let falling = rates.indices.map { 100 - Double($0) }
    let curve = try LossCurve(learningRates: rates, rawLosses: falling)
    guard case .rate(let rate) = KtrainMinimum().suggestion(for: curve, in: SuggestionContext()) else {
      Issue.record("abstained")
      return
    }
    #expect(rate.point.learningRate <= 10 && rate.point.learningRate > 5)
    #expect(rate.usedPoints == rates.count { $0 <= 10 })
  }
}
