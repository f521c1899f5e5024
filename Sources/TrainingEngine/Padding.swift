internal import NumericKernels

/// How a picture is padded before a window slides over it.
public enum Padding: Sendable, Equatable, ExpressibleByIntegerLiteral, CustomStringConvertible {
  /// The same number of pixels on all four sides.
  case symmetric(Int)
  /// TensorFlow's "same": ⌈size / stride⌉ places, and of an odd padding the far side gets the larger half.
  ///
  /// What EfficientNet was trained with.
  case same

  /// Symmetric padding of so many pixels.
  public init(integerLiteral pixels: Int) {
    self = .symmetric(pixels)
  }

  /// The padding in a word.
  public var description: String {
    switch self {
    case .symmetric(let pixels): "\(pixels)"
    case .same: "same"
    }
  }

  /// The window over a picture padded so; nil where it fits nowhere.
  func window(
    over picture: (height: Int, width: Int, channels: Int), kernel: Int, stride: Int
  ) -> SlidingWindow? {
    switch self {
    case .symmetric(let pixels):
      SlidingWindow(
        height: picture.height, width: picture.width, channels: picture.channels, kernel: kernel,
        stride: stride, padding: pixels)
    case .same:
      SlidingWindow(
        samePaddedHeight: picture.height, width: picture.width, channels: picture.channels, kernel: kernel,
        stride: stride)
    }
  }
}
