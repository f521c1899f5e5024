import CurveModel
import Testing

@testable import Scoring

/// Two tasks so small that every number of the headline can be reckoned on paper.
///
/// Both have the losses 1.5, 0.8, **0.5**, 0.54 at 1e-4, 1e-3, 1e-2, 1e-1, and fail at 1; untrained 2. So the range is 1.5, and
/// the regrets are 2/3, 0.2, 0, 0.04/1.5 and 1.
struct HandCheckedMetricsTests {
  private static let near = 0.04 / 1.5

  /// `s` suggests 1e-2, 1e-1 and 1e-3 on the first task, and 1e-1 twice on the second, where it abstains once (Adam's
  /// fallback is 1e-3); `t` always suggests 1, where training fails.
  private static var tables: EvidenceTables {
    var tables = EvidenceTables()
    tables.strategies = ["s", "t"].map {
      ScoredStrategy(name: $0, version: "1", meantFor: "constant", evaluation: .direct)
    }
    let answers: [[Double?]] = [[0.01, 0.1, 0.001], [0.1, nil, 0.1]]
    for (task, rates) in answers.enumerated() {
      tables.tasks.append(
        TaskDescription(
          key: "task \(task)", labels: [], title: "task \(task)", dataset: "data \(task)",
          family: "family \(task)",
          model: "mlp", optimizer: "adam", schedule: "constant", role: .constant, batchSize: 32,
          steps: 200 * (task + 1)))
      for (rate, loss) in [(1e-4, 1.5), (1e-3, 0.8), (1e-2, 0.5), (1e-1, 0.54), (1, Double.nan)] {
        for seed in 0..<2 {
          tables.outcomes.append(
            OutcomeRow(
              task: task, rate: RateKey(rate), seed: UInt64(seed), status: loss.isNaN ? .diverged : .finished,
              loss: loss, untrainedLoss: 2))
        }
      }
      for (number, rate) in rates.enumerated() {
        let test = tables.rangeTests.count
        tables.rangeTests.append(
          RangeTestRow(task: task, seed: UInt64(1000 + number), setting: "100 steps", steps: 100))
        let answer: SuggestionRow.Answer =
          rate.map { .rate(RateKey($0)) } ?? .abstained(cause: "flat", reason: "nothing falls")
        tables.suggestions.append(SuggestionRow(task: task, strategy: 0, rangeTest: test, answer: answer))
        tables.suggestions.append(
          SuggestionRow(task: task, strategy: 1, rangeTest: test, answer: .rate(RateKey(1))))
      }
    }
    return tables
  }

  private let sheet: ScoreSheet

  init() throws {
    sheet = try Scorer(ScorerSettings(oracle: .plugin, draws: 0)).score(Self.tables)
  }

  private func row(_ name: String) throws -> HeadlineRow {
    try #require(sheet.headline.first { sheet.contestants[$0.contestant].name == name })
  }

  @Test func `What the grid says`() throws {
    let study = try #require(sheet.studies.first)
    #expect(study.oracle.value == 0.5 && study.oracle.log10Rate == -2 && !study.oracle.isAtEdge)
    #expect(study.cliff == RateKey(1))
    // 1 %: up to 0.515, 1e-2 alone; 5 %: up to 0.575, with 1e-1; 10 %: up to 0.65, the same.
    #expect(study.indifference.map(\.lowest) == [-2, -2, -2])
    #expect(study.indifference.map(\.highest) == [-2, -1, -1])
    #expect(study.indifference.map(\.width) == [0, 1, 1])
    #expect(study.noise.standardDeviation == 0 && study.isInformative)
  }

  @Test func `Regret, its interquartile mean, and the excess in units of the loss`() throws {
    // (0 + 0.04/1.5 + 0.2) / 3 and (2 · 0.04/1.5 + 0.2) / 3.
    let means = [(Self.near + 0.2) / 3, (2 * Self.near + 0.2) / 3]
    let row = try row("s")
    #expect(abs(row.regret.value - (means[0] + means[1]) / 2) < 1e-12)
    #expect(abs(row.interquartileRegret.value - (means[0] + means[1]) / 2) < 1e-12)
    let excess = sheet.taskScores.first { $0.contestant == 0 && $0.task == 0 }?.scores.map(\.excess) ?? []
    #expect(zip(excess, [0, 0.04, 0.3]).allSatisfy { abs($0 - $1) < 1e-12 } && excess.count == 3)
    #expect(try self.row("t").regret.value == 1)
  }

