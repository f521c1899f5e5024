internal import Comparison
internal import CurveModel
internal import ExperimentStore
internal import Scoring

/// A range test with where it came from.
struct StoredTest {
  let row: RangeTestRow
  let id: RunID
  let store: RunStore
  let curve: LossCurve
}

/// Collects the records of stores into tables.
struct EvidenceGathering {
  private let options: StoreEvidence.Options
  private var tasks: [TaskDescription] = []
  private var places: [String: Int?] = [:]
  private var outcomes: [(id: RunID, row: OutcomeRow)] = []
  private var tests: [StoredTest] = []
  private var seen: [RunID: String] = [:]
  private let gridSets: [String: Set<RateKey>]
  /// Whether the same run may come again, from another store.
  var keepsTexts = false

  init(_ options: StoreEvidence.Options, gridRates: [String: [RateKey]]) {
    self.options = options
    gridSets = gridRates.mapValues { Set($0) }
  }

  /// What was unusual.
  var notices: [String] {
    // Imported outcomes may say themselves which rates were only suggested.
    let said = Set(outcomes.filter { !$0.row.isGrid }.map(\.row.task))
    let count = tasks.enumerated().count { gridSets[$1.key] == nil && !said.contains($0) }
    guard count > 0 else { return [] }
    let part = count == tasks.count ? "the tasks" : "\(count) of \(tasks.count) tasks"
    return ["no stored comparison says which rates of \(part) are the grid: every trained rate counts there"]
  }

  var hasOutcomes: Bool { !outcomes.isEmpty }

  /// Takes in every record of a store.
  mutating func read(_ store: RunStore) throws {
    if let problem = store.problems.first {
      throw StoreError.damagedLine(
        path: "\(store.path)/\(problem.file)", line: problem.line, problem: problem.problem)
    }
    if let conflict = store.conflicts.first {
      let places = [conflict.kept, conflict.other].map { "records/\($0.file) at byte \($0.offset)" }
      throw StoreError.conflict(id: conflict.id, places: places)
    }
    try store.forEachRecord { record in
      if let other = seen[record.id] {
        guard other == record.canonicalLine else {
          throw StoreError.conflict(id: record.id, places: ["two of the stores, \(store.path) among them"])
        }
        return
      }
      // Only needed where there are several stores; the text of a record costs as much as reading it.
      if keepsTexts { seen[record.id] = record.canonicalLine }
      do {
        try take(record, of: store)
      } catch let error as EvidenceError {
        guard case .badTask(let problem) = error else { throw error }
        throw EvidenceError.badRecord(store: store.path, run: record.id.description, problem: problem)
      }
    }
  }

  private mutating func take(_ record: RunRecord, of store: RunStore) throws {
    guard case .object(let labels)? = record["task"] else { throw EvidenceError.badTask("it has no task") }
    guard let task = try place(of: labels) else { return }
    guard let seed = record["seed"]?.integer.flatMap({ UInt64(exactly: $0) }) else {
      throw EvidenceError.badTask("it has no seed")
    }
    switch record.kind {
    case .outcome: outcomes.append((record.id, try outcome(record, task, seed)))
    case .curve:
      let curve: LossCurve
      do throws(CurveError) { curve = try record.anyCurve() } catch {
        throw EvidenceError.badTask("its curve cannot be used (\(error))")
      }
      let row = RangeTestRow(
        task: task, seed: seed, setting: RangeTestSetting.text(of: record, curve), steps: curve.count,
        seconds: record.measured("seconds")?.double ?? .nan)
      tests.append(StoredTest(row: row, id: record.id, store: store, curve: curve))
    }
  }

  /// The task's index; nil where it is not wanted.
  private mutating func place(of labels: [JSONValue.Member]) throws -> Int? {
    let key = TaskDescription.key(of: labels)
    if let known = places[key] { return known }
    let task = try TaskDescription(labels: labels)
    var place: Int?
    if options.includesTask(task) {
      place = tasks.count
      tasks.append(task)
    }
    places[key] = .some(place)
    return place
  }

  private func outcome(_ record: RunRecord, _ task: Int, _ seed: UInt64) throws -> OutcomeRow {
    guard let rate = record["learningRate"]?.double, rate > 0, rate.isFinite,
      let status = record["status"]?.string.flatMap({ OutcomeRow.Status(rawValue: $0) })
    else { throw EvidenceError.badTask("it has no learning rate or no status") }
    func number(_ name: String) -> Double { record[name]?.double ?? .nan }
    func list(_ name: String) -> [Double] {
      guard case .numbers(let values)? = record[name] else { return [] }
      return values
    }
    let key = RateKey(rate)
    let isSuggested = record["suggested"] == .bool(true)
    let isInGrid = gridSets[tasks[task].key]?.contains(key) ?? true
    return OutcomeRow(
      task: task, rate: key, seed: seed, isGrid: !isSuggested && isInGrid, status: status,
      loss: status == .finished ? number("loss") : .nan, bestLoss: number("bestLoss"), error: number("error"),
      untrainedLoss: number("untrainedLoss"), untrainedError: number("untrainedError"),
      evaluationSteps: list("evaluationSteps").compactMap { Int(exactly: $0) },
      evaluationLosses: list("evaluationLosses"), seconds: record.measured("seconds")?.double ?? .nan,
      processor: record.measured("processor")?.string ?? "")
  }

  /// The tables, tasks sorted by data set, title and key; outcomes by task, rate and seed; range tests by task, setting
  /// and seed.
  func sorted() -> (tables: EvidenceTables, tests: [StoredTest]) {
    let order = tasks.indices.sorted {
      (tasks[$0].dataset, tasks[$0].title, tasks[$0].key) < (
        tasks[$1].dataset, tasks[$1].title, tasks[$1].key
      )
    }
    var ranks = [Int](repeating: 0, count: tasks.count)
    for (rank, task) in order.enumerated() { ranks[task] = rank }
    let rows = outcomes.map { (id: $0.id, row: $0.row, task: ranks[$0.row.task]) }.sorted {
      ($0.task, $0.row.rate, $0.row.seed, $0.id) < ($1.task, $1.row.rate, $1.row.seed, $1.id)
    }
    let sortedTests = tests.sorted {
      (ranks[$0.row.task], $0.row.setting, $0.row.seed, $0.id)
        < (ranks[$1.row.task], $1.row.setting, $1.row.seed, $1.id)
    }
    let tables = EvidenceTables(
      tasks: order.map { tasks[$0] },
      outcomes: rows.map { entry in
        var row = entry.row
        row.task = entry.task
        return row
      },
      rangeTests: sortedTests.map { test in
        var row = test.row
        row.task = ranks[row.task]
        return row
      })
    return (tables, sortedTests)
  }
}
