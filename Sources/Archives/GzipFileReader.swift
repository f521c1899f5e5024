/// Gzip data (RFC 1952, one or several members) unpacked from a file piece by piece: neither the file nor what it unpacks
/// to has to fit into memory.
///
/// zlib verifies each member's CRC-32 and length when its end is reached.
public final class GzipFileReader {
  private let file: InputFileReader
  private let inflater: Inflater
  private let limit: Int
  private var input: [UInt8] = []
  private var consumed = 0
  private var fileHasEnded = false
  private var piece = [UInt8](repeating: 0, count: 1 << 20)
  private var unread = 0..<0
  private var total = 0
  private var hasEnded = false

  /// Opens a file.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - limit: the largest unpacked size to accept, in bytes.
  /// - Throws: ``ArchiveError``: `cannotRead`, `notGzip`, `outOfMemory`.
  public init(_ path: String, limit: Int) throws(ArchiveError) {
    precondition(limit >= 0, "the bound of an unpacked size cannot be negative")
    file = try InputFileReader(path)
    inflater = try Inflater()
    self.limit = limit
    try refill()
    guard input.starts(with: Gzip.magic) else { throw .notGzip }
  }

  /// The next unpacked bytes, at most `count`, which is positive; empty at the end.
  ///
  /// - Throws: ``ArchiveError``: `cannotRead`, `truncated`, `damaged`, `tooLarge`, `outOfMemory`.
  public func next(atMost count: Int) throws(ArchiveError) -> ArraySlice<UInt8> {
    while unread.isEmpty, !hasEnded { try inflate() }
    let range = unread.lowerBound..<min(unread.upperBound, unread.lowerBound + count)
    unread = range.upperBound..<unread.upperBound
    return piece[range]
  }

  /// Unpacks what is left, which shows whether it is sound.
  ///
  /// - Throws: as ``next(atMost:)``.
  public func finish() throws(ArchiveError) {
    while try !next(atMost: .max >> 1).isEmpty {}
  }

  /// Fills the piece once.
  private func inflate() throws(ArchiveError) {
    if consumed == input.count { try refill() }
    let progress = try inflater.advance(input, from: consumed, into: &piece, at: 0)
    consumed += progress.consumed
    total += progress.produced
    guard total <= limit else { throw .tooLarge(limit: limit) }
    unread = 0..<progress.produced
    if progress.isAtMemberEnd {
      if input.count - consumed < Gzip.magic.count { try refill() }
      // gzip ignores what follows the last member unless it is another one.
      if input[consumed...].starts(with: Gzip.magic) { try inflater.reset() } else { hasEnded = true }
    } else if progress.produced == 0, consumed == input.count, fileHasEnded {
      throw .truncated
    }
  }

  /// Reads on behind what is not consumed.
  private func refill() throws(ArchiveError) {
    input.removeFirst(consumed)
    consumed = 0
    while input.count < Gzip.magic.count, !fileHasEnded {
      if let more = try file.next() { input += more } else { fileHasEnded = true }
    }
  }
}
