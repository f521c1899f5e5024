/// Reads the single JSON objects into which users of other finders dump their recordings.
enum RecorderReader {
  static func read(_ bytes: [UInt8], group: Int?) throws(CurveError) -> CurveReading {
    let object = try JSONValue(parsing: bytes)
    let fastai = object["lrs"] != nil && object["losses"] != nil
    let others = object["lr"] != nil && object["loss"] != nil
    guard fastai != others else { throw .unrecognised(found: finding(in: object, both: fastai && others)) }
    let rateName = fastai ? "lrs" : "lr"
    let lossName = fastai ? "losses" : "loss"
    let (rates, groups) = try rates(of: object, named: rateName, group: group)
    let smoothed = try numbers(object, lossName)
    let raw = object["raw_losses"] == nil ? nil : try numbers(object, "raw_losses")
    let curve = try LossCurve(
      header: try header(of: object), learningRates: rates, rawLosses: raw?.isEmpty == true ? nil : raw,
      smoothedLosses: smoothed, groupLearningRates: groups)
    return CurveReading(curve: curve, warnings: [])
  }

  private static func finding(in object: JSONValue, both: Bool) -> String {
    if both { return "the JSON object has lrs+losses and lr+loss, and it is unclear which to read" }
    guard case .object(let members) = object, !members.isEmpty else { return "the JSON object is empty" }
    let names = members.prefix(8).map { JSONValue.quoted(String($0.name.prefix(40))) }.joined(separator: ", ")
    return "the JSON object has the members \(names)\(members.count > 8 ? ", …" : "")"
  }

  /// The rates of one parameter group, and those of all groups where the file has them.
  private static func rates(
    of object: JSONValue, named name: String, group: Int?
  ) throws(CurveError) -> ([Double], [[Double]]?) {
    guard case .array(let rows)? = object[name] else {
      let rates = try numbers(object, name)
      if let group, group != 0 { throw .noSuchGroup(group: group, groups: 1) }
      return (rates, nil)
    }
    var groups: [[Double]] = []
    for (index, row) in rows.enumerated() {
      guard case .numbers(let rates) = row, let width = groups.first?.count ?? Optional(rates.count),
        width > 0,
        rates.count == width
      else {
        let quoted = if case .string = row { true } else { false }
        throw .wrongType(
          place: "\"\(name)\"[\(index)]",
          expected: quoted ? "a number without quotes" : "the rates of all parameter groups", found: row.kind)
      }
      groups.append(rates)
    }
    let count = groups.first?.count ?? 0
    // One group needs no choice.
    guard let chosen = group ?? (count == 1 ? 0 : nil) else { throw .needsGroup(groups: count) }
    guard chosen >= 0, chosen < count else { throw .noSuchGroup(group: chosen, groups: count) }
    return (groups.map { $0[chosen] }, count > 1 ? groups : nil)
  }

  private static func numbers(_ object: JSONValue, _ name: String) throws(CurveError) -> [Double] {
    guard let value = object[name] else { return [] }
    guard case .numbers(let numbers) = value else {
      throw wrongList(value, name)
    }
    return numbers
  }

  /// What is wrong with a value that should be a list of numbers, and where.
  private static func wrongList(_ value: JSONValue, _ name: String) -> CurveError {
    guard case .array(let elements) = value else {
      return .wrongType(place: "\"\(name)\"", expected: "a list of numbers", found: value.kind)
    }
    let bad = elements.firstIndex { element in
      switch element {
      case .number, .null: false
      case .string(let text): NonFinite.value(spelled: text) == nil
      default: true
      }
    }
    return .wrongType(
      place: "\"\(name)\"[\(bad ?? 0)]", expected: "a number without quotes", found: elements[bad ?? 0].kind)
  }

  /// What the object says beside the series.
  private static func header(of object: JSONValue) throws(CurveError) -> CurveHeader {
    var header = CurveHeader()
    for name in ["num_it", "num_training"] where header.requestedPoints == nil {
      guard let value = object[name] else { continue }
      guard let points = value.integer, points > 0 else {
        throw .wrongType(place: "\"\(name)\"", expected: "a positive whole number", found: value.text)
      }
      header.requestedPoints = points
    }
    for name in ["task", "model", "optimizer", "batch_size"] {
      switch object[name] {
      case .string(let text)?: header.task.append(.init(name, .string(text)))
      case .number(let number)?: header.task.append(.init(name, .number(number)))
      default: break
      }
    }
    if let seed = object["seed"]?.integer, seed >= 0 { header.seed = UInt64(seed) }
    return header
  }
}
