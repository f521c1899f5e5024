import Archives
import CurveModel
import Glibc

extension RunStore {
  /// Adds records that come from elsewhere, all or none: one packed file, written beside and renamed.
  ///
  /// Records that the store holds already are not checked for; leave them out.
  ///
  /// - Parameter records: The records, each run once; none writes nothing.
  /// - Throws: ``StoreError/cannotWrite(path:reason:)``, then the store is as it was; or
  ///   ``StoreError/unwritableRecord(id:problem:)`` if a record would read back as another one.
  public func add(_ records: [RunRecord]) throws(StoreError) {
    guard !records.isEmpty else { return }
    var hash = SHA256Hash()
    var lines: [UInt8] = []
    for record in records.sorted(by: { $0.id < $1.id }) {
      lines += RecordLine.sealed(try Self.checkedLine(record)) + [UInt8(ascii: "\n")]
    }
    hash.add(lines)
    let packed: [UInt8]
    do throws(ArchiveError) {
      packed = try Gzip.pack(lines)
    } catch {
      throw .cannotWrite(path: path, reason: error.description)
    }
    // The same records get the same name; what is in there already is not touched.
    let file = "\(path)/records/import-\(RunID(hash.bytes)).jsonl.gz"
    try Self.write(packed, to: file)
    _ = StoreFolder.synchronize(path + "/records")
    try refresh()
  }

  /// The line of a record that reads back as it is.
  private static func checkedLine(_ record: RunRecord) throws(StoreError) -> String {
    let line = record.line
    let again: String
    do throws(RecordLineError) {
      again = try RunRecord(parsing: Array(line.utf8)).line
    } catch {
      throw .unwritableRecord(id: record.id, problem: error.description)
    }
    guard again == line else { throw .unwritableRecord(id: record.id, problem: "it reads back as \(again)") }
    return line
  }

  private static func write(_ bytes: [UInt8], to file: String) throws(StoreError) {
    // Under a name that no reader looks at until it is whole.
    let temporary = "\(file).\(getpid()).unfinished"
    let descriptor = Glibc.open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .cannotWrite(path: file, code: errno) }
    var failure = writeAll(bytes, to: descriptor)
    // Devices that cannot be synchronised say EINVAL.
    if failure == 0, fsync(descriptor) != 0, errno != EINVAL { failure = errno }
    close(descriptor)
    if failure == 0, rename(temporary, file) != 0 { failure = errno }
    guard failure == 0 else {
      unlink(temporary)
      throw .cannotWrite(path: file, code: failure)
    }
  }
}
