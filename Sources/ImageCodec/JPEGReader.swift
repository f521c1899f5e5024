internal import CJPEGShim

/// libjpeg at work on one file: the only place that hands pointers to it for reading.
final class JPEGReader {
  /// What the file says about its picture.
  let header: JPEGHeader
  private let decoder: OpaquePointer
  /// libjpeg keeps the address of the bytes, so they live in an allocation of the reader's.
  private let bytes: UnsafeMutableBufferPointer<UInt8>

  /// Reads the header.
  ///
  /// - Throws: ``JPEGError``
  init(_ file: [UInt8], limits: JPEGLimits) throws(JPEGError) {
    guard file.starts(with: [0xff, 0xd8]) else { throw .notJPEG(kind: Self.kind(of: file)) }
    let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: file.count)
    _ = bytes.initialize(from: file)
    guard let decoder = js_open(bytes.baseAddress, bytes.count, limits.memory, Int32(limits.scans)) else {
      bytes.deallocate()
      throw .damaged(reason: "there is not enough memory to look at it")
    }
    func refuse(_ error: JPEGError) -> JPEGError {
      js_close(decoder)
      bytes.deallocate()
      return error
    }
    var header = js_header()
    guard js_read_header(decoder, &header) == 0 else { throw refuse(Self.failure(of: decoder)) }
    let (width, height) = (Int(header.width), Int(header.height))
    guard width * height <= limits.pixels else {
      throw refuse(.tooLarge(width: width, height: height, limit: limits.pixels))
    }
    self.header = JPEGHeader(
      storedWidth: width, storedHeight: height, colors: Self.colors(of: header.colors),
      isProgressive: header.is_progressive != 0, orientation: ExifReader.orientation(of: file))
    self.decoder = decoder
    self.bytes = bytes
  }

  deinit {
    js_close(decoder)
    bytes.deallocate()
  }

  /// Decodes the part of the stored picture that holds `window`, at 1/denominator of its size; comes once.
  ///
  /// - Returns: the pixels, and their window in the scaled picture: as asked for, but for columns up to libjpeg's
  ///   blocks.
  /// - Throws: ``JPEGError/damaged(reason:)``
  func pixels(
    of window: PictureWindow, denominator: Int, isFancy: Bool
  ) throws(JPEGError) -> (rgb: [UInt8], window: PictureWindow) {
    var (x, width) = (Int32(window.x), Int32(window.width))
    guard js_start(decoder, Int32(denominator), isFancy ? 1 : 0, &x, &width) == 0 else {
      throw Self.failure(of: decoder)
    }
    var status: Int32 = 0
    let rgb = [UInt8](unsafeUninitializedCapacity: 3 * Int(width) * window.height) { buffer, count in
      status = js_read_rows(decoder, Int32(window.y), Int32(window.height), buffer.baseAddress)
      count = status == 0 ? buffer.count : 0
    }
    guard status == 0 else { throw Self.failure(of: decoder) }
    return (rgb, PictureWindow(x: Int(x), y: window.y, width: Int(width), height: window.height))
  }

  private static func failure(of decoder: OpaquePointer) -> JPEGError {
    .damaged(reason: String(cString: js_message(decoder)))
  }

  private static func colors(of colors: js_colors) -> JPEGHeader.Colors {
    switch colors {
    case JS_GREY: .grey
    case JS_RGB: .rgb
    case JS_YCBCR: .ycbcr
    case JS_CMYK: .cmyk
    default: .other
    }
  }

  /// What bytes look like that are not JPEG, for whoever wonders about a wrong file name.
  private static func kind(of file: [UInt8]) -> String {
    let signatures: [(bytes: [UInt8], kind: String)] = [
      ([0x89, 0x50, 0x4e, 0x47], "PNG"), (Array("GIF8".utf8), "GIF"), (Array("BM".utf8), "a bitmap"),
      (Array("II*\0".utf8), "TIFF"), (Array("MM\0*".utf8), "TIFF"), (Array("RIFF".utf8), "WebP or RIFF"),
      (Array("<".utf8), "a text page"), (Array("version https://git-lfs".utf8), "a pointer of git-lfs"),
    ]
    if file.isEmpty { return "an empty file" }
    return signatures.first { file.starts(with: $0.bytes) }?.kind ?? "something else"
  }
}
