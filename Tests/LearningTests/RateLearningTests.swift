import BalancedStrategy
import Comparison
import CurveModel
import Evidence
import ExperimentStore
import Foundation
import LearnedStrategy
import Scoring
import StrategyKit
import StrategyRegistry
import TestSupport
import Testing

@testable import Learning

/// On the outcomes that come with the toolkit.
@Suite struct RateLearningTests {
  private static func table(
    _ stores: String..., without excluded: Set<String> = [], setting: String? = nil
  ) throws -> ExampleTable {
    let folders = stores.map { GoldenFolders.repositoryRoot.appending(path: "datasets/outcomes/\($0)").path }
    let evidence = try StoreEvidence(
      folders.map { try RunStore.openExisting($0) }, StoreEvidence.Options(strategies: []))
    let scorer = Scorer(
      ScorerSettings(rangeTestSetting: evidence.tables.rangeTests.first?.setting, roles: .any, draws: 0))
    return ExampleTable(evidence, try scorer.score(evidence.tables), without: excluded, setting: setting)
  }

  @Test func `The built-in model is what learning from the shipped outcomes gives`() throws {
    let all = try Self.table("standard", "range-test-lengths", "transfer")
    let built = try #require(LearnedStrategy::LearnedStrategy.model)
    let learned = try RateLearning.model(from: all)
    let table = all.part(fineTuning: false)
    try expectSameTrial(learned, built)
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
      let middle = try #require(table.rangeTests[0].features.halfwayDown)
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

  @Test func `What is the same in all range tests is no input, and rounding decides nothing`() throws {
    let one = try Self.table("standard")
    let densities = one.rangeTests.compactMap { $0.features[.density] }
    let lowest = try #require(densities.min())
    #expect(try #require(densities.max()) - lowest < 1e-9)
    let model = try RateLearning.model(from: one)
    for reading in model.readings {
      for fit in reading.fits {
        #expect(!fit.inputs.map(\.quantity.name).contains("density"))
        #expect(fit.inputs.allSatisfy { abs($0.coefficient) < 20 && $0.lowest < $0.highest })
        #expect(fit.inputs.allSatisfy { ($0.lowest...$0.highest).contains($0.mean) })
      }
    }
    let rows = try AblationStudy(one.only(["digits", "letter", "spam", "vowel"])).rows.map(\.without)
    #expect(rows.contains("promise") && !rows.contains("density"))
  }

  @Test func `Outcomes of optimizers that are not known teach nothing, and it says so`() throws {
    let free = try Self.table("learning-rate-free")
    #expect(!free.rangeTests.isEmpty)
    #expect(throws: LearningError.noKnownOptimizer) { try RateLearning.model(from: free) }
  }

  @Test func `Trained weights alone teach nothing, and two families of them are no trial`() throws {
    let tuned = try Self.table("transfer")
    #expect(tuned.families.count == 3 && tuned.part(fineTuning: false).tasks.isEmpty)
    #expect(throws: LearningError.trainedWeightsAlone(tuned.tasks.count)) {
      try RateLearning.model(from: tuned)
    }
    let model = try #require(LearnedStrategy::LearnedStrategy.model)
    #expect(FineTuningTrial(model, on: tuned) != nil)
    #expect(FineTuningTrial(model, on: tuned.only(["digits", "mnist"])) == nil)
    // Losses alone were not tried, so no answer by them is a good one.
    var lossesAlone = model
    lossesAlone.readings.removeFirst()
    #expect(FineTuningTrial(lossesAlone, on: tuned) == nil)
  }

  @Test func `The range without a family is that of the other families' good answers`() throws {
    let tuned = try Self.table("transfer")
    let model = try #require(LearnedStrategy::LearnedStrategy.model)
    let trial = try #require(FineTuningTrial(model, on: tuned))
    for family in tuned.families {
      let others = tuned.only(Set(tuned.families).subtracting([family]))
      let promises = others.rangeTests.compactMap { $0.features[.promise] }
      let range = try #require(trial.coverages.first { $0.leftOut == family }?.ranges.first)
      #expect(promises.contains(range.lowest) && promises.contains(range.highest), "\(family)")
    }
  }

