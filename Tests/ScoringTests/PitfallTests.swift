import CurveModel
import Testing

@testable import Scoring

/// Pitfalls of scoring that no other test names (docs/pitfalls.md lists them all).
struct PitfallTests {
  private func headline(_ tables: EvidenceTables, _ name: String) throws -> HeadlineRow {
    let sheet = try Scorer(ScorerSettings(draws: 0)).score(tables)
    return try #require(sheet.headline.first { sheet.contestants[$0.contestant].name == name })
  }

  /// The outcomes at the rate that `low` suggests on the first task, by seed.
  private func places(_ tables: EvidenceTables) -> [Int] {
    let row = tables.suggestions.first { $0.task == 0 && $0.strategy == 1 }
    guard let row, case .rate(let rate) = row.answer else { return [] }
    return tables.outcomes.indices.filter {
      tables.outcomes[$0].task == 0 && tables.outcomes[$0].rate == rate
    }
  }

  @Test func `A training that turns out to diverge keeps its row and never lowers the mean regret`() throws {
    var tables = SampleEvidence().tables
    let before = try headline(tables, "low")
    for place in places(tables) {
      tables.outcomes[place].status = .diverged
      tables.outcomes[place].loss = .nan
      let after = try headline(tables, "low")
      #expect(after.tasks == before.tasks)
      #expect(after.regret.value > before.regret.value)
      #expect(after.failureRate.value > before.failureRate.value)
    }
  }

  @Test func `Three failing seeds of seven are seen in the headline`() throws {
    var sample = SampleEvidence()
    sample.trainingSeeds = 7
    var tables = sample.tables
    let before = try headline(tables, "low")
    for place in places(tables).prefix(3) {
      tables.outcomes[place].status = .diverged
      tables.outcomes[place].loss = .nan
    }
    let after = try headline(tables, "low")
    // The median seed is as good as before; mean and failure rate are not.
    #expect(after.regret.value > before.regret.value)
    #expect(after.failureRate.value > 0 && before.failureRate.value == 0)
  }

  @Test func `Excess may be negative and is kept, regret is cut off at zero`() throws {
    let tables = SampleEvidence(noise: 0.05).tables
    let sheet = try Scorer(ScorerSettings(draws: 0)).score(tables)
    let scores = sheet.taskScores.filter { $0.contestant == 0 }.flatMap(\.scores)
    let better = scores.filter { $0.excess < 0 }
    #expect(!better.isEmpty)
    #expect(better.allSatisfy { $0.normalisedRegret == 0 })
    #expect(scores.allSatisfy { (0...1).contains($0.normalisedRegret) })
  }
}
