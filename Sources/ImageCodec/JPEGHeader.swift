/// What a JPEG file says about its picture.
public struct JPEGHeader: Sendable, Equatable {
  /// How the pixels are stored; all are decoded to red, green and blue.
  public enum Colors: String, Sendable {
    /// One channel.
    case grey
    /// Red, green and blue as they are.
    case rgb
    /// Luminance and two colour differences, as cameras store them.
    case ycbcr
    /// Inks, or their complements in Adobe's files.
    case cmyk
    /// None of these.
    case other
  }

  /// Pixels in a row as stored, before ``orientation``.
  public let storedWidth: Int
  /// Rows as stored.
  public let storedHeight: Int
  /// How the pixels are stored.
  public let colors: Colors
  /// Whether the picture comes in several scans.
  public let isProgressive: Bool
  /// How to hold it.
  public let orientation: PictureOrientation

  /// Pixels in a row of the upright picture.
  public var width: Int { orientation.exchangesSides ? storedHeight : storedWidth }
  /// Rows of the upright picture.
  public var height: Int { orientation.exchangesSides ? storedWidth : storedHeight }
}
