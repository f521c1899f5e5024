public import TrainingEngine

/// Labelled samples as bytes, scaled to floats where a batch is filled.
///
/// Bytes take a quarter of the memory and of the loading time of floats; scaling a batch costs microseconds.
public struct Samples: Sendable, Equatable {
  /// The shape of one sample; pictures are height, width, channels.
  public let shape: SampleShape
  /// One class number for each sample.
  public let labels: [Int32]
  /// How bytes become inputs.
  public let scaling: ByteScaling
  let bytes: [UInt8]

  init(bytes: [UInt8], labels: [Int32], shape: SampleShape, scaling: ByteScaling) {
    precondition(bytes.count == labels.count * shape.count, "samples and labels do not agree")
    self.bytes = bytes
    self.labels = labels
    self.shape = shape
    self.scaling = scaling
  }

  /// The number of samples.
  public var count: Int { labels.count }

  /// The normalised values of one sample, for a look at the data.
  public func inputs(of index: Int) -> [Float] {
    bytes[index * shape.count..<(index + 1) * shape.count].map { Float($0) * scaling.scale + scaling.offset }
  }

  /// Overwrites `batch` with the samples of these indices, in their order; it must have room for them.
  public func fill(_ batch: inout Batch, with indices: some RandomAccessCollection<Int>) {
    let size = shape.count
    precondition(
      batch.labels.count >= indices.count && batch.inputs.count >= indices.count * size,
      "a batch of \(batch.labels.count) samples has no room for \(indices.count)")
    batch.count = indices.count
    for (row, index) in indices.enumerated() {
      batch.labels[row] = labels[index]
    }
    let source = bytes.span
    var target = batch.inputs.mutableSpan
    for (row, index) in indices.enumerated() {
      let from = index * size
      let to = row * size
      for element in 0..<size {
        target[to + element] = Float(source[from + element]) * scaling.scale + scaling.offset
      }
    }
  }

  /// Calls `body` with all samples in order, `size` at a time; the last batch may be smaller.
  public func forEachBatch(of size: Int, _ body: (Batch) throws -> Void) rethrows {
    var batch = Batch(capacity: size, inputCount: shape.count)
    for first in stride(from: 0, to: count, by: size) {
      fill(&batch, with: first..<min(first + size, count))
      try body(batch)
    }
  }

  /// The samples of these indices, in their order.
  func selecting(_ indices: some Sequence<Int>) -> Samples {
    var chosen: [UInt8] = []
    var chosenLabels: [Int32] = []
    for index in indices {
      chosen += bytes[index * shape.count..<(index + 1) * shape.count]
      chosenLabels.append(labels[index])
    }
    return Samples(bytes: chosen, labels: chosenLabels, shape: shape, scaling: scaling)
  }
}

/// The affine map from a stored byte to a network's input: input = byte · scale + offset.
public struct ByteScaling: Sendable, Equatable {
  /// The factor.
  public let scale: Float
  /// What is added after scaling.
  public let offset: Float

  /// Creates a map.
  public init(scale: Float, offset: Float = 0) {
    self.scale = scale
    self.offset = offset
  }

  /// The map that gives `bytes` mean 0 and (population) standard deviation 1; the sums are exact integers.
  ///
  /// Bytes that are all equal keep their deviation and only lose their mean.
  static func standardising(_ bytes: [UInt8]) -> ByteScaling {
    var sum: UInt64 = 0
    var squares: UInt64 = 0
    let span = bytes.span
    for index in span.indices {
      let value = UInt64(span[index])
      sum &+= value
      squares &+= value &* value
    }
    let count = Double(max(bytes.count, 1))
    let mean = Double(sum) / count
    let variance = Double(squares) / count - mean * mean
    let deviation = variance > 0 ? variance.squareRoot() : 1
    return ByteScaling(scale: Float(1 / deviation), offset: Float(-mean / deviation))
  }
}
