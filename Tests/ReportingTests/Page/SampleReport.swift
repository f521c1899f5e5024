import CurveModel
import Scoring

@testable import Reporting

/// A report on made-up tasks: parabolas in log10 of the rate with a cliff, three range tests each, and strategies that
/// are near, low, failing, or abstain.
struct SampleReport {
  var tasks = 4
  var title = "Sample"
  /// What every name in it contains.
  var decoration = ""
  /// Without them there are no suggestions.
  var hasRangeTests = true
  /// Whether every rate gives the same but for the noise.
  var isFlat = false

  func content() throws -> ReportContent {
    let tables = tables
    let settings = ScorerSettings(rangeTestSetting: hasRangeTests ? "100 steps" : nil, draws: 100)
    let sheet = try Scorer(settings).score(tables)
    let curves = try sheet.tables.rangeTests.map { test in
      let rates = (0..<60).map { SampleReport.rate(-6 + Double($0) * 0.1) }
      let losses = rates.indices.map {
        $0 > 50 ? Double.infinity : 2.3 - 0.02 * Double($0) + 0.01 * Double(test.seed)
      }
      return try LossCurve(learningRates: rates, rawLosses: losses)
    }
    let rows = tables.strategies.map {
      ReportContent.Sensitivity(strategy: $0.name, change: "thinned", medianShift: 0.12, tests: 5, lost: 1)
    }
    return ReportContent(
      title: title + decoration,
      sections: [
        ReportContent.Section(
          title: "All" + decoration, sheet: sheet, settings: settings, curves: curves, sensitivity: rows)
      ],
      provenance: [ReportContent.Fact("Command", "suggest report" + decoration)],
      notices: ["a notice" + decoration])
  }

  private var tables: EvidenceTables {
    var tables = EvidenceTables()
    tables.strategies = ["near", "low", "failing", "silent"].map {
      ScoredStrategy(name: $0 + decoration, version: "1", meantFor: "constant", evaluation: .direct)
    }
    for task in 0..<tasks {
      tables.tasks.append(
        TaskDescription(
          key: "task \(task)", labels: [], title: "task \(task)" + decoration,
          dataset: "data \(task)" + decoration,
          family: "family \(task)", model: "mlp" + decoration, optimizer: task % 2 == 0 ? "adam" : "sgd",
          schedule: "constant", role: .constant, batchSize: 32, steps: 300))
      let best = -2 + Double(task % 3) / 3
      for place in -6...8 {
        let offset = Double(place) / 3
        for seed in 0..<3 {
          let diverges = offset > 2
          let loss =
            (isFlat ? 2.28 : 0.3 + 0.1 * offset * offset) + 0.004 * Double((place * 7 + seed * 3 + task) % 5)
          tables.outcomes.append(
            OutcomeRow(
              task: task, rate: RateKey(SampleReport.rate(best + offset)), seed: UInt64(seed),
              status: diverges ? .diverged : .finished, loss: diverges ? .nan : loss, untrainedLoss: 2.3))
        }
      }
      for seed in 0..<(hasRangeTests ? 3 : 0) {
        let test = tables.rangeTests.count
        tables.rangeTests.append(
          RangeTestRow(task: task, seed: UInt64(1000 + seed), setting: "100 steps", steps: 100))
        for (strategy, steps) in [Double(seed % 2), -3, 7].enumerated() {
          tables.suggestions.append(
            SuggestionRow(
              task: task, strategy: strategy, rangeTest: test,
              answer: .rate(RateKey(SampleReport.rate(best + steps / 3)))))
        }
        tables.suggestions.append(
          SuggestionRow(
            task: task, strategy: 3, rangeTest: test,
            answer: .abstained(cause: "flat", reason: "nothing falls" + decoration)))
      }
    }
    return tables
  }

  static func rate(_ log10Rate: Double) -> Double {
    RateKey(value: Int((log10Rate * 10_000).rounded())).learningRate
  }
}
