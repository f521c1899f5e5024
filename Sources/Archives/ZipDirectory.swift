/// The directory at the end of a zip archive; offsets and names as in PKWARE's APPNOTE.TXT, section 4.3.
struct ZipDirectory {
  private let source: LittleEndianBytes
  private let range: Range<Int>
  /// The number of entries that the archive declares; at most what fits into the directory.
  let entryCount: Int

  private enum Signature {
    static let localHeader: UInt64 = 0x0403_4b50
    static let entry: UInt64 = 0x0201_4b50
    static let end: UInt64 = 0x0605_4b50
    static let end64: UInt64 = 0x0606_4b50
    static let locator64: UInt64 = 0x0706_4b50
  }

  /// The lengths of the records' fixed parts, in bytes.
  private enum Length {
    static let localHeader = 30
    static let entry = 46
    static let end = 22
    static let end64 = 56
    static let locator64 = 20
    /// A comment's length has 16 bits.
    static let longestComment = 0xffff
  }

  /// What a 32-bit field holds when the value is in a 64-bit record.
  private static let elsewhere32 = 0xffff_ffff

  init(_ source: LittleEndianBytes) throws(ArchiveError) {
    self.source = source
    let end = try Self.end(of: source)
    var (diskNumber, count, length, start, limit) = (
      try Self.field(source, end + 4, 2), try Self.field(source, end + 10, 2),
      try Self.field(source, end + 12, 4), try Self.field(source, end + 16, 4), end
    )
    let locator = end - Length.locator64
    if source.number(at: locator, width: 4) == Signature.locator64 {
      let record = try Self.field(source, locator + 8, 8)
      guard source.number(at: record, width: 4) == Signature.end64, record <= locator - Length.end64 else {
        throw .damagedZip(detail: "its 64-bit directory record is not where it should be")
      }
      (diskNumber, count, length, start, limit) = (
        try Self.field(source, record + 16, 4), try Self.field(source, record + 32, 8),
        try Self.field(source, record + 40, 8), try Self.field(source, record + 48, 8), record
      )
    }
    guard diskNumber == 0 else { throw .unsupportedZip(detail: "it is one of several files") }
    guard start <= limit, length <= limit - start, count <= length / Length.entry else {
      throw .damagedZip(detail: "its directory does not fit into it")
    }
    range = start..<start + length
    entryCount = count
  }

  /// All entries, in the directory's order.
  func entries() throws(ArchiveError) -> [ZipArchive.Entry] {
    var entries: [ZipArchive.Entry] = []
    entries.reserveCapacity(entryCount)
    var position = range.lowerBound
    for index in 0..<entryCount {
      guard source.number(at: position, width: 4) == Signature.entry,
        position <= range.upperBound - Length.entry
      else { throw .damagedZip(detail: "entry \(index) of its directory is not one") }
      let nameLength = try field(position + 28, 2)
      let extraLength = try field(position + 30, 2)
      let next = position + Length.entry + nameLength + extraLength + (try field(position + 32, 2))
      guard next <= range.upperBound else {
        throw .damagedZip(detail: "entry \(index) leaves the directory")
      }
      entries.append(try entry(at: position, nameLength: nameLength, extraLength: extraLength))
      position = next
    }
    return entries
  }

  private func entry(at position: Int, nameLength: Int, extraLength: Int) throws(ArchiveError)
    -> ZipArchive.Entry
  {
    let nameStart = position + Length.entry
    let nameBytes = source.bytes[nameStart..<nameStart + nameLength]
    guard let name = String(validating: nameBytes, as: UTF8.self) else {
      throw .damagedZip(detail: "the name of an entry is not UTF-8")
    }
    guard try field(position + 8, 2) & 1 == 0 else { throw .unsupportedZip(detail: "\(name) is encrypted") }
    guard try field(position + 10, 2) == 0 else { throw .unsupportedZip(detail: "\(name) is compressed") }
    var sizes = Sizes(
      unpacked: try field(position + 24, 4), packed: try field(position + 20, 4),
      header: try field(position + 42, 4))
    try readLargeSizes(&sizes, from: nameStart + nameLength, length: extraLength)
    guard sizes.packed == sizes.unpacked else {
      throw .damagedZip(detail: "\(name) is stored but has two sizes")
    }
    let start = try contentStart(ofHeaderAt: sizes.header, name: nameBytes)
    // Contents lie before the directory.
    guard start <= range.lowerBound, sizes.packed <= range.lowerBound - start else {
      throw .damagedZip(detail: "\(name) leaves the archive")
    }
    return ZipArchive.Entry(
      name: name, range: start..<start + sizes.packed,
      checksum: UInt32(truncatingIfNeeded: try field(position + 16, 4)))
  }

  /// The sizes of an entry and the place of its local header, in bytes.
  private struct Sizes {
    var unpacked, packed, header: Int
  }

  /// Replaces sizes that do not fit into 32 bits by those of the extra field 1, which holds only these, in this order.
  private func readLargeSizes(_ sizes: inout Sizes, from start: Int, length: Int) throws(ArchiveError) {
    let wanted: [WritableKeyPath<Sizes, Int>] = [\.unpacked, \.packed, \.header].filter {
      sizes[keyPath: $0] == Self.elsewhere32
    }
    guard !wanted.isEmpty else { return }
    var position = start
    while position <= start + length - 4 {
      let identifier = try field(position, 2)
      let fieldLength = try field(position + 2, 2)
      if identifier == 1, fieldLength >= wanted.count * 8, position + 4 + fieldLength <= start + length {
        for (index, path) in wanted.enumerated() {
          sizes[keyPath: path] = try field(position + 4 + index * 8, 8)
        }
        return
      }
      position += 4 + fieldLength
    }
    throw .damagedZip(detail: "the 64-bit size of an entry is missing")
  }

  /// Where the content begins whose local header lies at `position`; the header has to give the same name.
  private func contentStart(ofHeaderAt position: Int, name: ArraySlice<UInt8>) throws(ArchiveError) -> Int {
    guard source.number(at: position, width: 4) == Signature.localHeader else {
      throw .damagedZip(detail: "the header of an entry is not where it should be")
    }
    let nameStart = position + Length.localHeader
    let nameLength = try field(position + 26, 2)
    let extraLength = try field(position + 28, 2)
    guard nameLength == name.count, source.bytes.count - nameStart >= nameLength,
      source.bytes[nameStart..<nameStart + nameLength] == name
    else { throw .damagedZip(detail: "the name of an entry differs between directory and header") }
    return nameStart + nameLength + extraLength
  }

  private func field(_ position: Int, _ width: Int) throws(ArchiveError) -> Int {
    try Self.field(source, position, width)
  }

  private static func field(_ source: LittleEndianBytes, _ position: Int, _ width: Int)
    throws(ArchiveError) -> Int
  {
    guard let number = source.number(at: position, width: width), let value = Int(exactly: number) else {
      throw .damagedZip(detail: "a record leaves the archive")
    }
    return value
  }

  /// Where the record lies that ends the archive; only a comment may follow it.
  private static func end(of source: LittleEndianBytes) throws(ArchiveError) -> Int {
    let last = source.bytes.count - Length.end
    guard last >= 0 else { throw .notZip }
    for position in stride(from: last, through: max(0, last - Length.longestComment), by: -1)
    where source.number(at: position, width: 4) == Signature.end
      && source.number(at: position + 20, width: 2) == UInt64(last - position)
    {
      return position
    }
    throw .notZip
  }
}
