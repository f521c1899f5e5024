import Archives

/// Reads the lines of one record file, from where the reading before ended.
///
/// Only whole lines count: what stands behind the last line end is being written, or was left by a crash. A damaged line
/// does not end the reading, so that all of them can be listed.
struct RecordReader {
  /// The path of the file.
  let path: String
  /// Whether the file is packed: written once, read whole.
  var isPacked: Bool { path.hasSuffix(".gz") }
  /// The bytes of the file that have been read: all whole lines, or the whole packed file.
  private(set) var bytesRead = 0
  /// How many lines these are.
  private(set) var lines = 0
  /// The bytes behind the last whole line when the file was last read.
  private(set) var unfinishedBytes = 0
  /// The checksum that tells whether the bytes read are still the same.
  private(set) var fingerprint: UInt32 = 0

  /// The largest unpacked size of a packed file: far more than any store needs, and no danger for the disk.
  private static let unpackedLimit = 4 << 30
  private static let pieceSize = 1 << 20

  init(path: String) { self.path = path }

  /// Goes on where an earlier program stopped.
  init(path: String, bytesRead: Int, lines: Int, fingerprint: UInt32) {
    self.path = path
    self.bytesRead = bytesRead
    self.lines = lines
    self.fingerprint = fingerprint
  }

  /// A line of a file.
  struct Line {
    /// Its number, counted from 1.
    let number: Int
    /// Where it begins, in bytes of the unpacked file.
    let offset: Int
    /// The line with its checksum, without line end.
    let bytes: [UInt8]
  }

  /// Whether the part that has been read is still there unchanged, as far as its ends tell.
  func isStillValid() throws(StoreError) -> Bool {
    let file = try FileBytes(path)
    guard isPacked ? file.size == bytesRead || bytesRead == 0 : file.size >= bytesRead else { return false }
    return try file.fingerprint(ofFirst: bytesRead) == fingerprint
  }

  /// Reads what was appended since the last call.
  ///
  /// - Throws: ``StoreError/cannotRead(path:reason:)``; ``StoreError/damagedLine(path:line:problem:)`` with line 0 if a
  ///   packed file cannot be unpacked, after `body` got the lines before the damage.
  mutating func read(_ body: (Line) -> Void) throws(StoreError) {
    let file = try FileBytes(path)
    guard file.size > bytesRead else { return }
    if isPacked { return try readPacked(file, body) }
    var splitter = LineSplitter(offset: bytesRead)
    var position = bytesRead
    while position < file.size {
      let piece = try file.bytes(at: position, count: min(Self.pieceSize, file.size - position))
      if piece.isEmpty { break }
      position += piece.count
      take(piece, &splitter, body)
    }
    bytesRead = splitter.offset
    unfinishedBytes = splitter.rest.count
    fingerprint = try file.fingerprint(ofFirst: bytesRead)
  }

  private mutating func take(_ piece: [UInt8], _ splitter: inout LineSplitter, _ body: (Line) -> Void) {
    var number = lines
    splitter.add(piece) { bytes, offset in
      number += 1
      body(Line(number: number, offset: offset, bytes: bytes))
    }
    lines = number
  }

  private mutating func readPacked(_ file: borrowing FileBytes, _ body: (Line) -> Void) throws(StoreError) {
    let packed = try file.bytes(at: 0, count: file.size)
    bytesRead = packed.count
    fingerprint = try file.fingerprint(ofFirst: bytesRead)
    var splitter = LineSplitter(offset: 0)
    var number = 0
    var problem: ArchiveError?
    do throws(ArchiveError) {
      try Gzip.unpack(packed, limit: Self.unpackedLimit) { piece in
        splitter.add(piece) { bytes, offset in
          number += 1
          body(Line(number: number, offset: offset, bytes: bytes))
        }
      }
    } catch {
      problem = error
    }
    lines = number
    if let problem { throw .damagedLine(path: path, line: 0, problem: problem.description) }
    guard splitter.rest.isEmpty else {
      throw .damagedLine(path: path, line: number + 1, problem: "the packed file ends within a line")
    }
  }

  /// Unpacks a whole packed file.
  static func unpacked(_ path: String) throws(StoreError) -> [UInt8] {
    let file = try FileBytes(path)
    let packed = try file.bytes(at: 0, count: file.size)
    do throws(ArchiveError) {
      return try Gzip.unpack(packed, limit: unpackedLimit)
    } catch {
      throw .damagedLine(path: path, line: 0, problem: error.description)
    }
  }
}
