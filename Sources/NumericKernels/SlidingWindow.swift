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
  /// How many pixels of padding surround the picture on each side.
  public let padding: Int

  /// Describes a window; nil where it fits nowhere or a number is not positive.
  public init?(height: Int, width: Int, channels: Int, kernel: Int, stride: Int, padding: Int) {
    guard height > 0, width > 0, channels > 0, kernel > 0, stride > 0, padding >= 0,
      kernel <= height + 2 * padding, kernel <= width + 2 * padding
    else { return nil }
    self.height = height
    self.width = width
    self.channels = channels
    self.kernel = kernel
    self.stride = stride
    self.padding = padding
  }

  /// The number of window positions from top to bottom.
  public var outputHeight: Int { (height + 2 * padding - kernel) / stride + 1 }
  /// The number of window positions from left to right.
  public var outputWidth: Int { (width + 2 * padding - kernel) / stride + 1 }
  /// The number of window positions.
  public var positions: Int { outputHeight * outputWidth }
  /// The number of floats in one picture.
  public var pictureCount: Int { height * width * channels }
  /// The number of floats in one window.
  public var windowCount: Int { kernel * kernel * channels }
  /// Whether the windows of a picture are its pixels, so that it is its own matrix of columns.
  var isPixelwise: Bool { kernel == 1 && stride == 1 && padding == 0 }

  var cWindow: ck_window {
    ck_window(
      height: height, width: width, channels: channels, kernel_height: kernel, kernel_width: kernel,
      stride: stride, padding: padding, output_height: outputHeight, output_width: outputWidth)
  }
}
