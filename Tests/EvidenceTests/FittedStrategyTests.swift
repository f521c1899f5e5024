import Comparison
import CurveModel
import ExperimentStore
import Scoring
import StrategyKit
import Testing

@testable import Evidence

struct FittedStrategyTests {
  /// Says 1e-3 where a family was left out, and 1 where none was.
  private struct Probe: FittedStrategy {
    static let descriptor = StrategyDescriptor(
      name: "probe", version: "1", summary: "A probe.", meantFor: .peak, source: "this test")
    static let fittedFamilies = ["digits", "letter", "mnist"]

    func suggestion(for curve: LossCurve, in context: SuggestionContext) -> Suggestion { Self.rate(1) }

    func suggestion(
      for curve: LossCurve, in context: SuggestionContext, leavingOut family: String
    ) -> Suggestion {
      Self.rate(family == "letter" ? 1e-3 : 1)
    }

    private static func rate(_ rate: Double) -> Suggestion {
      .rate(
        SuggestedRate(
          learningRate: rate, point: CurvePoint(index: 0, learningRate: rate, loss: 1), usedPoints: 1,
          reason: "a probe"))
    }
  }

  @Test func `A fitted strategy is asked for the fit that left the task's family out, also the second time`()
    throws
  {
    let folder = try TemporaryFolder()
    let store = try RunStore.open(folder.path + "/store")
    let lines = Array(SampleLines.whole.joined(separator: "\n").utf8)
    _ = try OutcomesImport(try OutcomesFile(parsing: lines, name: "lines"), into: store)
    let choice = StrategyChoice(
      Probe.self, settings: [], parameters: ParameterValues(), evaluation: .direct)
    for _ in 1...2 {
      let tables = try StoreEvidence([store], StoreEvidence.Options(strategies: [choice])).tables
      #expect(tables.strategies[0].evaluation == .direct)
      #expect(tables.suggestions.count == 2)
      for row in tables.suggestions {
        #expect(row.answer == .rate(RateKey(1e-3)))
        #expect(row.fittedOn == ["digits", "mnist"])
      }
    }
  }
}
