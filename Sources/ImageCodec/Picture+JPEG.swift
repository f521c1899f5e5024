internal import CJPEGShim

extension Picture {
  /// The picture as a JPEG file (baseline, colours at half the resolution); the same picture gives the same bytes with
  /// the same libjpeg.
  ///
  /// - Parameter quality: 1 to 100, as libjpeg counts.
  /// - Throws: ``JPEGError/cannotEncode(width:height:)``
  public func jpeg(quality: Int = 90) throws(JPEGError) -> [UInt8] {
    precondition((1...100).contains(quality), "the quality of a JPEG file is 1 to 100, not \(quality)")
    var packed: UnsafeMutablePointer<UInt8>?
    var count = 0
    let status = js_encode(
      rgb, Int32(clamping: width), Int32(clamping: height), Int32(quality), &packed, &count)
    guard status == 0, let packed else { throw .cannotEncode(width: width, height: height) }
    defer { js_free(packed) }
    return Array(UnsafeBufferPointer(start: packed, count: count))
  }
}
