import BalancedStrategy
import Comparison
import CurveModel
import Evidence
import ExperimentStore
import Foundation
import LearnedStrategy
import Scoring
import StrategyKit
import TestSupport
import Testing

@testable import Learning

/// On the outcomes that come with the toolkit.
@Suite struct RateLearningTests {
  private static func table(_ store: String, without excluded: Set<String> = []) throws -> ExampleTable {
    let folder = GoldenFolders.repositoryRoot.appending(path: "datasets/outcomes/\(store)").path
    let evidence = try StoreEvidence([RunStore.openExisting(folder)], StoreEvidence.Options(strategies: []))
    let sheet = try Scorer(ScorerSettings(roles: .any, draws: 0)).score(evidence.tables)
    return ExampleTable(evidence, sheet, without: excluded)
  }

  @Test func `The built-in model is what learning from the shipped outcomes gives`() throws {
    let table = try Self.table("standard")
    let built = try #require(LearnedStrategy::LearnedStrategy.model)
    let learned = try RateLearning.model(from: table)
    #expect(learned.families == built.families)
    #expect(learned.tasks == built.tasks)
    #expect(learned.rangeTests == built.rangeTests)
    for (one, other) in zip(learned.readings, built.readings) {
      for (fit, kept) in zip(one.fits, other.fits) {
        for (input, keptInput) in zip(fit.inputs, kept.inputs) {
          #expect(input.quantity == keptInput.quantity)
          // BFGS ends where it no longer gets lower: the last digits depend on the processor.
          #expect(
            abs(input.coefficient - keptInput.coefficient) < 0.02 * max(1, abs(keptInput.coefficient)),
            "\(fit.leftOut ?? "all"): \(input.quantity.name)")
        }
      }
    }
    // What the factors of balanced are calibrated to, within a step.
    let factors = BalancedCalibration.all(table)
    #expect(factors.count == table.families.count + 1)
    for row in factors {
      let context = { (use: IntendedUse) in SuggestionContext(use: use) }
      let curve = table.rangeTests[0].curve
      let middle = try #require(table.rangeTests[0].features.secondQuarterOfFall)
      for (use, decades) in [(IntendedUse.peak, row.peak), (.constant, row.constant)] {
        let answer = try BalancedStrategy::BalancedStrategy().suggestion(
          for: curve, in: context(use), leavingOut: row.leftOut ?? "none")
        guard case .rate(let rate) = answer else { continue }
        #expect(abs(log10(rate.learningRate) - middle - decades) < 0.051, "\(row.leftOut ?? "all"), \(use)")
      }
    }
    // Each family judged by the fit without it: far better than any constant.
    let means = LeaveOneOutRegret(learned, table).rows.filter { $0.family == nil }
    #expect(means.count == 2)
    for row in means { #expect(row.mean.regret < 0.04, "\(row.role)") }
  }

  @Test func `A family that is left out leaves no trace: the fit is that of outcomes without it`() throws {
    let whole = try RateLearning.model(from: Self.table("standard"))
    let without = try RateLearning.model(from: Self.table("standard", without: ["letter"]))
    #expect(!without.families.contains("letter"))
    for (one, other) in zip(whole.readings, without.readings) {
      let leftOut = try #require(one.fits.first { $0.leftOut == "letter" })
      let never = try #require(other.fits.first)
      #expect(leftOut.inputs == never.inputs)
      #expect(leftOut.intercept == never.intercept)
      #expect((leftOut.below, leftOut.above) == (never.below, never.above))
    }
  }

  @Test func `Two families are too few`() throws {
    let table = try Self.table("quick")
    #expect(throws: LearningError.self) { try RateLearning.model(from: table) }
  }
}
