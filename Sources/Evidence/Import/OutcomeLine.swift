internal import Archives
public import CurveModel
public import ExperimentStore
internal import Scoring

/// One line of a file of outcomes: a training or a range test that somebody recorded (`docs/outcomes-format.md`).
public struct OutcomeLine: Sendable, Equatable {
  /// What the line is about.
  public let kind: RunRecord.Kind
  /// The labels of its task, in the order of the file.
  public let task: [JSONValue.Member]
  /// Everything else that is kept, in the order of the record.
  let members: [JSONValue.Member]
  /// What tells this run from all others of the task.
  private let identity: String

  /// Names that a store writes anew: they are left out when a line is read.
  static let ownNames = ["kind", "id", "rate", "engine", "origin", "measured"]
  /// The value of the member `origin` of imported runs.
  static let origin = "import"

  /// Reads a line.
  ///
  /// - Throws: ``EvidenceError/badTask(_:)`` with the problem of the task or of the line, without its place.
  public init(_ value: JSONValue) throws(EvidenceError) {
    guard case .object(let all) = value else { throw .badTask("the line is \(value.kind), not an object") }
    for (index, member) in all.enumerated() where all[..<index].contains(where: { $0.name == member.name }) {
      throw .badTask("\"\(member.name)\" stands there twice")
    }
    guard let name = value["kind"]?.string, let kind = RunRecord.Kind(rawValue: name) else {
      throw .badTask("\"kind\" is \(value["kind"]?.text ?? "missing"), not \"outcome\" or \"curve\"")
    }
    guard case .object(let task)? = value["task"] else {
      throw .badTask("\"task\" is \(value["task"]?.kind ?? "missing"), not an object")
    }
    _ = try TaskDescription(labels: task)
    self.kind = kind
    self.task = task
    let seed = try Self.seed(value)
    let checked =
      switch kind {
      case .outcome: try OutcomeMembers.outcome(value)
      case .curve: try OutcomeMembers.curve(value)
      }
    let names = Self.ownNames + ["task", "seed"] + checked.members.map(\.name) + checked.dropped
    members =
      [.init("seed", .number(Double(seed)))] + checked.members + all.filter { !names.contains($0.name) }
    identity = "\(checked.identity),\"seed\":\(seed)"
  }

  private static func seed(_ value: JSONValue) throws(EvidenceError) -> UInt64 {
    guard let seed = value["seed"]?.integer, seed >= 0, seed <= 1 << 53 else {
      throw .badTask("\"seed\" is \(value["seed"]?.text ?? "missing"), not a whole number from 0 to 2^53")
    }
    return UInt64(seed)
  }

  /// The run's record; its identity is the hash of the task's labels, the rate or the range test, and the seed, marked
  /// as imported so that it is never that of a run of this program.
  public var record: RunRecord {
    var hash = SHA256Hash()
    let text = #"{"import":1,"task":\#(TaskDescription.key(of: task)),\#(identity)}"#
    hash.add(Array(text.utf8))
    return RunRecord(
      kind: kind, id: RunID(hash.bytes),
      members: [.init("task", .object(task))] + members + [.init("origin", .string(Self.origin))],
      measured: [])
  }

  /// A record as a line of such a file, without a line end: reading it gives an equal record where it was imported.
  ///
  /// - Parameters:
  ///   - record: The record.
  ///   - isSuggested: Whether its rate was trained only because a strategy suggested it.
  public static func text(of record: RunRecord, isSuggested: Bool = false) -> String {
    var members = record.members.filter { !ownNames.contains($0.name) }
    if isSuggested, !members.contains(where: { $0.name == "suggested" }) {
      members.append(.init("suggested", .bool(true)))
    }
    let whole = JSONValue.object([.init("kind", .string(record.kind.rawValue))] + members)
    // In the order of imported records, so that a line is the same after any number of exports and imports.
    guard let line = try? OutcomeLine(whole) else { return whole.text }
    let ordered = [.init("task", .object(line.task))] + line.members.filter { !ownNames.contains($0.name) }
    return JSONValue.object([.init("kind", .string(record.kind.rawValue))] + ordered).text
  }

  /// What a record says, whatever the order of labels and members: equal for two imports of one result.
  static func content(of record: RunRecord) -> String {
    let members = record.members.filter { $0.name != "learningRate" }.map { member -> JSONValue.Member in
      guard member.name == "task", case .object(let labels) = member.value else { return member }
      return .init("task", .string(TaskDescription.key(of: labels)))
    }
    return JSONValue.object(members.sorted { $0.name < $1.name }).text
  }
}
