import Archives

/// How a record lies in a file: its line with a checksum as the last member of `measured`.
///
/// ```json
/// {"kind":"outcome",…,"measured":{"seconds":1.25,"crc32":"1a2b3c4d"}}
/// ```
///
/// The checksum is the CRC-32 of all bytes of the line before it, from the first brace to the last byte before
/// `,"crc32"` (before `"crc32"` where `measured` holds nothing else). A digit that changed on the way would otherwise
/// be another result. It lies under `measured` because it differs wherever a time differs.
package enum RecordLine {
  private static let name = Array(#""crc32":""#.utf8)
  private static let end = Array(#""}}"#.utf8)
  private static let digitCount = 8

  /// The line with its checksum, without a line end; `line` must end with the object `measured`.
  package static func sealed(_ line: String) -> [UInt8] {
    var bytes = Array(line.utf8)
    precondition(bytes.suffix(2) == [UInt8(ascii: "}"), UInt8(ascii: "}")], "a record ends with `measured`")
    bytes.removeLast(2)
    let digits = hexadecimal(Checksum.crc32(bytes))
    if bytes.last != UInt8(ascii: "{") { bytes.append(UInt8(ascii: ",")) }
    return bytes + name + digits + end
  }

  /// The line without its checksum.
  ///
  /// - Throws: ``RecordLineError/noChecksum`` or ``RecordLineError/wrongChecksum``.
  package static func opened(_ sealed: [UInt8]) throws(RecordLineError) -> [UInt8] {
    let length = name.count + digitCount + end.count
    guard sealed.count > length else { throw .noChecksum }
    let start = sealed.count - length
    let digits = start + name.count
    guard sealed[start..<digits].elementsEqual(name), sealed[(digits + digitCount)...].elementsEqual(end)
    else { throw .noChecksum }
    var bytes = Array(sealed[..<start])
    let hasComma = bytes.last == UInt8(ascii: ",")
    if hasComma { bytes.removeLast() }
    guard hasComma == (bytes.last != UInt8(ascii: "{")) else { throw .noChecksum }
    guard sealed[digits..<digits + digitCount].elementsEqual(hexadecimal(Checksum.crc32(bytes))) else {
      throw .wrongChecksum
    }
    return bytes + [UInt8(ascii: "}"), UInt8(ascii: "}")]
  }

  private static func hexadecimal(_ number: UInt32) -> [UInt8] {
    let digits = Array("0123456789abcdef".utf8)
    return (0..<digitCount).map { digits[Int(number >> UInt32(4 * (digitCount - 1 - $0)) & 15)] }
  }
}
