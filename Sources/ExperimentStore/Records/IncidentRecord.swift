public import CurveModel

/// A run that gave no record: its process crashed, was killed, or ran out of memory.
///
/// ```json
/// {"kind":"incident","id":"…","reason":"killed by signal 9","attempt":1,"measured":{…}}
/// ```
///
/// Incidents say how often a run was tried in vain; they are no results, and two honest stores may hold different ones.
public struct IncidentRecord: Sendable, Equatable {
  /// The run.
  public let id: RunID
  /// What happened, in one sentence.
  public let reason: String
  /// Which attempt it was, counted from 1.
  public let attempt: Int
  /// When and where it happened, and whatever else is known.
  public let measured: [JSONValue.Member]

  /// Describes an incident.
  public init(id: RunID, reason: String, attempt: Int, measured: [JSONValue.Member]) {
    self.id = id
    self.reason = reason
    self.attempt = attempt
    self.measured = measured
  }

  /// Reads the line of an incident, as ``line`` gives it.
  ///
  /// - Throws: ``RecordLineError``.
  public init(parsing line: [UInt8]) throws(RecordLineError) {
    let parts = try RecordParts(parsing: line)
    guard parts.kind == "incident" else { throw .notARecord("kind \"\(parts.kind)\", not \"incident\"") }
    guard parts.members.map(\.name) == ["reason", "attempt"], let reason = parts.members[0].value.string,
      let attempt = parts.members[1].value.integer
    else { throw .notARecord("its members are not reason and attempt") }
    self.init(id: parts.id, reason: reason, attempt: attempt, measured: parts.measured)
  }

  /// The incident as one line of JSON, without a line end.
  public var line: String {
    JSONValue.object([
      .init("kind", .string("incident")), .init("id", .string(id.description)),
      .init("reason", .string(reason)), .init("attempt", .number(Double(attempt))),
      .init("measured", .object(measured)),
    ]).text
  }
}
