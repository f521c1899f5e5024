public import CurveModel

extension RunRecord {
  /// Reads the line of a record, as ``line`` gives it: the same line comes out again.
  ///
  /// - Throws: ``RecordLineError`` if it is no JSON, or if kind and identity do not come first and `measured` last.
  public init(parsing line: [UInt8]) throws(RecordLineError) {
    let parts = try RecordParts(parsing: line)
    guard let kind = Kind(rawValue: parts.kind) else { throw .notARecord("unknown kind \"\(parts.kind)\"") }
    self.init(kind: kind, id: parts.id, members: parts.members, measured: parts.measured)
  }

  /// The value of a member that may differ between honest runs.
  public func measured(_ name: String) -> JSONValue? { measured.first { $0.name == name }?.value }
}

/// What all lines of a store have: kind, identity, members, `measured`.
struct RecordParts {
  let kind: String
  let id: RunID
  let members: [JSONValue.Member]
  let measured: [JSONValue.Member]

  init(parsing line: [UInt8]) throws(RecordLineError) {
    let value: JSONValue
    do throws(CurveError) {
      value = try JSONValue(parsing: line)
    } catch {
      throw .malformed(error)
    }
    guard case .object(let all) = value else { throw .notARecord("it is \(value.kind), not an object") }
    guard all.count >= 3, all[0].name == "kind", let kind = all[0].value.string else {
      throw .notARecord("it does not begin with its kind")
    }
    guard all[1].name == "id", let text = all[1].value.string, let id = RunID(text) else {
      throw .notARecord("its second member is not an identity of 32 hexadecimal digits")
    }
    guard all[all.count - 1].name == "measured", case .object(let measured) = all[all.count - 1].value else {
      throw .notARecord("its last member is not what was measured")
    }
    self.kind = kind
    self.id = id
    members = Array(all[2..<all.count - 1])
    self.measured = measured
  }
}
