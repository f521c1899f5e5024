internal import CurveModel
internal import ExperimentStore
internal import Scoring

/// Which seeds of each task belong to trainings and which to range tests.
///
/// A range test with the seed of a training sees its initial weights and its order of data, so that its suggestions are
/// judged by what they were read from (scoring reference, pitfall 19).
struct SeedUse {
  private struct Place: Hashable {
    var task: String
    var seed: Int
  }

  private var users: [RunRecord.Kind: [Place: String]] = [:]

  /// Notes a run.
  ///
  /// - Parameters:
  ///   - record: The run.
  ///   - user: Where it comes from, in words, such as `line 3`.
  /// - Returns: Where a run of the other kind with the same seed comes from; nil where there is none.
  mutating func add(_ record: RunRecord, from user: String) -> String? {
    guard case .object(let labels)? = record["task"], let seed = record["seed"]?.integer else { return nil }
    let place = Place(task: TaskDescription.key(of: labels), seed: seed)
    if users[record.kind]?[place] == nil { users[record.kind, default: [:]][place] = user }
    return users[record.kind == .curve ? .outcome : .curve]?[place]
  }
}
