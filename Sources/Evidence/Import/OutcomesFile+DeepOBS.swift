internal import Archives
internal import CurveModel
internal import Scoring

extension OutcomesFile {
  /// Reads the table of DeepOBS baselines (``DeepOBS``), packed or not, as a file of outcomes.
  ///
  /// - Throws: ``EvidenceError/badFile(file:line:problem:)`` naming the first line that is no run.
  public init(deepOBS bytes: [UInt8], name: String) throws(EvidenceError) {
    let tables: EvidenceTables
    let unpacked = try Self.unpacked(bytes, name: name)
    do throws(EvidenceError) {
      tables = try DeepOBS.tables(of: unpacked)
    } catch .badLine(let number, let problem) {
      throw .badFile(file: name, line: number, problem: problem)
    } catch {
      throw error
    }
    guard !tables.outcomes.isEmpty else {
      throw .badFile(file: name, line: 0, problem: "the file is empty")
    }
    var lines: [Line] = []
    for (index, row) in tables.outcomes.enumerated() {
      lines.append(Line(number: index + 1, content: try OutcomeLine(row.line(of: tables.tasks[row.task]))))
    }
    self.init(name: name, lines: lines)
  }

  /// The bytes, unpacked where they are gzip data.
  ///
  /// - Throws: ``EvidenceError/badFile(file:line:problem:)`` where they are damaged or far too many.
  public static func unpacked(_ bytes: [UInt8], name: String) throws(EvidenceError) -> [UInt8] {
    guard bytes.starts(with: [0x1f, 0x8b]) else { return bytes }
    do throws(ArchiveError) {
      return try Gzip.unpack(bytes, limit: 1 << 31)
    } catch {
      throw .badFile(file: name, line: 0, problem: error.description)
    }
  }
}

extension OutcomeRow {
  /// The row as a line of a file of outcomes; what is not known is left out.
  fileprivate func line(of task: TaskDescription) -> JSONValue {
    let numbers = [
      ("loss", loss), ("bestLoss", bestLoss), ("error", error), ("untrainedLoss", untrainedLoss),
      ("untrainedError", untrainedError),
    ]
    return .object(
      [
        .init("kind", .string("outcome")), .init("task", .object(task.labels)),
        .init("learningRate", .number(rate.learningRate)), .init("seed", .number(Double(seed))),
        .init("status", .string(status.rawValue)),
      ] + numbers.filter { $0.1.isFinite }.map { JSONValue.Member($0.0, .number($0.1)) })
  }
}
