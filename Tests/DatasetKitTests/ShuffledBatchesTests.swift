import DatasetKit
import Testing
import TrainingEngine

@Suite("Batches")
struct ShuffledBatchesTests {
  private static let samples: Samples? = try? Digits.samples(from: TemporaryData.shipped)

  private static func batches(_ source: inout ShuffledBatches, _ count: Int) -> [Batch] {
    var batch = Batch(capacity: source.batchSize, inputCount: 64)
    return (0..<count).map { _ in
      source.next(into: &batch)
      return batch
    }
  }

  @Test("an epoch visits every sample at most once, with its own label")
  func epoch() throws {
    let samples = try #require(Self.samples)
    var known: [[Float]: Int32] = [:]
    for index in 0..<samples.count { known[samples.inputs(of: index)] = samples.labels[index] }
    var source = ShuffledBatches(samples, batchSize: 100, seed: 1)
    var seen: Set<[Float]> = []
    for batch in Self.batches(&source, 17) {
      #expect(batch.count == 100)
      for row in 0..<batch.count {
        let inputs = Array(batch.inputs[row * 64..<(row + 1) * 64])
        #expect(known[inputs] == batch.labels[row])
        seen.insert(inputs)
      }
    }
    // All digits differ, so 17 batches of one epoch are 1,700 pictures.
    #expect(known.count == 1797 && seen.count == 1700)
  }

  @Test("epochs differ, seeds differ, and a copy goes on with the same batches")
  func order() throws {
    let samples = try #require(Self.samples)
    var source = ShuffledBatches(samples, batchSize: 600, seed: 1)
    var same = ShuffledBatches(samples, batchSize: 600, seed: 1)
    var other = ShuffledBatches(samples, batchSize: 600, seed: 2)
    let first = Self.batches(&source, 2)
    #expect(first == Self.batches(&same, 2))
    #expect(first != Self.batches(&other, 2))
    var copy = source
    let second = Self.batches(&source, 5)
    #expect(second == Self.batches(&copy, 5))
    #expect(Array(second.prefix(2)) != first)
  }

  @Test("a set smaller than a batch is one batch")
  func smallSet() throws {
    let samples = try #require(Self.samples)
    var source = ShuffledBatches(samples, batchSize: 5000, seed: 1)
    var batch = Batch(capacity: 5000, inputCount: 64)
    source.next(into: &batch)
    #expect(batch.count == 1797)
    #expect(batch.labels.prefix(1797).sorted() == samples.labels.sorted())
  }

  @Test("all samples in order, the last batch smaller")
  func inOrder() throws {
    let samples = try #require(Self.samples)
    var labels: [Int32] = []
    var counts: [Int] = []
    samples.forEachBatch(of: 500) { batch in
      labels += batch.labels.prefix(batch.count)
      counts.append(batch.count)
    }
    #expect(labels == samples.labels && counts == [500, 500, 500, 297])
  }
}