  /// What the built-in model says of fine-tuning is what trying it on the shipped outcomes gives.
  private func expectSameTrial(_ learned: RateModel, _ built: RateModel) throws {
    let (one, other) = (try #require(learned.fineTuning), try #require(built.fineTuning))
    #expect(one.families == other.families && one.tasks == other.tasks && one.rangeTests == other.rangeTests)
    // An answer near the limit of what is good may be on the other side on another processor.
    #expect(abs(one.good - other.good) <= 1)
    #expect(Double(one.good) > 0.9 * Double(one.rangeTests))
    #expect(one.coverages.map(\.leftOut) == [nil] + one.families.map(Optional.some))
    #expect(other.coverages.map(\.leftOut) == one.coverages.map(\.leftOut))
    for (coverage, kept) in zip(one.coverages, other.coverages) {
      #expect(coverage.ranges.map(\.feature) == [.promise] && kept.ranges.map(\.feature) == [.promise])
      for (range, keptRange) in zip(coverage.ranges, kept.ranges) {
        #expect(abs(range.lowest - keptRange.lowest) < 0.02 && abs(range.highest - keptRange.highest) < 0.02)
      }
    }
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

  @Test func `Halves of the families share none, and learning from one helps with the other`() throws {
    let table = try Self.table("standard")
    for seed in 0..<20 as Range<UInt64> {
      let halves = HalvesRegret.halves(of: table, seed)
      #expect(halves[0].isDisjoint(with: halves[1]))
      #expect(halves[0].union(halves[1]).sorted() == table.families)
      #expect(halves.map(\.count) == [8, 8])
      #expect(table.only(halves[0]).families == halves[0].sorted())
    }
    let study = try HalvesRegret(table, divisions: 2)
    #expect(study.rows.map(\.strategy) == ["learned", "learned", "balanced", "balanced"])
    for row in study.rows {
      #expect(row.regret < 0.15 && row.range.contains(row.regret), "\(row.strategy) \(row.role)")
    }
  }

  @Test func `Without its inputs of gradients and weights the model is worse`() throws {
    let rows = try AblationStudy(Self.table("standard")).rows
    let whole = try #require(rows.first)
    let bare = try #require(rows.last)
    #expect(whole.without.isEmpty && bare.without == "gradients and weights")
    for (better, worse) in [(whole.peak, bare.peak), (whole.constant, bare.constant)] {
      #expect(try #require(better).regret < #require(worse).regret)
    }
  }

  @Test func `Repeated range tests are read at the median of their answers`() throws {
    let folder = GoldenFolders.repositoryRoot.appending(path: "datasets/outcomes/quick").path
    let min10 = try StrategyCatalog.builtIn.strategy(named: "min10")
    let choice = StrategyChoice(
      min10, settings: [], parameters: try ParameterValues([], for: min10.descriptor),
      evaluation: .interpolated)
    let evidence = try StoreEvidence(
      [RunStore.openExisting(folder)], StoreEvidence.Options(strategies: [choice]))
    let sheet = try Scorer(ScorerSettings(roles: .any, draws: 0)).score(evidence.tables)
    let row = try #require(RepeatedRangeTests(sheet).rows.first)
    var medians: [Double] = []
    for study in sheet.studies where study.isInformative {
      let rates = sheet.tables.suggestions.compactMap { row -> Double? in
        guard row.task == study.task, case .rate(let rate) = row.answer else { return nil }
        return rate.log10
      }
      guard rates.count >= 3 else { continue }
      // Of an odd number the one in the middle, of an even number half-way between the two.
      let sorted = rates.sorted()
      let upper = sorted[sorted.count / 2]
      let median = sorted.count % 2 == 1 ? upper : (upper + sorted[sorted.count / 2 - 1]) / 2
      medians.append(RegretTable.regret(of: RegretCurve(study), at: median))
    }
    #expect(row.strategy == "min10" && row.tasks == medians.count)
    #expect(abs(row.median - medians.reduce(0, +) / Double(medians.count)) < 1e-12)
    #expect(row.single > 0)
  }

  @Test func `Two families are too few`() throws {
    let table = try Self.table("quick")
    #expect(throws: LearningError.self) { try RateLearning.model(from: table) }
  }
}
