import Comparison
import CurveModel
import ExperimentStore
import Foundation
import Scoring
import StrategyKit
import StrategyRegistry
import Testing

@testable import Evidence

struct StoreEvidenceTests {
  private static func choices(_ names: [String]) throws -> [StrategyChoice] {
    try names.map {
      StrategyChoice(
        try StrategyCatalog.builtIn.strategy(named: $0), settings: [], parameters: ParameterValues(),
        evaluation: .interpolated)
    }
  }

  private static func store(_ lines: [String], in folder: TemporaryFolder, _ name: String = "store") throws
    -> RunStore
  {
    let store = try RunStore.open("\(folder.path)/\(name)")
    _ = try OutcomesImport(
      try OutcomesFile(parsing: Array(lines.joined(separator: "\n").utf8), name: "lines"), into: store)
    return store
  }

  @Test func `An imported store gives tasks, outcomes, range tests and suggestions, whatever the order`()
    throws
  {
    let folder = try TemporaryFolder()
    let options = StoreEvidence.Options(strategies: try Self.choices(["steepest", "fastai-valley"]))
    let evidence = try StoreEvidence([try Self.store(SampleLines.whole, in: folder)], options)
    let tables = evidence.tables
    #expect(tables.tasks.count == 1)
    #expect(tables.tasks[0].family == "letter")
    #expect(tables.tasks[0].role == .peak)
    #expect(
      tables.outcomes.map(\.rate.value) == [-40000, -40000, -30000, -30000, -20000, -20000, -10000, -10000])
    #expect(tables.outcomes.map(\.seed) == [0, 1, 0, 1, 0, 1, 0, 1])
    #expect(tables.rangeTests.map(\.seed) == [1000, 1001])
    #expect(tables.suggestions.count == 4)
    let turned = try StoreEvidence(
      [try Self.store(SampleLines.whole.reversed(), in: folder, "turned")], options)
    #expect("\(turned.tables)" == "\(tables)")
  }

  @Test func `A remembered answer is the answer, with its reason`() throws {
    let folder = try TemporaryFolder()
    let flat = SampleLines.curve().replacing(/"raw_losses":\[[^\]]*\]/) { _ in
      #""raw_losses":[\#(Array(repeating: "1", count: 60).joined(separator: ","))]"#
    }
    let store = try Self.store(SampleLines.whole.dropLast(2) + [flat], in: folder)
    let options = StoreEvidence.Options(strategies: try Self.choices(["steepest", "slide", "fastai-steep"]))
    let first = try StoreEvidence([store], options)
    let again = try StoreEvidence([store], options)
    #expect(again.tables.suggestions == first.tables.suggestions)
    let abstentions = first.tables.suggestions.filter {
      if case .abstained(_, let reason) = $0.answer { !reason.isEmpty } else { false }
    }
    #expect(!abstentions.isEmpty)
  }

  @Test func `Rates outside the stored grid, and suggested ones, are not grid`() throws {
    let folder = try TemporaryFolder()
    let suggested = SampleLines.outcome(rate: 0.03, more: #","suggested":true"#)
    let store = try Self.store(SampleLines.whole + [suggested], in: folder)
    let all = try StoreEvidence([store], StoreEvidence.Options(strategies: []))
    #expect(all.tables.outcomes.filter { !$0.isGrid }.map(\.rate) == [RateKey(0.03)])
    // The outcomes say themselves what was only suggested; without that, every rate counts, and that is said.
    #expect(all.notices.isEmpty)
    let silent = try StoreEvidence(
      [try Self.store(SampleLines.whole, in: folder, "silent")], StoreEvidence.Options(strategies: []))
    #expect(silent.notices.contains { $0.contains("every trained rate counts") })
    let key = all.tables.tasks[0].key
    let some = try StoreEvidence(
      [store], StoreEvidence.Options(strategies: [], gridRates: [key: [RateKey(0.001)]]))
    #expect(some.tables.outcomes.filter(\.isGrid).map(\.rate) == [RateKey(0.001), RateKey(0.001)])
  }

  @Test func `Two stores of one run count it once, and are refused where they disagree`() throws {
    let folder = try TemporaryFolder()
    let first = try Self.store(SampleLines.whole, in: folder, "first")
    let second = try Self.store([SampleLines.outcome(rate: 0.5)] + SampleLines.whole, in: folder, "second")
    let options = StoreEvidence.Options(strategies: [])
    #expect(try StoreEvidence([first, second], options).tables.outcomes.count == 9)
    let other = try Self.store([SampleLines.outcome(rate: 0.5, loss: 9)], in: folder, "third")
    #expect(throws: StoreError.self) { try StoreEvidence([second, other], options) }
  }

  @Test func `An empty store is refused`() throws {
    let folder = try TemporaryFolder()
    let store = try Self.store([SampleLines.curve()], in: folder)
    #expect(throws: EvidenceError.noOutcomes(store.path)) {
      try StoreEvidence([store], StoreEvidence.Options(strategies: []))
    }
  }

  @Test func `Every exported file has the columns of the dictionary and cells for each`() throws {
    let folder = try TemporaryFolder()
    let evidence = try StoreEvidence(
      [try Self.store(SampleLines.whole, in: folder)],
      StoreEvidence.Options(strategies: try Self.choices(["steepest"])))
    let tables = EvidenceExport(evidence).tables
    #expect(tables.map(\.count) == [1, 8, 2, 120, 2, 0, 0])
    for table in tables {
      let header = try #require(table.text.split(separator: "\n").first)
      let names = table.columns.map(\.name).joined(separator: ",")
      #expect(header == names)
      for column in table.columns {
        #expect(
          EvidenceExport.dictionary.contains("| `\(column.name)` | \(column.unit) | \(column.meaning) |"))
      }
    }
    let shipped = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("docs/data-dictionary.md")
    let text = try String(contentsOf: shipped, encoding: .utf8)
    #expect(text == EvidenceExport.dictionary)
  }
}
