internal import CKernels

/// How a window of a convolution or a pooling slides over a picture [height][width][channels].
public struct SlidingWindow: Sendable, Equatable {
  /// The picture's height in pixels.
  public let height: Int
  /// The picture's width in pixels.
  public let width: Int
  /// The picture's channels.
  public let channels: Int
  /// The window's height and width in pixels.
  public let kernel: Int
  /// How far the window moves, in pixels, both ways.
  public let stride: Int
  /// How many pixels of padding lie above the picture.
  public let paddingTop: Int
  /// How many pixels of padding lie left of the picture.
  public let paddingLeft: Int
  /// The number of window positions from top to bottom.
  public let outputHeight: Int
  /// The number of window positions from left to right.
  public let outputWidth: Int

  /// Describes a window over a picture with `padding` pixels on all sides; nil where it fits nowhere or a number is not positive.
  public init?(height: Int, width: Int, channels: Int, kernel: Int, stride: Int, padding: Int) {
    guard height > 0, width > 0, channels > 0, kernel > 0, stride > 0, padding >= 0,
      kernel <= height + 2 * padding, kernel <= width + 2 * padding
    else { return nil }
    self.height = height
    self.width = width
    self.channels = channels
    self.kernel = kernel
    self.stride = stride
    paddingTop = padding
    paddingLeft = padding
    outputHeight = (height + 2 * padding - kernel) / stride + 1
    outputWidth = (width + 2 * padding - kernel) / stride + 1
  }

  /// Describes a window with TensorFlow's "same" padding; nil where a number is not positive.
  ///
  /// The output has ⌈size / stride⌉ pixels, and of an odd padding the far side gets the larger half. Source:
  /// TensorFlow's `tf.nn` documentation, "Notes on padding".
  public init?(samePaddedHeight height: Int, width: Int, channels: Int, kernel: Int, stride: Int) {
    guard height > 0, width > 0, channels > 0, kernel > 0, stride > 0 else { return nil }
    self.height = height
    self.width = width
    self.channels = channels
    self.kernel = kernel
    self.stride = stride
    outputHeight = (height + stride - 1) / stride
    outputWidth = (width + stride - 1) / stride
    paddingTop = max((outputHeight - 1) * stride + kernel - height, 0) / 2
    paddingLeft = max((outputWidth - 1) * stride + kernel - width, 0) / 2
  }

  /// The number of window positions.
  public var positions: Int { outputHeight * outputWidth }
  /// The number of floats in one picture.
  public var pictureCount: Int { height * width * channels }
  /// The number of floats in one pooled picture.
  var resultCount: Int { positions * channels }
  /// The number of floats in one window.
  public var windowCount: Int { kernel * kernel * channels }
  /// The window as C sees it.
  func cWindow() -> ck_window {
    ck_window(
      height: height, width: width, channels: channels, kernel_height: kernel,
      kernel_width: kernel, stride: stride, padding_top: paddingTop, padding_left: paddingLeft,
      output_height: outputHeight, output_width: outputWidth)
  }
}
