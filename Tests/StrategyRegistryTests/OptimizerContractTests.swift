import CurveModel
import StrategyKit
import StrategyTesting
import Testing

/// Strategies that say which optimizers they know, and keep to it or not.
@Suite struct OptimizerContractTests {
  private static let check = ContractCheck.all.first { $0.description.contains("optimizers") }

  private static func descriptor(_ name: String, _ optimizers: [String]) -> StrategyDescriptor {
    StrategyDescriptor(
      name: name, version: "1", summary: "A probe.", meantFor: .peak, source: "this test",
      optimizers: optimizers)
  }

  private static func suggestion(_ optimizer: String?, knowing: [String]?) -> Suggestion {
    guard let knowing, let optimizer, !knowing.contains(optimizer) else {
      return .rate(
        SuggestedRate(
          learningRate: 0.1, point: CurvePoint(index: 0, learningRate: 0.1, loss: 1), usedPoints: 1,
          reason: "a probe"))
    }
    return .abstention(Abstention(.other, "nothing is known about \(optimizer)"))
  }

  private struct Keeps: SuggestionStrategy {
    static let descriptor = OptimizerContractTests.descriptor("keeps", ["adam", "sgd"])
    func suggestion(for curve: LossCurve, in context: SuggestionContext) -> Suggestion {
      OptimizerContractTests.suggestion(context.optimizerFamily, knowing: ["adam", "sgd"])
    }
  }

  private struct AnswersAll: SuggestionStrategy {
    static let descriptor = OptimizerContractTests.descriptor("answers-all", ["sgd"])
    func suggestion(for curve: LossCurve, in context: SuggestionContext) -> Suggestion {
      OptimizerContractTests.suggestion(context.optimizerFamily, knowing: nil)
    }
  }

  private struct Fails: SuggestionStrategy {
    static let descriptor = OptimizerContractTests.descriptor("fails", ["sgd"])
    func suggestion(for curve: LossCurve, in context: SuggestionContext) throws(StrategyError) -> Suggestion {
      throw StrategyError("no such optimizer")
    }
  }

  private struct NamesTwice: SuggestionStrategy {
    static let descriptor = OptimizerContractTests.descriptor("names-twice", ["sgd", "sgd"])
    func suggestion(for curve: LossCurve, in context: SuggestionContext) -> Suggestion {
      OptimizerContractTests.suggestion(context.optimizerFamily, knowing: ["sgd"])
    }
  }

  @Test(
    "each broken promise is named",
    arguments: [
      (AnswersAll.self as any SuggestionStrategy.Type, "suggests a rate for an unknown optimizer"),
      (Fails.self, "fails for an unknown optimizer"), (NamesTwice.self, "named twice"),
    ])
  func namesWhatIsBroken(_ strategy: any SuggestionStrategy.Type, _ words: String) throws {
    let found = try #require(Self.check).violations(by: strategy)
    #expect(found.contains { $0.hasPrefix(strategy.descriptor.name) && $0.contains(words) }, "\(found)")
  }

  @Test("a rule that abstains for others keeps the promise")
  func keepsThePromise() throws {
    #expect(try #require(Self.check).violations(by: Keeps.self) == [])
    #expect(Keeps.descriptor.knows(optimizer: "sgd") && !Keeps.descriptor.knows(optimizer: "lion"))
  }
}
