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

  /// The input that a byte stands for.
  @inline(__always) func input(_ byte: UInt8) -> Float { Float(byte) * scale + offset }

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
