public import CurveModel

/// Why a line is no record.
public enum RecordLineError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The line is no JSON.
  case malformed(CurveError)
  /// The line is JSON but no record.
  case notARecord(String)
  /// The line does not end with a checksum.
  case noChecksum
  /// The line is not what was written.
  case wrongChecksum

  /// What is wrong, to be put behind the place.
  public var description: String {
    switch self {
    // A record is one line: the line within it says nothing.
    case .malformed(.malformedJSON(_, let column, let problem)): "no JSON at column \(column) (\(problem))"
    case .malformed(let error): "no JSON (\(error))"
    case .notARecord(let problem): "no record (\(problem))"
    case .noChecksum: "no record (it does not end with a checksum)"
    case .wrongChecksum: "the line was damaged after it was written (its checksum is wrong)"
    }
  }
}
