/// One header block of a tar archive: 512 bytes.
///
/// Sources: POSIX.1-2017, pax, "ustar Interchange Format"; GNU tar 1.35's manual, "Basic Tar Format", for numbers in
/// base 256.
struct TarHeader {
  /// The bytes of a block.
  static let size = 512
  /// The path as the block has it, without its end mark.
  let name: [UInt8]
  /// The bytes that follow, as the block says.
  let contentSize: Int
  /// What the entry is; see ``TarEntry/Kind``.
  let type: UInt8

  /// Reads a block that is not all zeros.
  ///
  /// - Throws: ``ArchiveError/damagedTar(detail:)``
  init(_ block: [UInt8]) throws(ArchiveError) {
    precondition(block.count == Self.size, "a header has \(Self.size) bytes")
    guard let stated = Self.octal(block[148..<156]), Self.sums(of: block).contains(stated) else {
      throw .damagedTar(detail: "a header's checksum is wrong")
    }
    guard let size = Self.number(block[124..<136]) else {
      throw .damagedTar(detail: "a header's size is no number")
    }
    contentSize = size
    type = block[156]
    let short = Self.text(block[0..<100])
    // GNU's older format, "ustar" and two spaces, uses the place of the prefix otherwise.
    let prefix = block[257..<263].elementsEqual(Array("ustar\0".utf8)) ? Self.text(block[345..<500]) : []
    name = prefix.isEmpty ? short : prefix + [UInt8(ascii: "/")] + short
  }

  /// The sums of a block's bytes with the checksum's place blank: of unsigned bytes, and of signed ones as some old
  /// programs had it.
  private static func sums(of block: [UInt8]) -> [Int] {
    var (unsigned, signed) = (8 * 0x20, 8 * 0x20)
    for (index, byte) in block.enumerated() where !(148..<156).contains(index) {
      unsigned += Int(byte)
      signed += Int(Int8(bitPattern: byte))
    }
    return [unsigned, signed]
  }

  private static func text(_ field: ArraySlice<UInt8>) -> [UInt8] { Array(field.prefix { $0 != 0 }) }

  /// A number in octal digits, or in base 256 where the first bit is set; nil where it is neither, negative or too
  /// large.
  private static func number(_ field: ArraySlice<UInt8>) -> Int? {
    guard let first = field.first, first & 0x80 != 0 else { return octal(field) }
    guard first == 0x80 else { return nil }
    var value = 0
    for byte in field.dropFirst() {
      guard value >> (Int.bitWidth - 9) == 0 else { return nil }
      value = value << 8 | Int(byte)
    }
    return value
  }

  /// Octal digits between spaces and zero bytes; an empty field is 0.
  private static func octal(_ field: ArraySlice<UInt8>) -> Int? {
    var digits = field.drop { $0 == 0x20 }
    while let last = digits.last, last == 0 || last == 0x20 { digits.removeLast() }
    var value = 0
    for byte in digits {
      guard (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(byte) else { return nil }
      value = value << 3 | Int(byte - UInt8(ascii: "0"))
    }
    return value
  }
}
