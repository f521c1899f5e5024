/// How the camera was held: where the stored picture's first row and column are in the upright one.
///
/// Source: CIPA DC-008 (Exif 2.32), tag 0x0112.
public enum PictureOrientation: Int, Sendable, CaseIterable {
  /// As stored.
  case upright = 1
  /// Left and right are exchanged.
  case mirrored
  /// Upside down.
  case upsideDown
  /// Top and bottom are exchanged.
  case flipped
  /// Rows are columns.
  case transposed
  /// Has to be turned by a quarter to the right.
  case turnRight
  /// Rows are columns from the other corner.
  case transversed
  /// Has to be turned by a quarter to the left.
  case turnLeft

  /// Whether stored rows are columns of the upright picture.
  var exchangesSides: Bool { rawValue >= Self.transposed.rawValue }

  /// Where a pixel of the upright picture, whose sides are given, is stored.
  func stored(x: Int, y: Int, width: Int, height: Int) -> (x: Int, y: Int) {
    switch self {
    case .upright: (x, y)
    case .mirrored: (width - 1 - x, y)
    case .upsideDown: (width - 1 - x, height - 1 - y)
    case .flipped: (x, height - 1 - y)
    case .transposed: (y, x)
    case .turnRight: (y, width - 1 - x)
    case .transversed: (height - 1 - y, width - 1 - x)
    case .turnLeft: (height - 1 - y, x)
    }
  }

  /// Where a stored pixel is in the upright picture, whose sides are given.
  func upright(x: Int, y: Int, width: Int, height: Int) -> (x: Int, y: Int) {
    switch self {
    case .upright: (x, y)
    case .mirrored: (width - 1 - x, y)
    case .upsideDown: (width - 1 - x, height - 1 - y)
    case .flipped: (x, height - 1 - y)
    case .transposed: (y, x)
    case .turnRight: (width - 1 - y, x)
    case .transversed: (width - 1 - y, height - 1 - x)
    case .turnLeft: (y, height - 1 - x)
    }
  }

  /// Where a window of the upright picture, whose sides are given, is stored.
  func stored(_ window: PictureWindow, width: Int, height: Int) -> PictureWindow {
    let first = stored(x: window.x, y: window.y, width: width, height: height)
    let last = stored(
      x: window.x + window.width - 1, y: window.y + window.height - 1, width: width, height: height)
    return PictureWindow(
      x: min(first.x, last.x), y: min(first.y, last.y), width: abs(last.x - first.x) + 1,
      height: abs(last.y - first.y) + 1)
  }

  /// The upright picture of a stored one.
  func upright(_ picture: Picture) -> Picture {
    guard self != .upright else { return picture }
    let (width, height) =
      exchangesSides ? (picture.height, picture.width) : (picture.width, picture.height)
    var rgb = [UInt8](repeating: 0, count: picture.rgb.count)
    for y in 0..<picture.height {
      for x in 0..<picture.width {
        let place = upright(x: x, y: y, width: width, height: height)
        let (from, to) = (3 * (y * picture.width + x), 3 * (place.y * width + place.x))
        for channel in 0..<3 { rgb[to + channel] = picture.rgb[from + channel] }
      }
    }
    return Picture(width: width, height: height, rgb: rgb)
  }
}
