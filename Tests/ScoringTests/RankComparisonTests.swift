import Testing

@testable import Scoring

struct RankComparisonTests {
  /// Four strategies on 30 families: the critical difference is 2.569 · √(4·5/(6·30)) = 0.856 (Demšar 2006, table 5).
  @Test func `Strategies are sorted, and groups are the longest runs within the critical difference`() {
    let ranks = RankComparison([7, 2, 5, 4], meanRanks: [3.5, 1.5, 2.9, 2.1], families: 30)
    #expect(abs(ranks.nemenyi.criticalDifference - 0.856) < 5e-4)
    #expect(ranks.contestants == [2, 4, 5, 7])
    #expect(ranks.meanRanks == [1.5, 2.1, 2.9, 3.5])
    // 1.5 with 2.1, 2.1 with 2.9, 2.9 with 3.5; no three.
    #expect(ranks.groups == [0...1, 1...2, 2...3])
  }

  @Test func `A run inside another is no group, and one strategy alone is none`() {
    let all = RankComparison([0, 1, 2], meanRanks: [1.9, 2, 2.1], families: 20)
    #expect(all.groups == [0...2])
    let apart = RankComparison([0, 1, 2], meanRanks: [1, 2, 3], families: 100)
    #expect(apart.groups == [])
  }

  @Test func `A sheet ranks its strategies by families`() throws {
    let sheet = try Scorer(ScorerSettings(draws: 0)).score(SampleEvidence().tables)
    let ranks = try #require(sheet.ranks)
    #expect(sheet.contestants[ranks.contestants[0]].name == "near")
    #expect(ranks.nemenyi.units == 9)
    #expect(ranks.meanRanks.reduce(0, +) == 6)
  }
}
