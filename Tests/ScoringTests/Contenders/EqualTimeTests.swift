import Testing

@testable import Scoring

/// Regrets at equal time, reckoned by hand.
///
/// Adam with `s` takes 100 + 200 steps of 1 ms. In 300 ms Prodigy makes 150 of its 200 steps: on the first problem it is
/// at (1.0 + 0.6) / 2 = 0.8, on the second at (0.8 + 0.4) / 2 = 0.6.
struct EqualTimeTests {
  private static let cut = (0.3 / 1.5 + 0.2 / 1.6) / 2

  @Test func `A slower optimizer is read on the way, a faster one gains nothing`() throws {
    let sheet = try ContenderSample().sheet()
    #expect(sheet.contenders[sheet.reference].name == "adam: s" && sheet.timedCount == 2)
    let prodigy = try #require(sheet.row("prodigy: rate 1"))
    #expect(near(prodigy.stepTime, 2) && near(prodigy.time, 4.0 / 3))
    #expect(near(prodigy.equalTimeRegret?.value, Self.cut))
    #expect(near(sheet.row("prodigy: best rate")?.equalTimeRegret?.value, Self.cut))
    let reference = try #require(sheet.row("adam: s"))
    #expect(near(reference.stepTime, 1) && near(reference.time, 1))
    #expect(near(reference.equalTimeRegret?.value, reference.regret.value))
    // Without a range test Adam has time to spare.
    let best = try #require(sheet.row("adam: best rate"))
    #expect(near(best.time, 200.0 / 300) && best.equalTimeRegret?.value == best.regret.value)
    let scores = sheet.scores.filter { sheet.contenders[$0.contender].name == "prodigy: rate 1" }
    #expect(near(scores[0].equalTimeRegret, 0.2) && near(scores[1].equalTimeRegret, 0.125))
  }

  /// Without the range test 100 steps are left for Prodigy; what `s` suggests is cut by the test's own steps.
  @Test func `A range test costs its steps`() throws {
    let sheet = try ContenderSample().sheet(ContenderChoice(reference: "adam: best rate"))
    #expect(near(sheet.row("prodigy: rate 1")?.equalTimeRegret?.value, (0.5 / 1.5 + 0.4 / 1.6) / 2))
    // 100 steps at 1e-2 and at 1e-1; then failures, which are failures all the way.
    #expect(near(sheet.row("adam: s")?.equalTimeRegret?.value, ((0.2 + 0.1) / 1.5 / 2 + 1) / 2))
    #expect(near(sheet.row("adam: s")?.time, 1.5))
  }

  @Test func `Between two rates of the grid, and before the first evaluation`() throws {
    let tables = ContenderSample().tables
    let rows = tables.outcomes.filter { $0.task == 0 }
    let outcomes = try TaskOutcomes(task: 0, rows, outcome: .loss, estimator: .plugin)
    let course = try #require(LossCourse(outcomes, rows, steps: 200))
    let reading = try outcomes.reading(at: SampleEvidence.key(-2.5), .interpolated).get()
    let score = ContenderScore(
      task: 0, SuggestionScore(rate: SampleEvidence.key(-2.5), reading, outcomes.study), isOracle: false)
    // (2 + 1.2) / 2 at 1e-3 and (2 + 0.7) / 2 at 1e-2 after 50 steps.
    #expect(near(course.cut(score, at: 50)?.readings[0].values[0], (1.6 + 1.35) / 2))
    #expect(course.cut(score, at: -1)?.readings[0].values == [2, 2])
    #expect(course.cut(score, at: 200)?.readings == score.readings)
  }

  @Test func `Times on two processors are not compared`() throws {
    var sample = ContenderSample()
    sample.processor = "b"
    let sheet = try sample.sheet()
    #expect(sheet.timedCount == 0)
    #expect(sheet.rows.allSatisfy { $0.stepTime == nil && $0.time == nil && $0.equalTimeRegret == nil })
  }

  @Test func `Trainings that were not evaluated on the way have no equal time`() throws {
    var tables = ContenderSample().tables
    for place in tables.outcomes.indices {
      (tables.outcomes[place].evaluationSteps, tables.outcomes[place].evaluationLosses) = ([], [])
    }
    let sheet = try Scorer(ScorerSettings(oracle: .plugin, draws: 0)).compareOptimizers(tables)
    #expect(sheet.timedCount == 0 && sheet.problemCount == 2)
  }
}
