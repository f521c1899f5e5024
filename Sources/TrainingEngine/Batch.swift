/// Samples of one step; allocated once and filled again and again.
public struct Batch: Sendable, Equatable {
  /// The samples one after the other, each flat (pictures height, width, channels).
  public var inputs: [Float]
  /// One class number for each sample, or for each time of each sample; unused by regression.
  public var labels: [Int32]
  /// The target values of the samples one after the other; empty for classification.
  public var targets: [Float]
  /// How many samples the batch holds; the arrays may have room for more.
  public var count: Int

  /// Creates an empty batch with room for `capacity` samples.
  ///
  /// - Parameters:
  ///   - capacity: the most samples that it will hold.
  ///   - inputCount: the values of one sample.
  ///   - targetCount: the target values of one sample; 0 for classification.
  ///   - labelCount: the class numbers of one sample: as many as it has times where every time is classified.
  public init(capacity: Int, inputCount: Int, targetCount: Int = 0, labelCount: Int = 1) {
    precondition(
      capacity > 0 && inputCount > 0 && targetCount >= 0 && labelCount > 0, "a batch needs room for samples")
    inputs = [Float](repeating: 0, count: capacity * inputCount)
    labels = [Int32](repeating: 0, count: capacity * labelCount)
    targets = [Float](repeating: 0, count: capacity * targetCount)
    count = 0
  }
}

/// An endless source of batches.
///
/// A source is a value: copying it saves its place in the data, and the copy goes on with the same batches.
public protocol BatchSource: Sendable {
  /// Overwrites `batch` with the next samples; it has room for as many as the source gives at once.
  mutating func next(into batch: inout Batch)
}
