internal import Foundation
internal import GRDB
import Glibc

/// The SQLite file beside the records, from which a store opens without reading them all.
///
/// It can be lost at any time. It uses a rollback journal, not a write-ahead log: the log needs memory shared between
/// processes, which network file systems lack, and two more files that a copy of the store could catch half-way.
struct StoreIndex: Sendable {
  /// The version of the tables; an index of another version is not used.
  static let version = 1
  private let queue: DatabaseQueue

  private static let schema = """
    CREATE TABLE file(name TEXT PRIMARY KEY, bytes INTEGER NOT NULL, lines INTEGER NOT NULL,
      fingerprint INTEGER NOT NULL, number INTEGER NOT NULL UNIQUE);
    CREATE TABLE run(high INTEGER NOT NULL, low INTEGER NOT NULL, kind TEXT NOT NULL, status TEXT,
      loss REAL, untrainedLoss REAL, error REAL, seconds REAL,
      file INTEGER NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL);
    CREATE TABLE problem(file TEXT NOT NULL, line INTEGER NOT NULL, text TEXT NOT NULL);
    CREATE TABLE conflict(high INTEGER NOT NULL, low INTEGER NOT NULL, file TEXT NOT NULL, offset INTEGER NOT NULL,
      length INTEGER NOT NULL, otherFile TEXT NOT NULL, otherOffset INTEGER NOT NULL, otherLength INTEGER NOT NULL);
    CREATE TABLE suggestion(high INTEGER NOT NULL, low INTEGER NOT NULL, strategy TEXT NOT NULL,
      rate REAL, abstention TEXT, PRIMARY KEY(high, low, strategy)) WITHOUT ROWID;
    CREATE VIEW runs AS SELECT printf('%016x%016x', high, low) AS id, kind, status, loss, untrainedLoss, error,
      seconds, name AS file, offset, length FROM run JOIN file ON run.file = file.number;
    PRAGMA user_version = \(version);
    """

  private static let clearing =
    "DELETE FROM run; DELETE FROM file; DELETE FROM problem; DELETE FROM conflict"

  /// Opens the index, and makes an empty one where there is none.
  ///
  /// - Throws: What SQLite says; ``Unusable`` for an index of another version.
  init(path: String) throws {
    var configuration = Configuration()
    configuration.busyMode = .timeout(2)
    queue = try DatabaseQueue(path: path, configuration: configuration)
    let found = try queue.read { try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0 }
    if found == 0 {
      try queue.inTransaction(.immediate) { database in
        // Another process may have been quicker.
        if try Int.fetchOne(database, sql: "PRAGMA user_version") == 0 {
          try database.execute(sql: Self.schema)
        }
        return .commit
      }
    } else if found != Self.version {
      throw Unusable(reason: "it is of version \(found), this program uses \(Self.version)")
    }
  }

  struct Unusable: Error, CustomStringConvertible {
    let reason: String
    var description: String { reason }
  }

  /// Whether an error says that the file is no sound database, so that nothing is lost by deleting it.
  static func isCorruption(_ error: any Error) -> Bool {
    guard let error = error as? DatabaseError else { return false }
    return [.SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_ERROR].contains(error.resultCode)
  }

  static func reason(of error: any Error) -> String {
    (error as? DatabaseError).map { $0.message ?? "SQLite error \($0.resultCode.rawValue)" } ?? "\(error)"
  }

