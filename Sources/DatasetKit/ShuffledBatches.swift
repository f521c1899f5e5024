internal import RandomStreams
public import TrainingEngine

/// Training batches without end: every epoch visits the samples in a new random order.
///
/// The order is drawn from the stream `dataOrder` of the seed. What is left of an epoch and does not fill a batch is
/// dropped; a data set smaller than a batch is one batch. A copy goes on with the same batches.
public struct ShuffledBatches: BatchSource {
  /// The number of samples in each batch.
  public let batchSize: Int
  private let samples: Samples
  private var stream: RandomStream
  private var order: [Int]
  private var position = 0

  /// Creates a source at the beginning of its first epoch.
  ///
  /// - Parameters:
  ///   - samples: at least one.
  ///   - batchSize: how many samples a batch has, fewer only where there are not as many.
  ///   - seed: what the order depends on.
  public init(_ samples: Samples, batchSize: Int, seed: UInt64) {
    precondition(batchSize > 0 && samples.count > 0, "batches need a size and samples")
    self.samples = samples
    self.batchSize = min(batchSize, samples.count)
    stream = RandomStream(seed: seed, purpose: .dataOrder)
    order = stream.permutation(of: samples.count)
  }

  /// Overwrites `batch` with the next ``batchSize`` samples.
  public mutating func next(into batch: inout Batch) {
    if position + batchSize > order.count {
      order = stream.permutation(of: samples.count)
      position = 0
    }
    samples.fill(&batch, with: order[position..<position + batchSize])
    position += batchSize
  }
}
