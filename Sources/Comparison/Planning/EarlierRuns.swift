internal import CurveModel
internal import ExperimentStore

/// What a store has of the same runs from other data, or from another version of the engine's numbers.
public struct EarlierRuns: Sendable {
  /// What decides a run's result beside what its comparison says.
  private struct Basis: Equatable {
    let engine: Int
    let dataVersion: String
  }

  /// By what a comparison says of the run.
  private var bases: [String: [Basis]] = [:]

  /// Knows of none.
  public init() {}

  /// Reads all records of a store.
  ///
  /// - Throws: `StoreError`.
  init(_ store: RunStore) throws {
    for id in store.summaries.keys.sorted() {
      guard let record = try store.record(id), case .object(let labels)? = record["task"],
        let seed = record["seed"]?.integer
      else { continue }
      let basis = Basis(
        engine: record["engine"]?.integer ?? 0,
        dataVersion: labels.first { $0.name == Self.dataVersion }?.value.string ?? "")
      let work = record["rate"]?.text ?? record["rangeTest"]?.text ?? ""
      bases[Self.key(labels, work: work, seed: seed), default: []].append(basis)
    }
  }

  /// What changed since a run was done, such as `changed (data)`; nil where it was never done.
  func change(since run: RunSpecification) -> String? {
    guard !bases.isEmpty else { return nil }
    let work =
      switch run.work {
      case .rangeTest(let settings): JSONValue.object(settings.labels).text
      case .training(let rate): JSONValue.number(Double(rate.value)).text
      }
    guard let earlier = bases[Self.key(run.task.labels, work: work, seed: Int(run.seed))] else { return nil }
    let isSameData = earlier.contains { $0.dataVersion == run.task.dataVersion }
    let isSameEngine = earlier.contains { $0.engine == RunSpecification.engineVersion }
    return switch (isSameData, isSameEngine) {
    case (true, false): "changed (engine)"
    case (false, true): "changed (data)"
    case (false, false): "changed (data, engine)"
    // The store has the very run or other combinations of both.
    case (true, true): nil
    }
  }

  private static let dataVersion = "dataVersion"

  private static func key(_ labels: [JSONValue.Member], work: String, seed: Int) -> String {
    JSONValue.object(labels.filter { $0.name != dataVersion }).text + work + " \(seed)"
  }
}
