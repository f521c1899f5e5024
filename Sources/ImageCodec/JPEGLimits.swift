/// How much a JPEG file may ask for, whatever it claims to hold.
///
/// Decoding takes at most ``memory`` for libjpeg and three bytes for each pixel of the window that is decoded, after
/// scaling down: at most 256 MiB + 300 MB with the standard limits, and a few megabytes for photographs.
public struct JPEGLimits: Sendable, Equatable {
  /// The most pixels of a picture.
  public let pixels: Int
  /// The most bytes that libjpeg takes for itself; a progressive picture needs about 3 for each of its pixels.
  public let memory: Int
  /// The most scans of a progressive picture; libjpeg writes 10.
  public let scans: Int

  /// Sets limits.
  public init(pixels: Int = 100_000_000, memory: Int = 256 << 20, scans: Int = 100) {
    self.pixels = pixels
    self.memory = memory
    self.scans = scans
  }

  /// A hundred million pixels: more than cameras have.
  public static let standard = JPEGLimits()
}
