import CurveModel
import DatasetKit
import ExperimentStore
import Foundation
import NumericKernels
import Testing

@testable import Comparison

/// The outcomes in `datasets/outcomes`, which everybody replays.
struct ShippedOutcomesTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// A copy, because reading a store writes its index.
  private func withStore(_ name: String, _ body: (String) throws -> Void) throws {
    let copy = FileManager.default.temporaryDirectory.appendingPathComponent("outcomes-\(UUID().uuidString)")
    try FileManager.default.copyItem(
      at: Self.root.appendingPathComponent("datasets/outcomes/\(name)"), to: copy)
    defer { try? FileManager.default.removeItem(at: copy) }
    try body(copy.path)
  }

  /// Strategies named by `all` are left out: a new one may need trainings that nobody has made yet.
  @Test(arguments: [("quick", 8), ("standard", 8), ("further", 8), ("transfer", 4)])
  func `Nothing of a shipped comparison is missing`(_ name: String, _ trained: Int) throws {
    try withStore(name) { path in
      let all = try SampleFile.shipped(name)
      let named = Comparison(
        name: all.name, tasks: all.tasks, rangeTests: all.rangeTests, grid: all.grid, seeds: all.seeds,
        strategies: all.strategies.filter { $0.evaluation == .direct })
      #expect(named.strategies.count >= trained)
      let knowledge = try StoreKnowledge(path, named.strategies, creates: false)
      for task in named.tasks {
        let needs = try TaskPlanner(task, of: named).needs(knowledge)
        #expect(needs.isComplete, "\(task.title)")
      }
    }
  }

  @Test(arguments: [("standard", "range-test-lengths"), ("further", "further-lengths")])
  func `Nothing of the range tests of other lengths is missing beside the outcomes`(
    _ outcomes: String, _ lengths: String
  ) throws {
    let tests = "datasets/outcomes/\(lengths)/records/runs.jsonl.gz"
    try withStore(outcomes) { path in
      try FileManager.default.copyItem(
        at: Self.root.appendingPathComponent(tests),
        to: URL(filePath: path).appendingPathComponent("records/range-test-lengths.jsonl.gz"))
      let all = try SampleFile.shipped(lengths)
      #expect(all.rangeTests.map(\.iterations) == [100, 50, 300])
      let recorded = Comparison(
        name: all.name, tasks: all.tasks, rangeTests: all.rangeTests, grid: all.grid, seeds: all.seeds,
        strategies: [])
      let knowledge = try StoreKnowledge(path, [], creates: false)
      for task in recorded.tasks {
        #expect(try TaskPlanner(task, of: recorded).needs(knowledge).isComplete, "\(task.title)")
      }
    }
  }

  @Test func `Runs that are done again give the shipped records, on the same instruction set`() throws {
    try withStore("quick") { path in
      let store = try RunStore.openExisting(path)
      let performer = RunPerformer(
        folders: DataFolders(paths: [Self.root.appendingPathComponent("datasets").path]), surroundings: [])
      var compared = 0
      for task in try SampleFile.shipped("quick").tasks where task.dataset == "digits" {
        let factory = RunFactory(task)
        for run in [
          factory.run(.rangeTest(RangeTestSettings()), seed: 1000),
          factory.run(.training(RateKey(0.01)), seed: 1),
        ] {
          guard let shipped = try store.record(run.id) else { continue }
          let versions = shipped.measured.first { $0.name == "versions" }?.value
          guard versions?["instructionSet"] == .string(InstructionSet.inUse),
            versions?["openblasCore"] == .string(BLAS.configuration.coreName)
          else { continue }
          let again = try #require(try performer.record(of: run, isCancelled: { false }))
          #expect(again.canonicalLine == shipped.canonicalLine, "\(task.title)")
          compared += 1
        }
      }
      if compared == 0 { print("skipped: the outcomes were made on another instruction set") }
    }
  }
}
