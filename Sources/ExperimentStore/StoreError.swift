import Glibc

/// Why a store cannot be used.
public enum StoreError: Error, Equatable, Sendable, CustomStringConvertible {
  /// There is no curve to read.
  case noCurve(path: String)
  /// There is no store.
  case noStore(path: String)
  /// The folder holds something else.
  case notAStore(path: String)
  /// The file that marks the store is damaged.
  case damaged(path: String)
  /// A newer program wrote the store.
  case newerFormat(path: String, found: Int, supported: Int)
  /// A line of a file, counted from 1, is not what was written; line 0 is the file as a whole.
  case damagedLine(path: String, line: Int, problem: String)
  /// Two records of one run disagree.
  case conflict(id: RunID, places: [String])
  /// The store to be written exists already.
  case alreadyThere(path: String)
  /// The record would not read back as it was written: a mistake of the program.
  case unwritableRecord(id: RunID, problem: String)
  /// The operating system refuses to read.
  case cannotRead(path: String, reason: String)
  /// The operating system refuses to write.
  case cannotWrite(path: String, reason: String)

  static func cannotRead(path: String, code: Int32) -> Self {
    .cannotRead(path: path, reason: String(cString: strerror(code)))
  }

  static func cannotWrite(path: String, code: Int32) -> Self {
    .cannotWrite(path: path, reason: String(cString: strerror(code)))
  }

  /// One sentence: what is wrong, where, and what to do.
  public var description: String {
    switch self {
    case .noCurve(let path):
      "no curve has been recorded in \(path) yet: record one with `suggest record --dataset digits`, or name a curve file"
    case .noStore(let path): "there is no store in \(path): name its folder with --store"
    case .notAStore(let path):
      "\(path) is not empty and no store of curves: choose another folder with --store"
    case .damaged(let path):
      "\(path) does not say which format the store has: restore it, or choose another --store"
    case .newerFormat(let path, let found, let supported):
      "the store \(path) is of format \(found), this program writes \(supported): update suggest, or choose another --store"
    case .damagedLine(let path, let line, let problem):
      (line == 0 ? path : "\(path), line \(line)")
        + ": \(problem): restore the file, or remove \(line == 0 ? "it" : "the line") so that the run is done again"
    case .conflict(let id, let places):
      "the records of run \(id) disagree (\(places.joined(separator: "; "))): remove the wrong one"
    case .alreadyThere(let path): "there is a store in \(path) already: choose another folder"
    case .unwritableRecord(let id, let problem):
      "the record of run \(id) cannot be stored (\(problem)): this is a mistake in the program, please report it"
    case .cannotRead(let path, let reason): "cannot read \(path): \(reason)"
    case .cannotWrite(let path, let reason): "cannot write to \(path): \(reason)"
    }
  }
}
