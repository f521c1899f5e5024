import CurveModel
import Glibc
import Synchronization

/// A folder of records of runs: what range tests and trainings gave.
///
/// ```
/// runs/store.json                      {"suggestStore":1}
/// runs/records/TIME-HOST-PID-1.jsonl   one record a line; each file written by one process only
/// runs/records/runs.jsonl.gz           the same, packed
/// runs/incidents/TIME-HOST-PID-1.jsonl runs that gave nothing
/// runs/comparisons/NAME-HASH.yaml      what was asked for
/// runs/claims.lock                     always empty; see RunClaims
/// runs/index.sqlite                    rebuilt from the records whenever it is missing
/// ```
///
/// The record files are the truth and only ever grow. The index saves reading them all; a store works without it, and
/// says so in ``notices``. Any number of processes may read and write one store at once.
public final class RunStore: Sendable {
  /// The folder.
  public let path: String
  private let state: Mutex<State>

  private struct State: Sendable {
    var contents: StoreContents
    var index: StoreIndex?
    var notices: [String] = []
    var suggestions: [SuggestionKey: CachedSuggestion] = [:]
    /// What the index does not have yet.
    var unindexedRuns: [RunID] = []
    var indexedBytes: [String: Int] = [:]
    var indexedProblems = 0
    var indexedConflicts = 0
    /// When the index was last brought up to date.
    var indexedAt: ContinuousClock.Instant?
  }

  /// What a store does with its index.
  public enum IndexUse: Sendable {
    /// Reads it and brings it up to date.
    case maintained
    /// Reads it if it is there, when the store is opened, and never writes: for the many who append to one store, which
    /// would only wait for each other.
    case read
    /// Leaves it alone.
    case none
  }

  private init(path: String, index use: IndexUse = .maintained) throws(StoreError) {
    self.path = path
    state = Mutex(State(contents: StoreContents(path: path)))
    try state.withLock { (state) throws(StoreError) in
      switch use {
      case .maintained: Self.openIndex(&state, path)
      case .read where access(Self.indexPath(path), F_OK) == 0:
        Self.openIndex(&state, path)
        state.index = nil
      case .read, .none: break
      }
      _ = try Self.refresh(&state, path)
    }
  }

  deinit {
    state.withLock { Self.bringIndexUpToDate(&$0, path) }
  }

  /// Opens the store at `path`, and creates it if it does not exist.
  ///
  /// - Parameters:
  ///   - path: The folder.
  ///   - use: What is done with the index.
  /// - Throws: ``StoreError`` if the folder cannot be created or written, is no store, or is of a newer format.
  public static func open(_ path: String, index use: IndexUse = .maintained) throws(StoreError) -> RunStore {
    try StoreFolder(path: path).open(with: ["records", "incidents"])
    return try RunStore(path: path, index: use)
  }

  /// Opens a store that is there, for reading; nothing is created but an index, and that only where it is possible.
  ///
  /// - Throws: ``StoreError/noStore(path:)``, or why the store cannot be read.
  public static func openExisting(_ path: String) throws(StoreError) -> RunStore {
    guard try StoreFolder(path: path).exists() else { throw .noStore(path: path) }
    return try RunStore(path: path)
  }

  /// Reads a store's files and nothing else.
  static func openWithoutIndex(_ path: String) throws(StoreError) -> RunStore {
    guard try StoreFolder(path: path).exists() else { throw .noStore(path: path) }
    return try RunStore(path: path, index: .none)
  }

  // MARK: Index

  private static func indexPath(_ path: String) -> String { path + "/index.sqlite" }

  private static func openIndex(_ state: inout State, _ path: String) {
    do {
      try load(&state, path)
    } catch  where StoreIndex.isCorruption(error) {
      state.notices.append(
        "the index \(indexPath(path)) was damaged (\(StoreIndex.reason(of: error))) and is built again")
      state.contents = StoreContents(path: path)
      state.index = nil
      removeIndex(path)
      do { try load(&state, path) } catch { forget(&state, path, error) }
    } catch {
      forget(&state, path, error)
    }
  }

  private static func removeIndex(_ path: String) {
    for suffix in ["", "-journal", "-wal", "-shm"] { unlink(indexPath(path) + suffix) }
  }

  private static func load(_ state: inout State, _ path: String) throws {
    let index = try StoreIndex(path: indexPath(path))
    let contents = try index.contents(of: path)
    let suggestions = try index.suggestions()
    if (try? contents.isStillValid()) == true {
      state.contents = contents
    } else {
      try index.clear()
      state.notices.append("record files were replaced or removed: the index is built again")
    }
    state.suggestions = suggestions
    state.index = index
    state.indexedBytes = state.contents.readers.mapValues(\.bytesRead)
    state.indexedProblems = state.contents.problems.count
    state.indexedConflicts = state.contents.conflicts.count
  }

  /// Goes on without the index.
  private static func forget(_ state: inout State, _ path: String, _ error: any Error) {
    state.index = nil
    state.notices.append(
      "the index \(indexPath(path)) cannot be used (\(StoreIndex.reason(of: error))): all records are read instead"
    )
  }

