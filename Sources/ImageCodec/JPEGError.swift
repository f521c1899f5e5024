/// Why a JPEG file gives no picture.
public enum JPEGError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The bytes do not begin as JPEG does; what they look like instead.
  case notJPEG(kind: String)
  /// The file is damaged, ends early, or is of a kind that libjpeg does not decode; libjpeg's own words.
  case damaged(reason: String)
  /// The picture has more pixels than the limit.
  case tooLarge(width: Int, height: Int, limit: Int)
  /// There was not enough memory, or a picture to pack has no pixels or too many.
  case cannotEncode(width: Int, height: Int)

  /// What is wrong, in a few words without an end mark: the caller says which file.
  public var description: String {
    switch self {
    case .notJPEG(let kind): "it is no JPEG file but \(kind)"
    case .damaged(let reason): "it is damaged: \(reason)"
    case .tooLarge(let width, let height, let limit):
      "it has \(width)×\(height) pixels, more than the limit of \(limit)"
    case .cannotEncode(let width, let height):
      "a picture of \(width)×\(height) cannot be packed: JPEG has 1 to 65500 pixels a side"
    }
  }
}
