/// What a look at every line of a store found.
public struct StoreCheck: Sendable {
  /// Curves, trainings that finished, and trainings that diverged.
  public let curves, finished, diverged: Int
  /// Runs without a known status, records that repeat another one, and incidents.
  public let others, duplicates, incidents: Int
  /// Comparisons whose files are kept.
  public let comparisons: Int
  /// Files that end within a line: being written, or left by a crash; no damage.
  public let unfinishedFiles: [String]
  /// Everything that is wrong, in sentences.
  public let problems: [String]

  /// All runs.
  public var runs: Int { curves + finished + diverged + others }
  /// Whether nothing is wrong.
  public var isClean: Bool { problems.isEmpty }

  /// Reads every line of the store at `path`, without the index, and compares the index with what it found.
  ///
  /// An index that lags behind the files is no problem; one that says something else is.
  ///
  /// - Throws: ``StoreError`` if there is no store, or it cannot be read.
  public init(of path: String) throws(StoreError) {
    let store = try RunStore.openWithoutIndex(path)
    let summaries = store.summaries
    var counts: [String: Int] = [:]
    for summary in summaries.values {
      counts[summary.kind == .curve ? "curve" : summary.status?.rawValue ?? "", default: 0] += 1
    }
    curves = counts["curve"] ?? 0
    finished = counts["finished"] ?? 0
    diverged = counts["diverged"] ?? 0
    others = counts[""] ?? 0
    duplicates = store.duplicates
    incidents = store.incidents.values.reduce(0) { $0 + $1.count }
    unfinishedFiles = store.unfinishedFiles
    let (kept, unreadable) = Self.comparisons(of: store)
    comparisons = kept
    problems =
      store.problems.map(\.description) + store.conflicts.map(\.description)
      + unreadable + Self.indexProblems(path, summaries)
  }

  private static func comparisons(of store: RunStore) -> (count: Int, problems: [String]) {
    do throws(StoreError) {
      return (try store.storedComparisons().count, [])
    } catch {
      return (0, [error.description])
    }
  }

  private static func indexProblems(_ path: String, _ summaries: [RunID: RunSummary]) -> [String] {
    let advice = "build it again with `suggest store rebuild`"
    do {
      guard let indexed = try RunStore.indexedSummaries(path) else { return [] }
      let wrong = indexed.keys.sorted().filter { id in
        guard let found = summaries[id], let remembered = indexed[id] else { return true }
        return !found.agrees(with: remembered)
      }
      guard let first = wrong.first else { return [] }
      return [
        "index.sqlite says something else than the records about \(wrong.count) runs, such as \(first): \(advice)"
      ]
    } catch {
      return ["index.sqlite cannot be read (\(StoreIndex.reason(of: error))): \(advice)"]
    }
  }
}
