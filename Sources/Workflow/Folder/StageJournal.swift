internal import CurveModel
internal import ExperimentStore
internal import Glibc

/// The list of stages that are done, `stages.jsonl`: only appended to, and the truth about a workflow's folder.
package struct StageJournal: Sendable {
  /// The file.
  package let path: String
  /// The records, in the order in which the stages were done.
  package private(set) var records: [StageRecord] = []
  /// The bytes of all whole lines.
  private var size = 0

  /// Reads the list; one that is not there is empty.
  ///
  /// What stands behind the last line end was being written when a program was killed, and does not count.
  ///
  /// - Throws: ``WorkflowFolderError``.
  package init(path: String) throws(WorkflowFolderError) {
    self.path = path
    guard let bytes = try FileContent.bytes(of: path) else { return }
    var number = 0
    var start = 0
    while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
      number += 1
      do throws(StageRecord.LineProblem) {
        records.append(try StageRecord(line: Array(bytes[start..<end])))
      } catch {
        switch error {
        case .damaged(let problem): throw .damaged(path: path, line: number, problem: problem)
        case .newer(let version): throw .newerFormat(path: path, found: version)
        }
      }
      start = end + 1
    }
    size = start
  }

  /// The latest record of a stage.
  package func latest(of stage: String) -> StageRecord? { records.last { $0.stage == stage } }

  /// The latest record of a stage with an identity.
  package func record(of stage: String, identity: String) -> StageRecord? {
    records.last { $0.stage == stage && $0.identity == identity }
  }

  /// Appends a record and waits for the disk.
  ///
  /// - Throws: ``WorkflowFolderError/cannotWrite(path:reason:)``; the list then ends with the record before.
  package mutating func append(_ record: StageRecord) throws(WorkflowFolderError) {
    let line = record.line + [UInt8(ascii: "\n")]
    let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .cannotWrite(path: path, code: errno) }
    defer { close(descriptor) }
    guard ftruncate(descriptor, off_t(size)) == 0, lseek(descriptor, 0, SEEK_END) >= 0 else {
      throw .cannotWrite(path: path, code: errno)
    }
    var failure = writeAll(line, to: descriptor)
    // Devices that cannot be synchronised say EINVAL.
    if failure == 0, fsync(descriptor) != 0, errno != EINVAL { failure = errno }
    guard failure == 0 else {
      _ = ftruncate(descriptor, off_t(size))
      throw .cannotWrite(path: path, code: failure)
    }
    size += line.count
    records.append(record)
  }
}
