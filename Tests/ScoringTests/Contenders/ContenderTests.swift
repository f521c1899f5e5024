import Testing

@testable import Scoring

/// Regrets across optimizers, reckoned by hand.
///
/// On the first problem the best is Adam's 0.5, so that regrets are shares of 1.5; on the second Prodigy's 0.4 and 1.6.
struct ContenderTests {
  @Test func `Regret is measured from the best oracle of any optimizer`() throws {
    let sheet = try ContenderSample().sheet()
    #expect(sheet.problemCount == 2 && sheet.familyCount == 2)
    #expect(sheet.problems.map(\.best) == [0.5, 0.4] && sheet.problems.map(\.untrained) == [2, 2])
    #expect(sheet.problems.map(\.bestOptimizer) == ["adam", "prodigy"])
    #expect(near(sheet.row("adam: best rate")?.regret.value, (0 + 0.1 / 1.6) / 2))
    #expect(near(sheet.row("prodigy: rate 1")?.regret.value, (0.1 / 1.5 + 0) / 2))
    #expect(near(sheet.row("prodigy: best rate")?.regret.value, (0.1 / 1.5 + 0) / 2))
    // On the second problem both suggestions diverge.
    let suggested = try #require(sheet.row("adam: s"))
    #expect(near(suggested.regret.value, (0.04 / 1.5 / 2 + 1) / 2))
    #expect(suggested.failureRate.value == 0.5 && sheet.row("prodigy: rate 1")?.failureRate.value == 0)
    #expect(near(sheet.row("adam: best constant (left out)")?.regret.value, 0.1 / 1.6 / 2))
    #expect(sheet.rows.map(\.regret.value) == sheet.rows.map(\.regret.value).sorted())
    // Optimizers that find their rate have no strategies, those that need one no rate 1.
    #expect(sheet.rows.count == 5 && sheet.rows.allSatisfy { $0.regret.interval == nil })
  }

  @Test func `Differences are taken to the reference`() throws {
    let sheet = try ContenderSample().sheet(ContenderChoice(reference: "prodigy: rate 1"))
    #expect(sheet.contenders[sheet.reference].name == "prodigy: rate 1")
    #expect(sheet.row("prodigy: rate 1")?.difference.value == 0)
    #expect(near(sheet.row("adam: best rate")?.difference.value, (0.1 / 1.6 - 0.1 / 1.5) / 2))
    #expect(throws: ScoringError.self) { try ContenderSample().sheet(ContenderChoice(reference: "dog")) }
  }

  /// One problem of three has a third optimizer, and one of them lacks Prodigy.
  @Test func `Problems count on which all contenders have a score`() throws {
    var third = ContenderSample.adams
    third.losses += [("sgd", 1e-2, 1.0, 0.7), ("sgd", 1e-1, 0.9, 0.45), ("sgd", 1, 1.0, 0.8)]
    var alone = ContenderSample.adams
    alone.losses.removeAll { $0.optimizer == "prodigy" }
    var sample = ContenderSample()
    sample.sketches += [third, alone]
    let sheet = try sample.sheet()
    #expect(sheet.problemCount == 3 && sheet.row("sgd: best rate") == nil)
    // SGD is left out, its oracle is still the best there is.
    #expect(sheet.problems[2].best == 0.45 && sheet.problems[2].bestOptimizer == "sgd")
    let reasons = sheet.exclusions.map(\.description)
    #expect(reasons.contains("sgd: best rate: it has a score on 1 of 3 problems"))
    #expect(reasons.contains { $0.hasSuffix("fewer than two optimizers were run on it") })
    // Whoever asks for it gets the one problem.
    let asked = try sample.sheet(ContenderChoice(fewestShare: 0))
    #expect(asked.problemCount == 1 && asked.row("sgd: best rate")?.regret.value == 0)
    #expect(asked.problems.map(\.isCounted) == [false, false, true])
  }

  @Test func `What cannot be compared is an error or listed`() throws {
    var other = ContenderSample()
    other.seeds = [0, 2]
    #expect(throws: ScoringError.noCommonProblem) { try other.sheet() }
    var silent = ContenderSample()
    for place in silent.sketches.indices { silent.sketches[place].suggestions = [nil, nil] }
    let sheet = try silent.sheet()
    #expect(sheet.row("adam: s") == nil)
    #expect(sheet.exclusions.map(\.description).contains("adam: s: it always abstained"))
    #expect(sheet.contenders[sheet.reference].name == "adam: best rate")
    var half = ContenderSample()
    half.sketches[0].suggestions = [nil, 1e-2]
    // Adam's fallback is 1e-3.
    let row = try #require(try half.sheet().row("adam: s"))
    #expect(row.abstentionRate == 0.25 && near(row.regret.value, (0.3 / 1.5 / 2 + 1) / 2))
  }

  @Test func `Eight families and more have intervals, the same for every order of the rows`() throws {
    var sample = ContenderSample()
    sample.sketches = (0..<9).map { $0 % 3 == 0 ? ContenderSample.prodigys : ContenderSample.adams }
    let sheet = try sample.sheet(draws: 500)
    let row = try #require(sheet.row("prodigy: rate 1"))
    #expect(near(row.regret.value, 6 * 0.1 / 1.5 / 9))
    let interval = try #require(row.regret.interval)
    #expect(interval.contains(row.regret.value) && interval.lowerBound < interval.upperBound)
    #expect(row.difference.interval != nil && row.equalTimeRegret?.interval != nil)
    var tables = sample.tables
    tables.outcomes.reverse()
    let turned = try Scorer(ScorerSettings(oracle: .plugin, draws: 500)).compareOptimizers(tables)
    #expect(turned.rows == sheet.rows)
  }
}