  private static func refresh(_ state: inout State, _ path: String) throws(StoreError) -> StoreNews {
    var news: StoreNews
    if let found = try state.contents.readNew() {
      news = found
      state.unindexedRuns += found.runs
    } else {
      // A file was replaced, cut off or removed.
      let before = state.contents
      state.contents = StoreContents(path: path)
      do { try state.index?.clear() } catch { forget(&state, path, error) }
      (state.indexedBytes, state.indexedProblems, state.indexedConflicts) = ([:], 0, 0)
      news = try state.contents.readNew() ?? StoreNews()
      state.unindexedRuns = news.runs
      news.runs.removeAll { before.summaries[$0] != nil }
      news.incidents.removeAll { before.incidents[$0.id]?.contains($0) == true }
    }
    if let last = state.indexedAt, last.duration(to: .now) < indexingInterval { return news }
    bringIndexUpToDate(&state, path)
    return news
  }

  /// Each time costs several waits for the disk, so records that come quickly are indexed together.
  private static let indexingInterval = Duration.seconds(1)

  private static func bringIndexUpToDate(_ state: inout State, _ path: String) {
    guard let index = state.index else { return }
    let contents = state.contents
    let isBehind =
      !state.unindexedRuns.isEmpty || contents.problems.count > state.indexedProblems
      || contents.conflicts.count > state.indexedConflicts
    guard isBehind else { return }
    do {
      try index.add(
        contents, runs: state.unindexedRuns, problems: state.indexedProblems,
        conflicts: state.indexedConflicts, after: state.indexedBytes)
      state.unindexedRuns = []
      state.indexedBytes = contents.readers.mapValues(\.bytesRead)
      (state.indexedProblems, state.indexedConflicts) = (contents.problems.count, contents.conflicts.count)
      state.indexedAt = .now
    } catch {
      forget(&state, path, error)
    }
  }

  /// Deletes the index and builds it from the records; remembered suggestions are lost with it.
  ///
  /// - Throws: ``StoreError`` as ``openExisting(_:)``.
  public static func rebuild(_ path: String) throws(StoreError) -> RunStore {
    guard try StoreFolder(path: path).exists() else { throw .noStore(path: path) }
    removeIndex(path)
    return try RunStore(path: path)
  }

  // MARK: Reading

  /// Reads what was appended by anybody since the last call; quick where nothing was.
  ///
  /// - Throws: ``StoreError/cannotRead(path:reason:)``.
  @discardableResult public func refresh() throws(StoreError) -> StoreNews {
    try state.withLock { (state) throws(StoreError) in try Self.refresh(&state, path) }
  }

  /// All runs that have a record.
  public var summaries: [RunID: RunSummary] { state.withLock { $0.contents.summaries } }

  /// A run, if it has a record.
  public func summary(of id: RunID) -> RunSummary? { state.withLock { $0.contents.summaries[id] } }

  /// The whole record of a run; nil if it has none.
  ///
  /// - Throws: ``StoreError`` if the file has gone or was damaged since it was read.
  public func record(_ id: RunID) throws(StoreError) -> RunRecord? {
    try state.withLock { (state) throws(StoreError) in
      guard let summary = state.contents.summaries[id] else { return nil }
      return try state.contents.record(at: summary.place, of: id)
    }
  }

  /// The incidents of a run, in the order of the files.
  public func incidents(of id: RunID) -> [IncidentRecord] {
    state.withLock { $0.contents.incidents[id] ?? [] }
  }

  /// All incidents, by run.
  public var incidents: [RunID: [IncidentRecord]] { state.withLock { $0.contents.incidents } }

  /// How often a run was tried in vain.
  public func attempts(of id: RunID) -> Int { incidents(of: id).count }

  /// Runs whose records disagree; the first record counts.
  public var conflicts: [RecordConflict] { state.withLock { $0.contents.conflicts } }

  /// Lines and files that are damaged; what they held counts as not done.
  public var problems: [StoreProblem] { state.withLock { $0.contents.problems } }

  /// Files that end within a line: being written, or left by a crash; no damage.
  public var unfinishedFiles: [String] { state.withLock { $0.contents.unfinishedFiles } }

  /// How many records are second ones that agree with the first.
  var duplicates: Int { state.withLock { $0.contents.duplicates } }

  /// What was unusual about the index, in sentences for people; the results are the same.
  public var notices: [String] { state.withLock { $0.notices } }

  /// What the index says, for the comparison with the files; nil if there is none.
  static func indexedSummaries(_ path: String) throws -> [RunID: RunSummary]? {
    guard access(indexPath(path), F_OK) == 0 else { return nil }
    return try StoreIndex(path: indexPath(path)).contents(of: path).summaries
  }

  // MARK: Suggestions

  /// What a strategy said about a curve, if it is remembered.
  public func cachedSuggestion(curve: RunID, strategy: String) -> CachedSuggestion? {
    state.withLock { $0.suggestions[SuggestionKey(curve: curve, strategy: strategy)] }
  }

  /// Remembers what strategies said, in one transaction; forgotten where the index cannot be written.
  public func cache(_ suggestions: [(key: SuggestionKey, suggestion: CachedSuggestion)]) {
    state.withLock { state in
      for (key, suggestion) in suggestions { state.suggestions[key] = suggestion }
      do {
        try state.index?.add(suggestions.map { ($0.key, $0.suggestion) })
      } catch {
        Self.forget(&state, path, error)
      }
    }
  }

  /// Remembers what a strategy said.
  public func cache(_ suggestion: CachedSuggestion, curve: RunID, strategy: String) {
    cache([(SuggestionKey(curve: curve, strategy: strategy), suggestion)])
  }
}
