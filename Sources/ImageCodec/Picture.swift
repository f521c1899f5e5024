/// A picture in memory: red, green and blue bytes of every pixel, row by row from the top left.
public struct Picture: Sendable, Equatable {
  /// Pixels in a row.
  public let width: Int
  /// Rows.
  public let height: Int
  /// height × width × 3 bytes, sRGB as a photograph's file has them.
  public var rgb: [UInt8]

  /// A picture of these bytes; there must be height × width × 3.
  public init(width: Int, height: Int, rgb: [UInt8]) {
    precondition(
      width > 0 && height > 0 && rgb.count == 3 * width * height,
      "a picture of \(width)×\(height) needs three bytes a pixel, not \(rgb.count)")
    self.width = width
    self.height = height
    self.rgb = rgb
  }

  /// A picture of one colour.
  public init(width: Int, height: Int, red: UInt8, green: UInt8, blue: UInt8) {
    let pixels = (0..<max(width * height, 0)).lazy.flatMap { _ in [red, green, blue] }
    self.init(width: width, height: height, rgb: Array(pixels))
  }

  /// Copies another picture into this one, which must have room for it there.
  public mutating func draw(_ other: Picture, x: Int, y: Int) {
    precondition(
      x >= 0 && y >= 0 && x + other.width <= width && y + other.height <= height,
      "a picture of \(other.width)×\(other.height) does not fit at \(x), \(y) of \(width)×\(height)")
    for row in 0..<other.height {
      let (from, to) = (3 * row * other.width, 3 * ((y + row) * width + x))
      rgb.replaceSubrange(to..<to + 3 * other.width, with: other.rgb[from..<from + 3 * other.width])
    }
  }

  /// The picture with left and right exchanged.
  public var mirrored: Picture {
    var result = self
    for row in 0..<height {
      for column in 0..<width {
        for channel in 0..<3 {
          result.rgb[3 * (row * width + column) + channel] =
            rgb[3 * (row * width + width - 1 - column) + channel]
        }
      }
    }
    return result
  }
}
