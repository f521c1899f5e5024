import CurveModel
import StrategyKit
import Testing

import TorchLRFinderStrategy

@Suite struct TorchLRFinderExamplesTests {
  @Test(
    "the examples of upstream's own tests without skipped points, and a blow-up to NaN",
    arguments: [
      ([10, 8, 4, 1, 4, 16], 2), ([1, 0, 1, 2, 3, 4], 0), ([0, 1, 2, 3, 4, 3], 5),
      ([3, 2.5, 2, 1.5, 1, .nan, .nan], 4),
    ] as [([Double], Int)])
  func withoutSkippedPoints(losses: [Double], index: Int) throws {
    let rates = losses.indices.map { 0.1 * Double($0 + 1) }
    let curve = try LossCurve(learningRates: rates, rawLosses: nil, smoothedLosses: losses)
    let settings = [(name: "skip-start", text: "0"), (name: "skip-end", text: "0")]
    let context = SuggestionContext(parameters: try ParameterValues(settings, for: TorchLRFinder.descriptor))
    guard case .rate(let rate) = TorchLRFinder().suggestion(for: curve, in: context) else {
      Issue.record("abstained")
      return
    }
    #expect(rate.point.index == index && rate.learningRate == rates[index])
  }

  @Test("says how many points upstream needs")
  func tooFewPoints() throws {
    let curve = try LossCurve(learningRates: [0.1, 0.2], rawLosses: [1, 2])
    guard case .abstention(let abstention) = TorchLRFinder().suggestion(for: curve, in: SuggestionContext())
    else {
      Issue.record("gave a rate")
      return
    }
    #expect(abstention.reason.contains("RuntimeError") && abstention.reason.contains("17"))
  }
}
