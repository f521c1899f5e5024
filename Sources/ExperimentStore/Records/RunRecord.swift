public import CurveModel

/// What a run gave, as one line of a store.
///
/// ```json
/// {"kind":"outcome","id":"…","task":{…},"learningRate":0.001,"seed":0,…,"measured":{…}}
/// {"kind":"curve","id":"…","task":{…},"seed":1000,…,"measured":{…}}
/// ```
///
/// Kind and identity come first, `measured` last. Everything that may differ between two honest runs of the same thing
/// (times, memory, host, versions) lies under `measured`; all the rest is a function of the specification.
public struct RunRecord: Sendable, Equatable {
  /// What a run was for.
  public enum Kind: String, Sendable, CaseIterable {
    /// A range test.
    case curve
    /// A training at one rate.
    case outcome
  }

  /// What the run was for.
  public let kind: Kind
  /// The run's identity.
  public let id: RunID
  /// What is the same in every honest run, without kind and identity, in the order of the file.
  public let members: [JSONValue.Member]
  /// What may differ: times, memory, host, versions.
  public let measured: [JSONValue.Member]

  /// Makes a record; `members` must not hold `kind`, `id` or `measured`.
  public init(kind: Kind, id: RunID, members: [JSONValue.Member], measured: [JSONValue.Member]) {
    self.kind = kind
    self.id = id
    self.members = members
    self.measured = measured
  }

  /// The value of a member that is the same in every honest run.
  public subscript(name: String) -> JSONValue? { members.first { $0.name == name }?.value }

  /// The record as one line of JSON, without a line end.
  public var line: String {
    JSONValue.object(identity + members + [.init("measured", .object(measured))]).text
  }

  /// The line without `measured`: equal for all honest runs of the same thing.
  public var canonicalLine: String { JSONValue.object(identity + members).text }

  private var identity: [JSONValue.Member] {
    [.init("kind", .string(kind.rawValue)), .init("id", .string(id.description))]
  }
}
