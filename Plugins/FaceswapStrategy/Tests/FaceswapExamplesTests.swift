import CurveModel
import FaceswapStrategy
import StrategyKit
import Testing

@Suite struct FaceswapExamplesTests {
  @Test("gives up below a rate of 1e-9", arguments: [(1e-8, true), (0.9e-8, false)])
  func refusesTinyRates(best: Double, answers: Bool) throws {
    let curve = try LossCurve(
      learningRates: [best / 2, best, best * 2], rawLosses: nil, smoothedLosses: [2, 1, 3])
    switch Faceswap().suggestion(for: curve, in: SuggestionContext()) {
    case .rate(let rate): #expect(answers && rate.point.index == 1)
    case .abstention(let abstention): #expect(!answers && abstention.reason.contains("gives up"))
    }
  }

  @Test("rejects a strength upstream does not have")
  func unknownStrength() {
    #expect(throws: ParameterError.self) {
      try ParameterValues([(name: "strength", text: "mild")], for: Faceswap.descriptor)
    }
  }
}
