import CurveModel
import IgniteStrategy
import StrategyKit
import Testing

@Suite struct IgniteExamplesTests {
  @Test("upstream's own example: a parabola from 5 to 0 over linear rates")
  func parabola() throws {
    let steps = (0..<100).map { Double($0) / 99 }
    let losses = steps.map { step in
      let x = -5 + 10 * step
      return x * x + 0.05
    }
    let curve = try LossCurve(
      learningRates: steps.map { 0.01 + 9.99 * $0 }, rawLosses: nil, smoothedLosses: losses)
    guard case .rate(let rate) = Ignite().suggestion(for: curve, in: SuggestionContext()) else {
      Issue.record("abstained")
      return
    }
    #expect(abs(rate.learningRate - 0.1109090909) < 1e-9)
    #expect(rate.usedPoints < 60)
  }
}
