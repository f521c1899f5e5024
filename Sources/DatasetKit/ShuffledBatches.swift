internal import RandomStreams
public import TrainingEngine

/// Training batches without end: every epoch visits the samples in a new random order.
///
/// The order is drawn from the stream `dataOrder` of the seed. What is left of an epoch and does not fill a batch is
/// dropped; a data set smaller than a batch is one batch. A copy goes on with the same batches.
///
/// Photographs are decoded ahead, two batches at most, on all cores; what is changed in them at random is drawn from the
/// stream `augmentation` of the seed, so that the batches depend on nothing else.
public struct ShuffledBatches: BatchSource {
  /// The number of samples in each batch.
  public let batchSize: Int
  private let samples: Samples
  private var stream: RandomStream
  private var order: [Int]
  private var position = 0
  private var augmentation: RandomStream
  private var ahead: [PhotographRendering] = []
  /// How many batches of photographs are decoded before they are wanted.
  private static let batchesAhead = 2

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
    augmentation = RandomStream(seed: seed, purpose: .augmentation)
  }

  /// Overwrites `batch` with the next ``batchSize`` samples.
  public mutating func next(into batch: inout Batch) {
    guard let photographs = samples.photographs else {
      samples.fill(&batch, with: nextIndices())
      return
    }
    while ahead.count <= Self.batchesAhead {
      ahead.append(PhotographRendering(nextViews(photographs.options.augmentation), of: photographs))
    }
    let rendering = ahead.removeFirst()
    samples.fillAnswers(of: &batch, with: rendering.indices)
    rendering.copy(into: &batch.inputs)
  }

  /// The samples of the next batch.
  private mutating func nextIndices() -> ArraySlice<Int> {
    if position + batchSize > order.count {
      order = stream.permutation(of: samples.count)
      position = 0
    }
    defer { position += batchSize }
    return order[position..<position + batchSize]
  }

  /// What training sees of the photographs of the next batch.
  mutating func nextViews(_ kind: PhotographOptions.Augmentation) -> [PhotographView] {
    nextIndices().map { PhotographView(of: $0, kind, from: &augmentation) }
  }
}
