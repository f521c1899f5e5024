import Foundation
import ImageCodec
import Testing
import TrainingEngine

@testable import DatasetKit

@Suite("Batches of photographs")
struct PhotographBatchTests {
  private static let data: Dataset? = {
    guard let photographs = try? DrawnPhotographs() else { return nil }
    try? photographs.add(13, of: "a")
    try? photographs.add(11, of: "b")
    return try? photographs.load(PhotographOptions(side: 16))
  }()

  private func batches(_ source: inout ShuffledBatches, _ samples: Samples, _ count: Int) -> [Batch] {
    var batch = samples.emptyBatch(capacity: source.batchSize)
    return (0..<count).map { _ in
      source.next(into: &batch)
      return batch
    }
  }

  @Test func `Prefetched batches are what one thread decodes, in the same order`() throws {
    let samples = try #require(Self.data).train
    let photographs = try #require(samples.photographs)
    var source = ShuffledBatches(samples, batchSize: 7, seed: 5)
    var views = source
    for batch in batches(&source, samples, 9) {
      let expected = views.nextViews(.cropFlip)
      #expect(Array(batch.labels.prefix(7)) == expected.map { samples.labels[$0.index] })
      #expect(batch.inputs == expected.flatMap { photographs.values(of: $0) })
    }
  }

  @Test func `Copies go on with the same batches, seeds differ, and an epoch shows everything once`() throws {
    let samples = try #require(Self.data).train
    var source = ShuffledBatches(samples, batchSize: 5, seed: 1)
    let first = batches(&source, samples, 3)
    var copy = source
    let second = batches(&source, samples, 5)
    #expect(batches(&copy, samples, 5) == second)
    var same = ShuffledBatches(samples, batchSize: 5, seed: 1)
    #expect(batches(&same, samples, 8) == first + second)
    var other = ShuffledBatches(samples, batchSize: 5, seed: 2)
    #expect(batches(&other, samples, 3) != first)
    var epoch = ShuffledBatches(samples, batchSize: 5, seed: 3)
    let indices = (0..<samples.count / 5).flatMap { _ in epoch.nextViews(.none).map(\.index) }
    #expect(Set(indices).count == samples.count / 5 * 5)
  }

  @Test func `What is changed at random is what was asked for`() throws {
    let samples = try #require(Self.data).train
    func views(_ kind: PhotographOptions.Augmentation) -> [PhotographView] {
      var source = ShuffledBatches(samples, batchSize: 5, seed: 1)
      return (0..<100).flatMap { _ in source.nextViews(kind) }
    }
    let (none, crop, flip) = (views(.none), views(.crop), views(.cropFlip))
    #expect(none.allSatisfy { $0 == PhotographView(middleOf: $0.index) })
    #expect(crop.allSatisfy { !$0.isMirrored } && !crop.contains { $0.crop == .centre })
    #expect(crop.map(\.crop) == flip.map(\.crop) && none.map(\.index) == flip.map(\.index))
    // Of 500 coins 250 ± 67 are heads, at six standard deviations.
    #expect((183...317).contains(flip.count(where: \.isMirrored)))
  }

  @Test func `Held-out photographs are seen whole in the middle, always the same`() throws {
    let samples = try #require(Self.data).validation
    var batch = samples.emptyBatch(capacity: 4)
    samples.fill(&batch, with: [3, 0])
    #expect(batch.count == 2 && Array(batch.inputs.prefix(768)) == samples.inputs(of: 3))
    #expect(Array(batch.inputs[768..<1536]) == samples.inputs(of: 0))
    #expect(samples.picture(of: 0)?.width == 16 && samples.paths.count == samples.count)
  }

  @Test func `A contact sheet has the batch's pictures with their classes`() throws {
    let data = try #require(Self.data)
    let sheet = try #require(ContactSheet(of: data, .training, count: 6, seed: 4))
    var source = ShuffledBatches(data.train, batchSize: 6, seed: 4)
    let views = source.nextViews(.cropFlip)
    #expect(sheet.tiles.map(\.label) == views.map { data.classNames[Int(data.train.labels[$0.index])] })
    let photographs = try #require(data.train.photographs)
    #expect(sheet.tiles.map(\.picture) == views.map { photographs.picture(of: $0) })
    let picture = sheet.picture
    #expect(picture.width == 3 * 22 + 6 && picture.height == 2 * (22 + 15) + 6)
    #expect(picture.width * picture.height >= ContactSheet.pixels(count: 6, side: 16))
    // More than there are is all; digits have no photographs.
    #expect(ContactSheet(of: data, .validation, count: 100)?.tiles.count == data.validation.count)
    #expect(
      try ContactSheet(of: Dataset.load("digits", from: TemporaryData.shipped), .training, count: 2) == nil)
  }
}
