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

  private func quick() throws -> Comparison {
    let file = Self.root.appendingPathComponent("comparisons/quick.yaml")
    return try Comparison(parsing: [UInt8](Data(contentsOf: file)), path: file.path)
  }

  /// A copy, because reading a store writes its index.
  private func withStore(_ body: (String) throws -> Void) throws {
    let copy = FileManager.default.temporaryDirectory.appendingPathComponent("outcomes-\(UUID().uuidString)")
    try FileManager.default.copyItem(
      at: Self.root.appendingPathComponent("datasets/outcomes/quick"), to: copy)
    defer { try? FileManager.default.removeItem(at: copy) }
    try body(copy.path)
  }

  @Test func `Nothing of the quick comparison is missing`() throws {
    try withStore { path in
      let comparison = try quick()
      let knowledge = try StoreKnowledge(path, comparison.strategies, creates: false)
      for task in comparison.tasks {
        let needs = try TaskPlanner(task, of: comparison).needs(knowledge)
        #expect(needs.isComplete, "\(task.title)")
      }
    }
  }

  @Test func `Runs that are done again give the shipped records, on the same instruction set`() throws {
    try withStore { path in
      let store = try RunStore.openExisting(path)
      let performer = RunPerformer(
        folders: DataFolders(paths: [Self.root.appendingPathComponent("datasets").path]), surroundings: [])
      var compared = 0
      for task in try quick().tasks where task.dataset == "digits" {
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
