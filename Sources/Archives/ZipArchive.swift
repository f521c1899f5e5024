internal import CZlib

/// A zip archive whose entries are stored, not compressed, as PyTorch writes its checkpoints.
///
/// Reads the directory at the archive's end and nothing else until an entry is asked for. Nothing is ever unpacked to
/// disk, and an entry is a slice of the archive, so that a small hostile file cannot claim much memory. The 64-bit
/// forms are read; compression, encryption and archives of several files are refused. Source: PKWARE's APPNOTE.TXT
/// 6.3.10.
public struct ZipArchive: Sendable {
  /// One stored file.
  public struct Entry: Sendable, Equatable {
    /// The path inside the archive.
    public let name: String
    /// Where its content lies in the archive's bytes.
    public let range: Range<Int>
    /// The CRC-32 that the directory gives for its content.
    public let checksum: UInt32
  }

  /// The entries in the directory's order; their names differ and their contents do not overlap.
  public let entries: [Entry]
  private let bytes: [UInt8]
  private let indexes: [String: Int]

  /// Reads the directory of an archive.
  ///
  /// - Parameters:
  ///   - bytes: the whole archive.
  ///   - entryLimit: the largest number of entries to accept.
  /// - Throws: ``ArchiveError`` where it is no zip archive, damaged, not only stored, or has too many entries.
  public init(_ bytes: [UInt8], entryLimit: Int) throws(ArchiveError) {
    let directory = try ZipDirectory(LittleEndianBytes(bytes: bytes))
    guard directory.entryCount <= entryLimit else {
      throw .tooManyEntries(count: directory.entryCount, limit: entryLimit)
    }
    entries = try directory.entries()
    self.bytes = bytes
    var indexes: [String: Int] = [:]
    for (index, entry) in entries.enumerated() {
      guard indexes.updateValue(index, forKey: entry.name) == nil else {
        throw .damagedZip(detail: "two entries are called \(entry.name)")
      }
    }
    self.indexes = indexes
    var end = 0
    for entry in entries.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) where !entry.range.isEmpty
    {
      guard entry.range.lowerBound >= end else {
        throw .damagedZip(detail: "entry \(entry.name) overlaps another")
      }
      end = entry.range.upperBound
    }
  }

  /// Whether bytes begin like a zip archive with at least one entry.
  public static func isLikely(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: [0x50, 0x4b, 0x03, 0x04])
  }

  /// The entry of this name, if there is one.
  public func entry(named name: String) -> Entry? {
    indexes[name].map { entries[$0] }
  }

  /// The content of an entry of this archive, once its CRC-32 has been checked.
  ///
  /// - Throws: ``ArchiveError/damagedZip(detail:)`` where the checksum differs.
  public func content(of entry: Entry) throws(ArchiveError) -> ArraySlice<UInt8> {
    precondition(
      self.entry(named: entry.name) == entry, "entry \(entry.name) belongs to another archive")
    let content = bytes[entry.range]
    let checksum = content.withUnsafeBufferPointer { crc32_z(0, $0.baseAddress, $0.count) }
    guard UInt32(truncatingIfNeeded: checksum) == entry.checksum else {
      throw .damagedZip(detail: "the checksum of entry \(entry.name) is wrong")
    }
    return content
  }
}
