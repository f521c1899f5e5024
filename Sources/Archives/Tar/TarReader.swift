/// The entries of a gzip-compressed tar archive, one after the other.
///
/// Reads ustar, GNU's long names (types `L` and `K`) and pax headers (types `x` and `g`, of which the path and the size
/// count). No more than a piece of an entry is in memory.
final class TarReader {
  private let source: GzipFileReader
  /// What headers that describe others may hold, in bytes; a path is at most 4,096 long on Linux.
  private static let mostDescription = 1 << 16
  private var everywhere = PaxRecords()
  /// The content of the current entry that nobody has read, and what fills its last block.
  private var (unread, padding) = (0, 0)
  private var isAtBeginning = true

  init(_ source: GzipFileReader) { self.source = source }

  /// The next entry; nil at the end.
  ///
  /// What nobody has read of the entry before is skipped.
  ///
  /// - Throws: ``ArchiveError``: `notTar`, `damagedTar`, or what the gzip data are.
  func next() throws(ArchiveError) -> TarEntry? {
    var here = PaxRecords()
    var longName: [UInt8]?
    while let header = try nextHeader() {
      switch header.type {
      case UInt8(ascii: "x"): here = try PaxRecords(description(header))
      case UInt8(ascii: "g"): everywhere = try PaxRecords(description(header)).replacing(everywhere)
      case UInt8(ascii: "L"): longName = Array(try description(header).prefix { $0 != 0 })
      case UInt8(ascii: "K"): _ = try description(header)
      default:
        let records = here.replacing(everywhere)
        let name = records.path ?? longName ?? header.name
        try expect(
          TarEntry.Kind.hasContent(type: header.type) ? records.size ?? header.contentSize : 0)
        guard let text = String(validating: name, as: UTF8.self) else {
          throw .damagedTar(detail: "the name of an entry is not UTF-8")
        }
        return TarEntry(name: text, kind: TarEntry.Kind(type: header.type, name: name), size: unread)
      }
    }
    return nil
  }

  /// The next piece of the current entry's content; nil at its end.
  ///
  /// - Throws: ``ArchiveError``, as ``next()``.
  func content() throws(ArchiveError) -> ArraySlice<UInt8>? {
    guard unread > 0 else { return nil }
    let piece = try source.next(atMost: unread)
    guard !piece.isEmpty else { throw .damagedTar(detail: "it ends within an entry") }
    unread -= piece.count
    return piece
  }

  /// Makes sure that the rest of the gzip data is sound.
  func finish() throws(ArchiveError) { try source.finish() }

  private func expect(_ size: Int) throws(ArchiveError) {
    guard size <= .max - TarHeader.size else { throw .damagedTar(detail: "an entry's size is no size") }
    unread = size
    padding = (TarHeader.size - size % TarHeader.size) % TarHeader.size
  }

  /// The content of a header that describes others.
  private func description(_ header: TarHeader) throws(ArchiveError) -> [UInt8] {
    guard header.contentSize <= Self.mostDescription else {
      throw .damagedTar(detail: "a header that describes another has \(header.contentSize) bytes")
    }
    try expect(header.contentSize)
    var bytes: [UInt8] = []
    while let piece = try content() { bytes += piece }
    return bytes
  }

  /// The next header; nil where a block of zeros ends the archive, or the data end between two entries.
  private func nextHeader() throws(ArchiveError) -> TarHeader? {
    while try content() != nil {}
    while padding > 0 {
      let count = try source.next(atMost: padding).count
      guard count > 0 else { throw .damagedTar(detail: "it ends within an entry") }
      padding -= count
    }
    var block: [UInt8] = []
    while block.count < TarHeader.size {
      let piece = try source.next(atMost: TarHeader.size - block.count)
      if piece.isEmpty { break }
      block += piece
    }
    defer { isAtBeginning = false }
    if block.isEmpty, !isAtBeginning { return nil }
    guard block.count == TarHeader.size else {
      throw isAtBeginning ? .notTar : .damagedTar(detail: "it ends within a header")
    }
    if block.allSatisfy({ $0 == 0 }) { return nil }
    do {
      return try TarHeader(block)
    } catch {
      throw isAtBeginning ? .notTar : error
    }
  }
}
