/// Why compressed or packed bytes could not be unpacked.
public enum ArchiveError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The bytes do not begin with a gzip header.
  case notGzip
  /// The bytes end before the compressed data do.
  case truncated
  /// The compressed data or their checksum or length are damaged.
  case damaged(detail: String)
  /// The unpacked data would exceed the caller's bound in bytes.
  case tooLarge(limit: Int)
  /// zlib had no memory for its window.
  case outOfMemory
  /// The bytes do not end with a zip directory.
  case notZip
  /// The zip archive contradicts itself.
  case damagedZip(detail: String)
  /// The zip archive is compressed, encrypted or split over several files.
  case unsupportedZip(detail: String)
  /// The archive has more entries than the caller's bound.
  case tooManyEntries(count: Int, limit: Int)
  /// The unpacked bytes are no tar archive.
  case notTar
  /// The tar archive contradicts itself.
  case damagedTar(detail: String)
  /// The archive has an entry that must not be unpacked; then nothing is.
  case refused(entry: String, reason: String)
  /// A file cannot be read.
  case cannotRead(path: String, reason: String)
  /// A file or folder cannot be written.
  case cannotWrite(path: String, reason: String)
  /// The task that unpacks was cancelled.
  case cancelled

  /// One sentence: what is wrong and what to do.
  public var description: String {
    switch self {
    case .notGzip: "this is not gzip data: it lacks the gzip header; check that it is the right file"
    case .truncated: "the gzip data end too early: fetch the file again"
    case .damaged(let detail): "the gzip data are damaged (\(detail)): fetch the file again"
    case .tooLarge(let limit):
      "the gzip data unpack to more than \(limit) bytes, the bound for this file: check its origin"
    case .outOfMemory: "not enough memory to unpack gzip data: free some and try again"
    case .notZip: "this is not a whole zip archive: it lacks the directory at its end; fetch the file again"
    case .damagedZip(let detail): "the zip archive is damaged (\(detail)): fetch the file again"
    case .unsupportedZip(let detail):
      "the zip archive cannot be read (\(detail)): pack it again in one file, stored and not encrypted"
    case .tooManyEntries(let count, let limit):
      "the archive has \(count) entries, more than the bound of \(limit): check its origin"
    case .notTar: "the unpacked data are no tar archive: check that it is the right file"
    case .damagedTar(let detail): "the tar archive is damaged (\(detail)): fetch the file again"
    case .refused(let entry, let reason):
      "the archive is not unpacked because of its entry \(entry): \(reason); check its origin"
    case .cannotRead(let path, let reason): "cannot read \(path): \(reason); check its name and permissions"
    case .cannotWrite(let path, let reason): "cannot write \(path): \(reason); check the disk and permissions"
    case .cancelled: "the unpacking was cancelled; start it again"
    }
  }
}
