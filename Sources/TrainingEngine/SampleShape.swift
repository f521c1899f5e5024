/// The shape of one sample, without the batch: `[features]` or `[height, width, channels]`.
public struct SampleShape: Sendable, Hashable, ExpressibleByArrayLiteral, CustomStringConvertible {
  /// The extents, the slowest-varying first; all positive.
  public let dimensions: [Int]

  /// Creates a shape from its extents.
  public init(_ dimensions: [Int]) {
    precondition(
      !dimensions.isEmpty && dimensions.allSatisfy { $0 > 0 },
      "a shape needs positive extents, not \(dimensions)")
    self.dimensions = dimensions
  }

  /// Creates a shape from its extents.
  public init(arrayLiteral dimensions: Int...) {
    self.init(dimensions)
  }

  /// The number of elements of one sample.
  public var count: Int {
    dimensions.reduce(1, *)
  }

  /// The channels of a picture or the features of a flat sample.
  public var channels: Int {
    dimensions[dimensions.count - 1]
  }

  /// Height, width and channels where the sample is a picture.
  public var picture: (height: Int, width: Int, channels: Int)? {
    dimensions.count == 3 ? (dimensions[0], dimensions[1], dimensions[2]) : nil
  }

  /// The extents joined by ×, for example `28×28×1`.
  public var description: String {
    dimensions.map(String.init).joined(separator: "×")
  }
}
