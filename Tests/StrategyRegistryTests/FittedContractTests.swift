import CurveModel
import StrategyKit
import StrategyTesting
import Testing

/// Fitted strategies that break the promise of leaving families out, each in its own way.
@Suite struct FittedContractTests {
  private static let check = ContractCheck.all.first { $0.description.contains("leaves any of them out") }

  private static func rate(_ rate: Double) -> Suggestion {
    .rate(
      SuggestedRate(
        learningRate: rate, point: CurvePoint(index: 0, learningRate: rate, loss: 1), usedPoints: 1,
        reason: "a probe"))
  }

  private static func descriptor(_ name: String) -> StrategyDescriptor {
    StrategyDescriptor(name: name, version: "1", summary: "A probe.", meantFor: .peak, source: "this test")
  }

  private struct Honest: FittedStrategy {
    static let descriptor = FittedContractTests.descriptor("honest")
    static let fittedFamilies = ["digits", "letter"]
    func suggestion(for curve: LossCurve, in context: SuggestionContext) -> Suggestion {
      FittedContractTests.rate(0.1)
    }
    func suggestion(
      for curve: LossCurve, in context: SuggestionContext, leavingOut family: String
    ) -> Suggestion { FittedContractTests.rate(Self.fittedFamilies.contains(family) ? 0.01 : 0.1) }
  }

  private struct NamesNone: FittedStrategy {
    static let descriptor = FittedContractTests.descriptor("names-none")
    static let fittedFamilies: [String] = []
    func suggestion(for curve: LossCurve, in context: SuggestionContext) -> Suggestion {
      FittedContractTests.rate(0.1)
    }
    func suggestion(
      for curve: LossCurve, in context: SuggestionContext, leavingOut family: String
    ) -> Suggestion { FittedContractTests.rate(0.1) }
  }

  private struct NamesTwice: FittedStrategy {
    static let descriptor = FittedContractTests.descriptor("names-twice")
    static let fittedFamilies = ["letter", "digits", "letter"]
    func suggestion(for curve: LossCurve, in context: SuggestionContext) -> Suggestion {
      FittedContractTests.rate(0.1)
    }
    func suggestion(
      for curve: LossCurve, in context: SuggestionContext, leavingOut family: String
    ) -> Suggestion { FittedContractTests.rate(0.1) }
  }

  private struct ChangesForStrangers: FittedStrategy {
    static let descriptor = FittedContractTests.descriptor("changes-for-strangers")
    static let fittedFamilies = ["digits"]
    func suggestion(for curve: LossCurve, in context: SuggestionContext) -> Suggestion {
      FittedContractTests.rate(0.1)
    }
    func suggestion(
      for curve: LossCurve, in context: SuggestionContext, leavingOut family: String
    ) -> Suggestion { FittedContractTests.rate(0.2) }
  }

  private struct HasNoOtherFit: FittedStrategy {
    static let descriptor = FittedContractTests.descriptor("has-no-other-fit")
    static let fittedFamilies = ["digits"]
    func suggestion(for curve: LossCurve, in context: SuggestionContext) -> Suggestion {
      FittedContractTests.rate(0.1)
    }
    func suggestion(
      for curve: LossCurve, in context: SuggestionContext, leavingOut family: String
    ) throws(StrategyError) -> Suggestion {
      guard family != "digits" else { throw StrategyError("there is no fit without digits") }
      return FittedContractTests.rate(0.1)
    }
  }

  @Test(
    "each broken promise is named",
    arguments: [
      (NamesNone.self as any SuggestionStrategy.Type, "names no family"),
      (NamesTwice.self, "not sorted, or named twice"),
      (ChangesForStrangers.self, "a family it never saw changes the answer"),
      (HasNoOtherFit.self, "without digits it fails"),
    ])
  func namesWhatIsBroken(_ strategy: any SuggestionStrategy.Type, _ words: String) throws {
    let check = try #require(Self.check)
    let found = check.violations(by: strategy)
    #expect(found.contains { $0.hasPrefix(strategy.descriptor.name) && $0.contains(words) }, "\(found)")
  }

  @Test("an honest fit keeps the promise")
  func keepsThePromise() throws {
    #expect(try #require(Self.check).violations(by: Honest.self) == [])
  }
}
