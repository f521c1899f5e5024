/// Reading and writing of gzip data (RFC 1952) through zlib.
public enum Gzip {
  /// Unpacks gzip data of one or several members.
  ///
  /// zlib verifies each member's CRC-32 and length. The result grows by doubling from an estimate and never beyond
  /// `limit`, so that a small hostile file cannot claim much memory.
  ///
  /// - Parameters:
  ///   - bytes: the whole gzip file.
  ///   - limit: the largest unpacked size to accept, in bytes.
  /// - Returns: the unpacked bytes of all members, in order.
  /// - Throws: ``ArchiveError``: not gzip, truncated, damaged (also a wrong checksum), too large, out of memory.
  public static func unpack(_ bytes: [UInt8], limit: Int) throws(ArchiveError) -> [UInt8] {
    precondition(limit >= 0, "the bound of an unpacked size cannot be negative")
    guard bytes.starts(with: magic.prefix(bytes.count)), !bytes.isEmpty else { throw .notGzip }
    let inflater = try Inflater()
    // One byte more than allowed shows that the data are too large.
    let capacity = limit == .max ? limit : limit + 1
    var output = [UInt8](repeating: 0, count: min(capacity, max(bytes.count * 4, 4096)))
    var consumed = 0
    var produced = 0
    while true {
      let progress = try inflater.advance(bytes, from: consumed, into: &output, at: produced)
      consumed += progress.consumed
      produced += progress.produced
      guard produced <= limit else { throw .tooLarge(limit: limit) }
      if progress.isAtMemberEnd {
        // gzip ignores what follows the last member unless it is another one.
        guard bytes[consumed...].starts(with: magic) else { break }
        try inflater.reset()
      } else if produced == output.count {
        output += [UInt8](repeating: 0, count: min(output.count, capacity - output.count))
      } else if consumed == bytes.count {
        throw .truncated
      }
    }
    output.removeLast(output.count - produced)
    return output
  }

  /// Unpacks gzip data of one or several members piece by piece, so that the unpacked data need no room.
  ///
  /// - Parameters:
  ///   - bytes: the whole gzip file.
  ///   - limit: the largest unpacked size to accept, in bytes.
  ///   - body: called with the unpacked bytes in order, at most a mebibyte at a time. What it got counts only when the
  ///     call returns without an error.
  /// - Throws: ``ArchiveError`` as ``unpack(_:limit:)``, after `body` got what stands before the damage.
  public static func unpack(
    _ bytes: [UInt8], limit: Int, pieces body: ([UInt8]) -> Void
  ) throws(ArchiveError) {
    precondition(limit >= 0, "the bound of an unpacked size cannot be negative")
    guard bytes.starts(with: magic.prefix(bytes.count)), !bytes.isEmpty else { throw .notGzip }
    let inflater = try Inflater()
    var piece = [UInt8](repeating: 0, count: 1 << 20)
    var (consumed, filled, total) = (0, 0, 0)
    while true {
      let progress = try inflater.advance(bytes, from: consumed, into: &piece, at: filled)
      consumed += progress.consumed
      filled += progress.produced
      total += progress.produced
      guard total <= limit else { throw .tooLarge(limit: limit) }
      if progress.isAtMemberEnd {
        guard bytes[consumed...].starts(with: magic) else { break }
        try inflater.reset()
      } else if filled < piece.count, consumed == bytes.count {
        body(Array(piece.prefix(filled)))
        throw .truncated
      }
      if filled == piece.count {
        body(piece)
        filled = 0
      }
    }
    if filled > 0 { body(Array(piece.prefix(filled))) }
  }

  /// Packs bytes into one member, with the strongest compression and without name and time: the same bytes give the
  /// same file, with the same zlib.
  ///
  /// - Throws: ``ArchiveError/outOfMemory``.
  public static func pack(_ bytes: [UInt8]) throws(ArchiveError) -> [UInt8] {
    let packer = try GzipPacker()
    return packer.add(bytes) + packer.finish()
  }

  /// What every member begins with.
  static let magic: [UInt8] = [0x1f, 0x8b]
}
