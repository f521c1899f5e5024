import Foundation
import Scoring
import Testing

/// What SciPy says; `scripts/golden/statistics.py` wrote it.
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
