internal import CKernels

/// A JPEG file, opened; it is decoded straight to the size that is wanted.
///
/// libjpeg scales a picture down while it decodes, by 1, 1/2, 1/4 or 1/8; the smallest that still covers the target is
/// taken, and rows and columns outside the crop are left out. What remains is resized with Pillow's bilinear filter.
public struct JPEGPicture: ~Copyable {
  /// How exactly to decode.
  public enum Precision: Sendable, Equatable {
    /// Scaled down while decoding, colours not interpolated: some tenths of a brightness step from `full`.
    case fast
    /// All pixels are decoded before the resize, colours interpolated, as Pillow does.
    case full
  }

  /// What the file says about its picture.
  public let header: JPEGHeader
  private let reader: JPEGReader

  /// Reads the header of a file.
  ///
  /// - Throws: ``JPEGError``: other content, a damaged header, too many pixels.
  public init(_ bytes: [UInt8], limits: JPEGLimits = .standard) throws(JPEGError) {
    reader = try JPEGReader(bytes, limits: limits)
    header = reader.header
  }

  /// The upright picture, cropped and resized; a file is decoded once.
  ///
  /// - Parameters:
  ///   - width: the result's pixels in a row; at least 1.
  ///   - height: the result's rows; at least 1.
  ///   - crop: which part is kept.
  ///   - precision: how exactly to decode.
  /// - Throws: ``JPEGError/damaged(reason:)``
  public consuming func resized(
    width: Int, height: Int, crop: PictureCrop = .centre, precision: Precision = .fast
  ) throws(JPEGError) -> Picture {
    let target = Self.storedSides(width, height, orientation: header.orientation)
    let resizing = try resizing(width: width, height: height, crop, precision)
    let stride = 3 * target.width
    let rgb = [UInt8](unsafeUninitializedCapacity: stride * target.height) { buffer, count in
      resizing.forEachRow { row, values in
        if let base = buffer.baseAddress { ck_round_to_bytes(stride, values, base + row * stride) }
      }
      count = buffer.count
    }
    return header.orientation.upright(Picture(width: target.width, height: target.height, rgb: rgb))
  }

  /// The upright picture, cropped, resized and scaled, as a network takes it: height × width × 3 values.
  ///
  /// - Parameters:
  ///   - width: the result's pixels in a row; at least 1.
  ///   - height: the result's rows; at least 1.
  ///   - crop: which part is kept.
  ///   - isMirrored: whether left and right are exchanged.
  ///   - scaling: the map from bytes to inputs; no value is rounded before it.
  ///   - precision: how exactly to decode.
  /// - Throws: ``JPEGError/damaged(reason:)``
  public consuming func values(
    width: Int, height: Int, crop: PictureCrop = .centre, isMirrored: Bool = false, scaling: PixelScaling,
    precision: Precision = .fast
  ) throws(JPEGError) -> [Float] {
    let orientation = header.orientation
    let target = Self.storedSides(width, height, orientation: orientation)
    let resizing = try resizing(width: width, height: height, crop, precision)
    return [Float](unsafeUninitializedCapacity: 3 * width * height) { buffer, count in
      resizing.forEachRow { row, values in
        guard let base = buffer.baseAddress else { return }
        if orientation == .upright, !isMirrored {
          ck_scale_pixels(width, scaling.scale, scaling.offset, values, base + 3 * row * width)
          return
        }
        for column in 0..<target.width {
          var place = orientation.upright(x: column, y: row, width: width, height: height)
          if isMirrored { place.x = width - 1 - place.x }
          for channel in 0..<3 {
            base[3 * (place.y * width + place.x) + channel] =
              values[3 * column + channel] * scaling.scale[channel] + scaling.offset[channel]
          }
        }
      }
      count = buffer.count
    }
  }

  /// The sides that a target of upright sides has before it is turned.
  private static func storedSides(_ width: Int, _ height: Int, orientation: PictureOrientation) -> (
    width: Int, height: Int
  ) {
    precondition(width > 0 && height > 0, "a picture is resized to positive sides")
    return orientation.exchangesSides ? (height, width) : (width, height)
  }

  /// Decodes the crop; what remains is to weigh its pixels.
  private func resizing(width: Int, height: Int, _ crop: PictureCrop, _ precision: Precision)
    throws(JPEGError) -> Resizing
  {
    let upright = crop.window(
      width: header.width, height: header.height, targetWidth: width, targetHeight: height)
    let window = header.orientation.stored(upright, width: header.width, height: header.height)
    let target = Self.storedSides(width, height, orientation: header.orientation)
    return try Self.resizing(reader, window, to: target, precision)
  }

  private static func resizing(
    _ reader: JPEGReader, _ window: PictureWindow, to target: (width: Int, height: Int),
    _ precision: Precision
  ) throws(JPEGError) -> Resizing {
    let denominator =
      precision == .full
      ? 1
      : [8, 4, 2].first { target.width * $0 <= window.width && target.height * $0 <= window.height } ?? 1
    let scaled = window.scaled(
      by: denominator, width: reader.header.storedWidth, height: reader.header.storedHeight)
    let pixels = try reader.pixels(of: scaled, denominator: denominator, isFancy: precision == .full)
    return Resizing(
      pixels.rgb, decoded: pixels.window, window: window, denominator: denominator, width: target.width,
      height: target.height)
  }
}

extension PictureWindow {
  /// The pixels of the picture scaled by 1/denominator that this window touches; the picture's own sides are given.
  fileprivate func scaled(by denominator: Int, width pictureWidth: Int, height pictureHeight: Int)
    -> PictureWindow
  {
    func roundedUp(_ length: Int) -> Int { (length + denominator - 1) / denominator }
    let (left, top) = (x / denominator, y / denominator)
    return PictureWindow(
      x: left, y: top, width: min(roundedUp(x + width), roundedUp(pictureWidth)) - left,
      height: min(roundedUp(y + height), roundedUp(pictureHeight)) - top)
  }
}
