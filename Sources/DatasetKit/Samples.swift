public import TrainingEngine

/// Samples with classes or targets, as a batch wants them.
///
/// Pictures and texts are kept as bytes, scaled to floats where a batch is filled: bytes take a quarter of the memory
/// and of the loading time, and scaling a batch costs microseconds.
public struct Samples: Sendable, Equatable {
  /// The stored inputs of all samples.
  enum Inputs: Sendable, Equatable {
    case bytes([UInt8], ByteScaling)
    case numbers([Float])
    case photographs(Photographs)
  }

  /// The shape of one sample; pictures are height, width, channels, texts the number of characters.
  public let shape: SampleShape
  /// The number of samples.
  public let count: Int
  /// The class numbers of the samples one after the other, ``labelCount`` each; empty for regression.
  public let labels: [Int32]
  /// How many class numbers a sample has: one for each character of a text, none for regression.
  public let labelCount: Int
  /// The target values of the samples one after the other, ``targetCount`` each; empty unless for regression.
  public let targets: [Float]
  /// How many target values a sample has.
  public let targetCount: Int
  let stored: Inputs

  /// Samples with classes: one each, or one for each place.
  init(_ stored: Inputs, labels: [Int32], shape: SampleShape, labelCount: Int = 1) {
    self.init(
      stored, labels: labels, labelCount: labelCount, targets: [], targetCount: 0, shape: shape,
      count: labels.count / labelCount)
  }

  /// Samples with one target value each.
  init(_ stored: Inputs, targets: [Float], shape: SampleShape) {
    self.init(
      stored, labels: [], labelCount: 0, targets: targets, targetCount: 1, shape: shape, count: targets.count)
  }

  /// Photographs with one class each.
  init(_ photographs: Photographs, labels: [Int32], shape: SampleShape) {
    self.init(.photographs(photographs), labels: labels, shape: shape)
  }

  private init(
    _ stored: Inputs, labels: [Int32], labelCount: Int, targets: [Float], targetCount: Int,
    shape: SampleShape, count: Int
  ) {
    precondition(
      stored.count == count * shape.count && labels.count == count * labelCount
        && targets.count == count * targetCount, "samples do not agree with labels or targets")
    self.stored = stored
    self.labels = labels
    self.labelCount = labelCount
    self.targets = targets
    self.targetCount = targetCount
    self.shape = shape
    self.count = count
  }

  /// How stored bytes become inputs; nil where the inputs are stored as numbers, or as photographs.
  public var scaling: ByteScaling? {
    switch stored {
    case .bytes(_, let scaling): scaling
    case .numbers, .photographs: nil
    }
  }

  /// The photographs; nil where the samples are something else.
  var photographs: Photographs? {
    if case .photographs(let photographs) = stored { photographs } else { nil }
  }

  /// The normalised values of one sample, for a look at the data.
  public func inputs(of index: Int) -> [Float] {
    let range = index * shape.count..<(index + 1) * shape.count
    return switch stored {
    case .bytes(let bytes, let scaling): bytes[range].map(scaling.input)
    case .numbers(let numbers): Array(numbers[range])
    case .photographs(let photographs): photographs.values(of: PhotographView(middleOf: index))
    }
  }

  /// The photographs' files; empty where the samples are something else.
  public var paths: [String] { photographs?.paths ?? [] }

  /// An empty batch with room for `capacity` of these samples.
  public func emptyBatch(capacity: Int) -> Batch {
    Batch(
      capacity: capacity, inputCount: shape.count, targetCount: targetCount, labelCount: max(labelCount, 1))
  }

  /// Overwrites `batch` with the samples of these indices, in their order; it must have room for them.
  public func fill(_ batch: inout Batch, with indices: some RandomAccessCollection<Int>) {
    let size = shape.count
    precondition(
      batch.inputs.count >= indices.count * size && batch.labels.count >= indices.count * labelCount
        && batch.targets.count >= indices.count * targetCount,
      "a batch of \(batch.inputs.count / size) samples has no room for \(indices.count)")
    fillAnswers(of: &batch, with: indices)
    if let photographs {
      photographs.render(indices.map(PhotographView.init(middleOf:)), into: &batch.inputs)
      return
    }
    var target = batch.inputs.mutableSpan
    switch stored {
    case .bytes(let bytes, let scaling):
      let source = bytes.span
      for (row, index) in indices.enumerated() {
        let (from, to) = (index * size, row * size)
        for element in 0..<size { target[to + element] = scaling.input(source[from + element]) }
      }
    case .numbers(let numbers):
      let source = numbers.span
      for (row, index) in indices.enumerated() {
        let (from, to) = (index * size, row * size)
        for element in 0..<size { target[to + element] = source[from + element] }
      }
    case .photographs: break
    }
  }

  /// Overwrites the labels and targets of `batch` with those of the samples of these indices.
  func fillAnswers(of batch: inout Batch, with indices: some RandomAccessCollection<Int>) {
    batch.count = indices.count
    for (row, index) in indices.enumerated() {
      for label in 0..<labelCount {
        batch.labels[row * labelCount + label] = labels[index * labelCount + label]
      }
      for target in 0..<targetCount {
        batch.targets[row * targetCount + target] = targets[index * targetCount + target]
      }
    }
  }

  /// Calls `body` with all samples in order, `size` at a time; the last batch may be smaller.
  public func forEachBatch(of size: Int, _ body: (Batch) throws -> Void) rethrows {
    var batch = emptyBatch(capacity: size)
    for first in stride(from: 0, to: count, by: size) {
      fill(&batch, with: first..<min(first + size, count))
      try body(batch)
    }
  }

  /// The samples of these indices, in their order.
  func selecting(_ indices: some Collection<Int>) -> Samples {
    func selected<Value>(_ values: [Value], _ size: Int) -> [Value] {
      indices.flatMap { values[$0 * size..<($0 + 1) * size] }
    }
    let chosen: Inputs =
      switch stored {
      case .bytes(let bytes, let scaling): .bytes(selected(bytes, shape.count), scaling)
      case .numbers(let numbers): .numbers(selected(numbers, shape.count))
      case .photographs(let photographs): .photographs(photographs.selecting(indices))
      }
    return Samples(
      chosen, labels: selected(labels, labelCount), labelCount: labelCount,
      targets: selected(targets, targetCount), targetCount: targetCount, shape: shape, count: indices.count)
  }
}

extension Samples.Inputs {
  fileprivate var count: Int {
    switch self {
    case .bytes(let bytes, _): bytes.count
    case .numbers(let numbers): numbers.count
    case .photographs(let photographs): photographs.paths.count * photographs.valueCount
    }
  }
}
