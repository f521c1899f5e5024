import Foundation
import Testing

@testable import Scoring

/// What SciPy, autorank and baycomp say; `scripts/golden/statistics.py` wrote it.
struct GoldenStatisticsTests {
  private struct Golden: Decodable {
    struct SignedRank: Decodable {
      let differences: [Double]
      let p: Double
      let method: String
    }
    struct Friedman: Decodable {
      let rows: [[Double]]
      let meanRanks: [Double]
      let chiSquared: Double
      let statistic: Double?
      let p: Double?
    }
    struct Holm: Decodable {
      let p, adjusted: [Double]
    }
    struct Bayes: Decodable {
      let differences: [Double]
      let rope, below, within, above: Double
    }
    struct Nemenyi: Decodable {
      let units, contestants: Int
      let rows: [[Double]]
      let q, criticalDifference: Double
      let meanRanks: [Double]
    }
    let bayes: [Bayes]
    let nemenyi: [Nemenyi]
    let signedRank: [SignedRank]
    let friedman: [Friedman]
    let holm: [Holm]
  }

  private let golden: Golden

  init() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fixtures/statistics.json")
    golden = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: file))
  }

  private func agree(_ found: Double, _ expected: Double) -> Bool {
    abs(found - expected) <= 1e-9 * max(1e-3, abs(expected))
  }

  @Test func `signed-rank p-values agree, exact and approximate, with zeros and ties`() {
    #expect(Set(golden.signedRank.map(\.method)).count == 3)
    for test in golden.signedRank {
      let found = SignedRankTest(test.differences)
      #expect(agree(found.pValue, test.p), "\(test.method), \(test.differences.count) differences")
      #expect(found.isExact == (test.method != "scipy approx"), "\(test.differences.count)")
    }
  }

  @Test func `Bayesian signed-rank probabilities agree within what drawing leaves open`() {
    #expect(golden.bayes.count == 20)
    for test in golden.bayes {
      let weights = BayesianSignedRankTest.Weights(units: test.differences.count, draws: 20_000, seed: 7)
      let found = BayesianSignedRankTest(test.differences, equivalence: test.rope, weights)
      // Five standard deviations of a share of one half of 20,000 draws, and of baycomp's 200,000.
      let slack = 5 * (0.25 / 20_000 + 0.25 / 200_000).squareRoot()
      let distances = [found.below - test.below, found.within - test.within, found.above - test.above]
      #expect(distances.allSatisfy { abs($0) <= slack }, "\(distances) of \(test.differences.count)")
      #expect(abs(found.below + found.within + found.above - 1) < 1e-12)
    }
  }

  @Test func `Nemenyi's critical difference and mean ranks agree, with ties`() throws {
    #expect(golden.nemenyi.count == 8)
    for test in golden.nemenyi {
      let found = NemenyiTest(contestants: test.contestants, units: test.units)
      // autorank reads quantiles of many contestants from a table of three decimals.
      #expect(abs(found.criticalDifference - test.criticalDifference) < 1e-4 * test.criticalDifference)
      #expect(abs(NemenyiTest.quantile(contestants: test.contestants, level: 0.05) - test.q) < 1e-5)
      let observations = test.rows.enumerated().map { UnitTable.Observation(unit: "\($0)", values: $1) }
      let ranks = try #require(UnitTable.averaging(observations).flatMap { FriedmanTest($0) }).meanRanks
      #expect(zip(ranks, test.meanRanks).allSatisfy { agree($0, $1) })
    }
  }

  /// The scoring reference's table of section 7, in ranks.
  @Test(arguments: [
    (5, [1.93, 1.36, 0.96, 0.61]), (8, [3.32, 2.35, 1.66, 1.05]), (12, [5.27, 3.73, 2.63, 1.67]),
    (20, [9.38, 6.63, 4.69, 2.96]),
  ])
  func `The power table is the published one`(_ contestants: Int, _ published: [Double]) {
    for (units, value) in zip([10, 20, 40, 100], published) {
      let found = NemenyiTest(contestants: contestants, units: units).criticalDifference
      #expect(abs(found - value) < 0.006)
    }
  }

  @Test func `Friedman tests agree, with ties`() throws {
    for test in golden.friedman {
      let observations = test.rows.enumerated().map { UnitTable.Observation(unit: "\($0)", values: $1) }
      let table = try #require(UnitTable.averaging(observations))
      let found = try #require(FriedmanTest(table))
      #expect(zip(found.meanRanks, test.meanRanks).allSatisfy { agree($0, $1) })
      #expect(agree(found.chiSquared, test.chiSquared))
      if let statistic = test.statistic, let p = test.p {
        #expect(agree(found.statistic, statistic) && agree(found.pValue, p))
      } else {
        #expect(found.statistic == .infinity && found.pValue == 0)
      }
    }
  }

  @Test func `Holm's adjustment agrees`() {
    for test in golden.holm {
      #expect(zip(HolmAdjustment.adjusted(test.p), test.adjusted).allSatisfy { agree($0, $1) })
    }
  }

  @Test func `contestants and units in another order change nothing`() throws {
    let rows = golden.friedman[6].rows
    func test(_ rows: [[Double]]) throws -> FriedmanTest {
      let observations = rows.enumerated().map { UnitTable.Observation(unit: "\($0)", values: $1) }
      let table = try #require(UnitTable.averaging(observations))
      return try #require(FriedmanTest(table))
    }
    let (plain, turned) = (try test(rows), try test(rows.reversed().map { $0.reversed() }))
    #expect(agree(plain.pValue, turned.pValue))
    #expect(zip(plain.meanRanks, turned.meanRanks.reversed()).allSatisfy { agree($0, $1) })
  }

  @Test func `a table averages the observations of a unit and refuses what is no number`() throws {
    let observations: [UnitTable.Observation] = [
      .init(unit: "b", values: [1, 2]), .init(unit: "a", values: [5, 5]), .init(unit: "b", values: [3, 6]),
    ]
    let table = try #require(UnitTable.averaging(observations))
    #expect(table.rows == [[2, 4], [5, 5]])
    #expect(table.differences(0, 1) == [-2, 0])
    #expect(UnitTable.averaging([.init(unit: "a", values: [.nan])]) == nil)
    #expect(UnitTable.averaging([.init(unit: "a", values: [1]), .init(unit: "a", values: [1, 2])]) == nil)
  }
}