  @Test func `Success, failures, abstentions and what was trained`() throws {
    let row = try row("s")
    #expect(abs(row.successAtOnePercent - (1.0 / 3 + 0) / 2) < 1e-12)
    #expect(abs(row.success.value - (2.0 / 3 + 2.0 / 3) / 2) < 1e-12)
    #expect(abs(row.successAtTenPercent - 2.0 / 3) < 1e-12)
    #expect(row.failureRate.value == 0)
    #expect(try self.row("t").failureRate.value == 1)
    #expect(abs(row.abstentionRate - 1.0 / 6) < 1e-12)
    #expect(row.directShare == 1)
  }

  @Test func `Distance, spread and cost`() throws {
    let row = try row("s")
    // On the first task 0, +1 and −1 decades, on the second +1 twice: medians 0 and 1, and 0.5 over both.
    #expect(row.distance == 0.5 && row.signedDistance == 0.5)
    // The quartiles of −3, −2, −1 lie one decade apart; the second task has no spread.
    #expect(row.spread == 0.5)
    #expect(row.wideSpreadShare == 0.5)
    // 100 of 200 steps, and 100 of 400.
    #expect(row.cost == 0.375)
    #expect(try self.row("t").distance == 2)
  }

  @Test func `The profile, and the classes of plateaus`() throws {
    let profile = try #require(sheet.profiles.first { $0.contestant == 0 })
    let means = [(Self.near + 0.2) / 3, (2 * Self.near + 0.2) / 3]
    for (threshold, share) in zip(RegretProfile.thresholds, profile.shares) {
      #expect(share == (threshold < means[0] ? 0 : threshold < means[1] ? 0.5 : 1))
    }
    #expect(sheet.widthClasses.map(\.tasks) == [[], [0, 1], []])
  }

  @Test func `One against the other`() throws {
    let pair = try #require(sheet.pair(0, 1))
    #expect(abs(pair.difference.value - (try row("s").regret.value - 1)) < 1e-12)
    #expect((pair.wins, pair.ties, pair.losses) == (2, 0, 0))
    // Two families: the smallest two-sided p of a signed-rank test is 2/2².
    #expect(pair.pValue == 0.5)
    let turned = try #require(sheet.pair(1, 0))
    #expect((turned.wins, turned.losses) == (0, 2) && turned.difference.value == -pair.difference.value)
  }

  @Test func `Baselines that follow from the grid`() throws {
    // 1e-3 on both tasks; and a rate drawn evenly in log10 between the ends of the grid.
    #expect(abs(try row("constant 1e-3|1e-2").regret.value - 0.2) < 1e-12)
    // The best constant in hindsight is the oracle itself, and so is that chosen on the other family.
    #expect(try row("best constant (hindsight)").regret.value == 0)
    #expect(try row("best constant (left out)").regret.value == 0)
    // Nothing lies between that constant and the best strategy of every task: the gap cannot be said.
    #expect(try row("s").gapClosed == nil)
  }

  /// The second task's losses lie a decade higher, with the best rate at 1e-1; the first strategy always suggests 1e-2, the
  /// second 1e-1.
  ///
  /// The constant chosen on the other task has the regrets 0.04/1.5 and 0.2, the best strategy of every task has none. The
  /// strategies have (0 + 0.2) / 2 and (0.04/1.5 + 0) / 2.
  @Test func `The share of the gap that is closed`() throws {
    var tables = Self.tables
    for place in tables.outcomes.indices where tables.outcomes[place].task == 1 {
      tables.outcomes[place].rate = RateKey(value: tables.outcomes[place].rate.value + RateKey.perDecade)
    }
    for place in tables.suggestions.indices {
      tables.suggestions[place].answer = .rate(RateKey(tables.suggestions[place].strategy == 0 ? 0.01 : 0.1))
    }
    let sheet = try Scorer(ScorerSettings(oracle: .plugin, draws: 0)).score(tables)
    func row(_ name: String) throws -> HeadlineRow {
      try #require(sheet.headline.first { sheet.contestants[$0.contestant].name == name })
    }
    let constant = (Self.near + 0.2) / 2
    #expect(abs(try row("best constant (left out)").regret.value - constant) < 1e-12)
    #expect(abs(try #require(try row("s").gapClosed) - (constant - 0.1) / constant) < 1e-12)
    #expect(abs(try #require(try row("t").gapClosed) - (constant - Self.near / 2) / constant) < 1e-12)
  }
}
