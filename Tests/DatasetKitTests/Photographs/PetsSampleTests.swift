import Foundation
import TestSupport
import Testing

@testable import DatasetKit

/// The photographs beside the project; read only, never copied.
private enum PetsSample {
  static let folder = GoldenFolders.repositoryRoot.deletingLastPathComponent()
    .appending(path: "shared/datasets/oxford-pets-sample").path
  static let isHere = FileManager.default.fileExists(atPath: folder)
}

@Suite(
  "The photographs beside the project",
  .enabled(if: PetsSample.isHere, "../shared/datasets/oxford-pets-sample is not here"))
struct PetsSampleTests {
  private func load(_ labels: LabelRule, split: UInt64 = 0) throws -> Dataset {
    try Dataset.load(
      PetsSample.folder, from: DataFolders(paths: []),
      photographs: PhotographOptions(labels: labels, strata: .breed, side: 32, splitSeed: split))
  }

  @Test func `Every split has eight to train and two to validate of each breed`() throws {
    var held: [[String]] = []
    for seed in 0..<5 as Range<UInt64> {
      let data = try load(.breed, split: seed)
      #expect(data.skipped == [] && data.outputCount == 37 && data.train.count == 296)
      for breed in 0..<37 as Range<Int32> {
        #expect(data.train.labels.count { $0 == breed } == 8)
        #expect(data.validation.labels.count { $0 == breed } == 2)
      }
      #expect(Set(data.train.paths).isDisjoint(with: data.validation.paths))
      held.append(data.validation.paths)
    }
    #expect(Set(held).count == 5)
  }

  @Test func `Cats and dogs are told by the capital initial, as by their folders`() throws {
    let data = try load(.capitalInitial)
    #expect(data.classNames == ["cat", "dog"])
    #expect(data.train.labels.count { $0 == 0 } == 96 && data.validation.labels.count { $0 == 0 } == 24)
    let folders = try load(.parentFolder)
    #expect(folders.classNames == ["cats", "dogs"] && folders.train.labels == data.train.labels)
    #expect(data.validation.paths == folders.validation.paths)
    #expect(try load(.breed).classNames == Dataset.entry(named: "pets-breeds").classNames)
  }
}
