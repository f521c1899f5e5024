/// The shape of one sample, without the batch: `[features]` or `[height, width, channels]`.
///
/// Two shapes are equal if their extents are.
public struct SampleShape: Sendable, Hashable, ExpressibleByArrayLiteral, CustomStringConvertible {
  /// The extents, the slowest-varying first; all positive.
  public let dimensions: [Int]
  /// Where the features are the values of a picture: its height, width and channels, in whose order they run.
  ///
  /// PyTorch's flattened pictures run over channels, height, width: tensors with such an axis differ in its order.
  public let flattenedPicture: [Int]?

  /// Creates a shape from its extents.
  public init(_ dimensions: [Int]) {
    self.init(dimensions, flattenedPicture: nil)
  }

  private init(_ dimensions: [Int], flattenedPicture: [Int]?) {
    precondition(
      !dimensions.isEmpty && dimensions.allSatisfy { $0 > 0 },
      "a shape needs positive extents, not \(dimensions)")
    self.dimensions = dimensions
    self.flattenedPicture = flattenedPicture
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

  /// The flat shape of the same elements; of a picture it remembers the sides.
  public var flattened: SampleShape {
    guard dimensions.count > 1 else { return self }
    return SampleShape([count], flattenedPicture: picture == nil ? nil : dimensions)
  }

  /// Whether the extents are the same.
  public static func == (left: Self, right: Self) -> Bool { left.dimensions == right.dimensions }

  /// Hashes the extents.
  public func hash(into hasher: inout Hasher) { hasher.combine(dimensions) }

  /// The extents joined by ×, for example `28×28×1`.
  public var description: String {
    dimensions.map(String.init).joined(separator: "×")
  }
}
