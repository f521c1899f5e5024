import CurveModel
import Glibc
import Synchronization

/// Appends what runs gave to a store, in a file of this process's own.
///
/// Every call returns only when the disk has the line: whenever the process or the machine stops, at most the run in
/// flight is lost. Any number of processes may write into one store at once.
public final class RecordWriter: Sendable {
  private let records: Mutex<LineAppender>
  private let incidents: Mutex<LineAppender>

  /// Prepares writing into the store at `path`, which must have been opened; no file is created yet.
  ///
  /// - Parameters:
  ///   - path: The store's folder.
  ///   - secondsSince1970: The time, for the names of the files.
  public init(store path: String, at secondsSince1970: Int) {
    let stem = "\(StoreFolder.stamp(secondsSince1970))-\(Self.hostName())-\(getpid())"
    records = Mutex(LineAppender(folder: path + "/records", stem: stem))
    incidents = Mutex(LineAppender(folder: path + "/incidents", stem: stem))
  }

  /// Appends what a run gave.
  ///
  /// - Throws: ``StoreError/cannotWrite(path:reason:)``, then nothing of the record is left in the file and the call may
  ///   be repeated; ``StoreError/unwritableRecord(id:problem:)`` if the record would read back as another one.
  public func append(_ record: RunRecord) throws(StoreError) {
    let line = record.line
    try Self.check(line, of: record.id) { (bytes) throws(RecordLineError) in
      try RunRecord(parsing: bytes).line
    }
    try records.withLock { (file) throws(StoreError) in try file.append(RecordLine.sealed(line)) }
  }

  /// Appends that a run gave nothing.
  ///
  /// - Throws: As ``append(_:)-(RunRecord)``.
  public func append(_ incident: IncidentRecord) throws(StoreError) {
    let line = incident.line
    try Self.check(line, of: incident.id) { (bytes) throws(RecordLineError) in
      try IncidentRecord(parsing: bytes).line
    }
    try incidents.withLock { (file) throws(StoreError) in try file.append(RecordLine.sealed(line)) }
  }

  /// Makes sure that a line reads back as it is: such as a list of the strings "NaN" does not.
  private static func check(
    _ line: String, of id: RunID, reading: ([UInt8]) throws(RecordLineError) -> String
  ) throws(StoreError) {
    do throws(RecordLineError) {
      let again = try reading(Array(line.utf8))
      guard again == line else { throw .notARecord("it reads back as \(again)") }
    } catch {
      throw .unwritableRecord(id: id, problem: error.description)
    }
  }

  /// The host's name in letters that are a file name everywhere.
  private static func hostName() -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard gethostname(&buffer, buffer.count - 1) == 0 else { return "host" }
    let bytes = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    let name = String(decoding: bytes, as: UTF8.self).map {
      $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") ? $0 : "_"
    }
    return name.isEmpty ? "host" : String(name.prefix(64))
  }
}
