/// Why something cannot be read, or written, as a loss curve.
public enum CurveError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file has no content.
  case empty
  /// The file is not text.
  case binary
  /// The text is not JSON at this place.
  case malformedJSON(line: Int, column: Int, problem: String)
  /// The JSON or table is none of the known forms.
  case unrecognised(found: String)
  /// There are no points.
  case noPoints
  /// There are rates but no losses.
  case noLosses
  /// Two series differ in length.
  case mismatchedLengths(String, Int, String, Int)
  /// A rate is not a positive number.
  case badRate(index: Int, rate: Double)
  /// A rate is not above the one before it.
  case rateDoesNotIncrease(index: Int, rate: Double, previous: Double)
  /// A value has the wrong type.
  case wrongType(place: String, expected: String, found: String)
  /// The rates come per parameter group and no group was chosen.
  case needsGroup(groups: Int)
  /// The chosen parameter group does not exist.
  case noSuchGroup(group: Int, groups: Int)
  /// The file was written by a newer version of the format.
  case newerFormat(found: Int, supported: Int)
  /// The values do not make a rate schedule.
  case badSchedule(String)
  /// The operating system refused to create the file.
  case cannotCreate(path: String, reason: String)
  /// The operating system refused to write to the file.
  case writeFailed(path: String, reason: String)

  /// One sentence: what is wrong, where, and what to do.
  public var description: String {
    switch self {
    case .empty: "the file is empty; a curve needs at least one point"
    case .binary: "the file is binary; a curve is JSON Lines, JSON or CSV text"
    case .malformedJSON(let line, let column, let problem):
      "line \(line), column \(column) is not JSON: \(problem)"
    case .unrecognised(let found):
      "no loss curve found: \(found); expected our JSON Lines, JSON with lrs+losses or lr+loss, or CSV with a rate and a loss column"
    case .noPoints: "the curve has no points"
    case .noLosses: "the curve has learning rates but no losses"
    case .mismatchedLengths(let first, let firstCount, let second, let secondCount):
      "\(firstCount) \(first) but \(secondCount) \(second); they must be equally many"
    case .badRate(let index, let rate):
      "the learning rate of point \(index) is \(rate); rates must be positive numbers"
    case .rateDoesNotIncrease(let index, let rate, let previous):
      "the learning rate of point \(index) is \(rate), not above the \(previous) before it; a range test raises the rate every step"
    case .wrongType(let place, let expected, let found): "\(place) should be \(expected), found \(found)"
    case .needsGroup(let groups):
      "the rates come for \(groups) parameter groups; choose one with --group 0\(groups > 1 ? " … --group \(groups - 1)" : "")"
    case .noSuchGroup(let group, let groups):
      "there is no parameter group \(group); the file has \(groups), counted from 0"
    case .newerFormat(let found, let supported):
      "the curve is of format \(found), this program reads up to \(supported); update suggest"
    case .badSchedule(let problem): problem
    case .cannotCreate(let path, let reason): "cannot create \(path): \(reason)"
    case .writeFailed(let path, let reason): "cannot write to \(path): \(reason)"
    }
  }
}
