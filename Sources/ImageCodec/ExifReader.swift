/// Reads the one fact of an Exif segment that changes the picture: its orientation.
///
/// Damaged or foreign Exif data say nothing: the picture is then taken as stored, as viewers do.
enum ExifReader {
  /// The orientation that a JPEG file states, looked for in the segments before the picture.
  static func orientation(of jpeg: [UInt8]) -> PictureOrientation {
    var position = 2
    while position + 4 <= jpeg.count, jpeg[position] == 0xff {
      let marker = jpeg[position + 1]
      if marker == 0xff {
        position += 1
        continue
      }
      let length = Int(jpeg[position + 2]) << 8 | Int(jpeg[position + 3])
      let end = position + 2 + length
      guard marker != startOfScan, length >= 2, end <= jpeg.count else { break }
      let content = jpeg[position + 4..<end]
      if marker == application1, content.starts(with: signature) {
        return TIFFHeader(content.dropFirst(signature.count))?.orientation ?? .upright
      }
      position = end
    }
    return .upright
  }

  private static let startOfScan: UInt8 = 0xda
  private static let application1: UInt8 = 0xe1
  private static let signature: [UInt8] = Array("Exif".utf8) + [0, 0]
}

/// The beginning of TIFF data (TIFF 6.0, section 2): a byte order, and the place of the first directory.
private struct TIFFHeader {
  private let bytes: ArraySlice<UInt8>
  private let isBigEndian: Bool

  init?(_ bytes: ArraySlice<UInt8>) {
    switch Array(bytes.prefix(2)) {
    case Array("II".utf8): isBigEndian = false
    case Array("MM".utf8): isBigEndian = true
    default: return nil
    }
    self.bytes = bytes
  }

  /// What the first directory says about tag 0x0112, a short.
  var orientation: PictureOrientation? {
    guard let directory = number(at: 4, width: 4), let entries = number(at: directory, width: 2) else {
      return nil
    }
    for entry in 0..<entries {
      let place = directory + 2 + 12 * entry
      guard let tag = number(at: place, width: 2), let type = number(at: place + 2, width: 2),
        let value = number(at: place + 8, width: 2)
      else { return nil }
      if tag == 0x0112 { return type == 3 ? PictureOrientation(rawValue: value) : nil }
    }
    return nil
  }

  /// The whole number of `width` bytes at an offset; nil beyond the end.
  private func number(at offset: Int, width: Int) -> Int? {
    guard offset >= 0, offset + width <= bytes.count else { return nil }
    let start = bytes.startIndex + offset
    let digits = bytes[start..<start + width]
    return (isBigEndian ? Array(digits) : digits.reversed()).reduce(0) { $0 << 8 | Int($1) }
  }
}
