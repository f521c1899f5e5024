import Comparison
import CurveModel
import ExperimentStore
import Foundation
import Scoring
import StrategyKit
import Testing

@testable import Evidence

/// A strategy that has learned its tasks by heart: how good it looks, and what the scorer makes of it.
struct OverfittedStrategyTests {
  /// log10 of the best rate of every family; no rule could find them in the curves, which are all alike.
  private static let best: [String: Int] = ["letter": -4, "digits": -1, "wine": -3, "spam": -2]

  /// Knows the curve by its first loss, which differs from family to family as fingerprints do.
  private enum Memory {
    static func family(of curve: LossCurve) -> String? {
      Int((curve.losses[0] * 1000).rounded()).description.last.flatMap { digit in
        OverfittedStrategyTests.families.first { $0.fingerprint == String(digit) }?.name
      }
    }

    static func rate(_ log10Rate: Double) -> Suggestion {
      let rate = pow(10, log10Rate)
      return .rate(
        SuggestedRate(
          learningRate: rate, point: CurvePoint(index: 0, learningRate: rate, loss: 1), usedPoints: 1,
          reason: "learned by heart"))
    }
  }

  private static let families = best.keys.sorted().enumerated().map { (name: $1, fingerprint: "\($0 + 1)") }

  /// Declares what it saw.
  private struct Declared: FittedStrategy {
    static let descriptor = StrategyDescriptor(
      name: "declared", version: "1", summary: "By heart.", meantFor: .peak, source: "this test")
    static let fittedFamilies = OverfittedStrategyTests.best.keys.sorted()

    func suggestion(for curve: LossCurve, in context: SuggestionContext) -> Suggestion {
      let family = Memory.family(of: curve) ?? ""
      return Memory.rate(Double(OverfittedStrategyTests.best[family] ?? 0))
    }

    /// Without a family the memory has no entry for it: the mean of the others has to do.
    func suggestion(
      for curve: LossCurve, in context: SuggestionContext, leavingOut family: String
    ) -> Suggestion {
      let others = OverfittedStrategyTests.best.filter { $0.key != family }.map { Double($0.value) }
      return Memory.rate((others.reduce(0, +) / Double(others.count)).rounded())
    }
  }

  /// The same memory, saying nothing of it: what scores would be without the rule.
  private struct Silent: SuggestionStrategy {
    static let descriptor = StrategyDescriptor(
      name: "silent", version: "1", summary: "By heart.", meantFor: .peak, source: "this test")

    func suggestion(for curve: LossCurve, in context: SuggestionContext) -> Suggestion {
      Declared().suggestion(for: curve, in: context)
    }
  }

  /// Rates from 1e-7 to 1e2, the loss two thirds of a decade's distance from the best, with two seeds; two range tests.
  private static var lines: [String] {
    families.flatMap { family -> [String] in
      let task = SampleLines.task.replacing("letter", with: family.name)
      let outcomes = (-7...2).flatMap { place in
        [0, 1].map { seed -> String in
          let loss = 0.3 + Double(abs(place - (best[family.name] ?? 0))) / 3 + Double(seed) / 1000
          return SampleLines.outcome(rate: pow(10, Double(place)), seed: seed, loss: min(loss, 3.2))
        }
      }
      let curves = [1000, 1001].map { seed in
        SampleLines.curve(seed: seed).replacing(/"raw_losses":\[[0-9.]+/) { _ in
          #""raw_losses":[3.30\#(family.fingerprint)"#
        }
      }
      return (outcomes + curves).map { $0.replacing(SampleLines.task, with: task) }
    }
  }

  @Test func `By heart it looks perfect, and left out it is what it is`() throws {
    let folder = try TemporaryFolder()
    let store = try RunStore.open(folder.path + "/store")
    let file = try OutcomesFile(parsing: Array(Self.lines.joined(separator: "\n").utf8), name: "lines")
    _ = try OutcomesImport(file, into: store)
    let choices = [Declared.self as any SuggestionStrategy.Type, Silent.self].map {
      StrategyChoice($0, settings: [], parameters: ParameterValues(), evaluation: .direct)
    }
    let evidence = try StoreEvidence([store], StoreEvidence.Options(strategies: choices))
    let sheet = try Scorer(ScorerSettings(oracle: .plugin, draws: 0)).score(evidence.tables)
    func regret(_ name: String) throws -> Double {
      try #require(sheet.headline.first { sheet.contestants[$0.contestant].name == name }).regret.value
    }
    #expect(try regret("silent") == 0)
    // The best rates are -4, -1, -3 and -2; the means of the others, rounded, -2, -3, -2 and -3 (from -2, -3, -2.33 and
    // -2.67): 2, 2, 1 and 1 decades away, which cost a third each of a range of 3.
    let range = 3.3 - 0.3005
    let expected = (2.0 + 2 + 1 + 1) / 3 / 4 / range
    #expect(abs(try regret("declared") - expected) < 1e-9)
  }

  @Test func `A table in which the fit saw the family is refused, whoever made it`() throws {
    let folder = try TemporaryFolder()
    let store = try RunStore.open(folder.path + "/store")
    let file = try OutcomesFile(parsing: Array(Self.lines.joined(separator: "\n").utf8), name: "lines")
    _ = try OutcomesImport(file, into: store)
    let choice = StrategyChoice(Silent.self, settings: [], parameters: ParameterValues(), evaluation: .direct)
    var tables = try StoreEvidence([store], StoreEvidence.Options(strategies: [choice])).tables
    for index in tables.suggestions.indices { tables.suggestions[index].fittedOn = Declared.fittedFamilies }
    let sheet = try Scorer(ScorerSettings(oracle: .plugin, draws: 0)).score(tables)
    #expect(!sheet.headline.contains { sheet.contestants[$0.contestant].name == "silent" })
    #expect(sheet.exclusions.contains { $0.reason.contains("its fit saw the family letter") })
  }
}
