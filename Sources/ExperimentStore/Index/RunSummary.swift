import CurveModel

/// What a store keeps in memory of every run: enough to plan, to score and to find the whole record.
public struct RunSummary: Sendable, Equatable {
  /// How a training ended.
  public enum Status: String, Sendable, CaseIterable {
    /// All steps were made.
    case finished
    /// The loss grew beyond all bounds; a result too.
    case diverged
  }

  /// What the run was for.
  public let kind: RunRecord.Kind
  /// How it ended; nil where the record does not say.
  public let status: Status?
  /// The member `loss`; NaN where there is none.
  public let loss: Double
  /// The member `untrainedLoss`; NaN where there is none.
  public let untrainedLoss: Double
  /// The member `error`; NaN where there is none.
  public let error: Double
  /// The seconds it took, `measured.seconds`; NaN where they are not known.
  public let seconds: Double
  /// Where the record lies.
  public let place: RecordPlace

  init(_ record: RunRecord, at place: RecordPlace) {
    kind = record.kind
    status = record["status"]?.string.flatMap { Status(rawValue: $0) }
    loss = record["loss"]?.double ?? .nan
    untrainedLoss = record["untrainedLoss"]?.double ?? .nan
    error = record["error"]?.double ?? .nan
    seconds = record.measured("seconds")?.double ?? .nan
    self.place = place
  }

  init(kind: RunRecord.Kind, status: Status?, numbers: [Double], place: RecordPlace) {
    self.kind = kind
    self.status = status
    loss = numbers[0]
    untrainedLoss = numbers[1]
    error = numbers[2]
    seconds = numbers[3]
    self.place = place
  }

  /// Loss, untrained loss, error, seconds.
  var numbers: [Double] { [loss, untrainedLoss, error, seconds] }

  /// Whether both say the same about a run, wherever its records lie; NaN counts as equal.
  func agrees(with other: RunSummary) -> Bool {
    kind == other.kind && status == other.status
      && zip(numbers, other.numbers).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) }
  }
}

/// Where a record lies.
public struct RecordPlace: Sendable, Hashable {
  /// The name of the file in the folder `records`.
  public let file: String
  /// Where the line begins, in bytes of the unpacked file.
  public let offset: Int
  /// The bytes of the line, without the line end.
  public let length: Int
}

/// Two records of one run that disagree.
public struct RecordConflict: Sendable, Equatable, CustomStringConvertible {
  /// The run.
  public let id: RunID
  /// The record that is kept, and the other one.
  public let kept, other: RecordPlace

  /// What is wrong and where.
  public var description: String {
    "the records of run \(id) disagree: records/\(kept.file) at byte \(kept.offset) and records/\(other.file) at byte "
      + "\(other.offset): remove the wrong one"
  }
}

/// What is wrong with a record file.
public struct StoreProblem: Sendable, Equatable, CustomStringConvertible {
  /// The file, with its folder in the store.
  public let file: String
  /// The line, counted from 1; 0 where it is about the file as a whole.
  public let line: Int
  /// What is wrong.
  public let problem: String

  /// The place and what is wrong there.
  public var description: String { line == 0 ? "\(file): \(problem)" : "\(file), line \(line): \(problem)" }
}