  /// Everything that is indexed, for the store at `path`.
  func contents(of path: String) throws -> StoreContents {
    try queue.read { database in
      var names: [Int: String] = [:]
      var readers: [RecordReader] = []
      for row in try Row.fetchAll(
        database, sql: "SELECT name, bytes, lines, fingerprint, number FROM file ORDER BY number")
      {
        let name: String = row[0]
        names[row[4]] = name
        readers.append(
          RecordReader(
            path: "\(path)/records/\(name)", bytesRead: row[1], lines: row[2],
            fingerprint: UInt32(truncatingIfNeeded: row[3] as Int64)))
      }
      var contents = StoreContents(
        path: path, readers: readers,
        problems: try Row.fetchAll(database, sql: "SELECT file, line, text FROM problem ORDER BY rowid").map {
          StoreProblem(file: $0[0], line: $0[1], problem: $0[2])
        },
        conflicts: try Row.fetchAll(
          database,
          sql:
            "SELECT high, low, file, offset, length, otherFile, otherOffset, otherLength FROM conflict ORDER BY rowid"
        ).map {
          RecordConflict(
            id: RunID(signedHigh: $0[0], low: $0[1]), kept: .init(file: $0[2], offset: $0[3], length: $0[4]),
            other: .init(file: $0[5], offset: $0[6], length: $0[7]))
        })
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT high, low, kind, status, loss, untrainedLoss, error, seconds, file, offset, length FROM run
          ORDER BY rowid
          """)
      while let row = try rows.next() {
        guard let kind = RunRecord.Kind(rawValue: row[2]), let name = names[row[8]] else {
          throw Unusable(reason: "its tables contradict each other")
        }
        contents.admit(
          RunID(signedHigh: row[0], low: row[1]),
          RunSummary(
            kind: kind, status: (row[3] as String?).flatMap { RunSummary.Status(rawValue: $0) },
            // SQLite keeps NaN as NULL.
            numbers: (4...7).map { row[$0] as Double? ?? .nan },
            place: .init(file: name, offset: row[9], length: row[10])))
      }
      return contents
    }
  }

  /// Adds what `contents` has more than the index.
  ///
  /// Another process may have indexed the same lines a moment ago: what the index has of a file stays, and only what
  /// lies behind it is added. Where it has less than this process left there, somebody built it again: then it gets
  /// everything.
  func add(
    _ contents: StoreContents, runs: [RunID], problems: Int, conflicts: Int, after indexedBytes: [String: Int]
  ) throws {
    var (runs, problems, conflicts) = (runs, problems, conflicts)
    try queue.inTransaction(.immediate) { database in
      var indexed: [String: (bytes: Int, number: Int)] = [:]
      for row in try Row.fetchAll(database, sql: "SELECT name, bytes, number FROM file") {
        indexed[row[0]] = (row[1], row[2])
      }
      if indexedBytes.contains(where: { $0.value > indexed[$0.key]?.bytes ?? -1 }) {
        try database.execute(sql: Self.clearing)
        indexed = [:]
        runs = contents.summaries.keys.sorted()
        (problems, conflicts) = (0, 0)
      }
      let known = indexed
      let insertFile = try database.cachedStatement(sql: "INSERT OR REPLACE INTO file VALUES(?, ?, ?, ?, ?)")
      for (name, reader) in contents.readers.sorted(by: { $0.key < $1.key })
      where reader.bytesRead > (indexed[name]?.bytes ?? -1) {
        let number = indexed[name]?.number ?? indexed.count
        indexed[name] = (reader.bytesRead, number)
        try insertFile.execute(arguments: [
          name, reader.bytesRead, reader.lines, Int64(reader.fingerprint), number,
        ])
      }
      let insertRun = try database.cachedStatement(sql: "INSERT INTO run VALUES(?,?,?,?,?,?,?,?,?,?,?)")
      for id in runs {
        guard let summary = contents.summaries[id], let file = indexed[summary.place.file],
          summary.place.offset >= known[summary.place.file]?.bytes ?? 0
        else { continue }
        insertRun.setUncheckedArguments([
          Int64(bitPattern: id.high), Int64(bitPattern: id.low), summary.kind.rawValue,
          summary.status?.rawValue,
          summary.loss, summary.untrainedLoss, summary.error, summary.seconds, file.number,
          summary.place.offset, summary.place.length,
        ])
        try insertRun.execute()
      }
      for problem in contents.problems.dropFirst(problems) where problem.file.hasPrefix("records/") {
        try database.execute(
          sql: "INSERT INTO problem VALUES(?, ?, ?)",
          arguments: [problem.file, problem.line, problem.problem])
      }
      for conflict in contents.conflicts.dropFirst(conflicts) {
        try database.execute(
          sql: "INSERT INTO conflict VALUES(?,?,?,?,?,?,?,?)",
          arguments: [
            Int64(bitPattern: conflict.id.high), Int64(bitPattern: conflict.id.low), conflict.kept.file,
            conflict.kept.offset, conflict.kept.length, conflict.other.file, conflict.other.offset,
            conflict.other.length,
          ])
      }
      return .commit
    }
  }

  /// Forgets all records, but not the suggestions: those depend on the curve alone.
  func clear() throws {
    try queue.inTransaction(.immediate) { database in
      try database.execute(sql: Self.clearing)
      return .commit
    }
  }

  // MARK: Suggestions

  func suggestions() throws -> [SuggestionKey: CachedSuggestion] {
    try queue.read { database in
      var all: [SuggestionKey: CachedSuggestion] = [:]
      let rows = try Row.fetchCursor(
        database, sql: "SELECT high, low, strategy, rate, abstention FROM suggestion")
      while let row = try rows.next() {
        let key = SuggestionKey(curve: RunID(signedHigh: row[0], low: row[1]), strategy: row[2])
        if let rate = row[3] as Double? {
          all[key] = .rate(rate)
        } else {
          all[key] = .abstention(row[4] as String? ?? "")
        }
      }
      return all
    }
  }

  func add(_ suggestions: [(SuggestionKey, CachedSuggestion)]) throws {
    try queue.inTransaction(.immediate) { database in
      let insert = try database.cachedStatement(sql: "INSERT OR REPLACE INTO suggestion VALUES(?,?,?,?,?)")
      for (key, suggestion) in suggestions {
        var rate: Double?
        var abstention: String?
        switch suggestion {
        case .rate(let value): rate = value
        case .abstention(let reason): abstention = reason
        }
        try insert.execute(arguments: [
          Int64(bitPattern: key.curve.high), Int64(bitPattern: key.curve.low), key.strategy, rate, abstention,
        ])
      }
      return .commit
    }
  }
}

extension RunID {
  /// From the signed numbers of the index.
  fileprivate init(signedHigh high: Int64, low: Int64) {
    self.init(high: UInt64(bitPattern: high), low: UInt64(bitPattern: low))
  }
}
