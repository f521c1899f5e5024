/// Names and version of the toolkit's own curve format; see the article <doc:TheCurveFormat>.
public enum CurveLines {
  /// The version of the format this program writes, and the newest it reads.
  public static let version = 1

  /// The member of the first line that marks the format and holds its version.
  static let mark = "suggestCurve"

  // MARK: Header

  /// The first line of a file, without its line break.
  public static func headerLine(_ header: CurveHeader) -> String {
    var members: [JSONValue.Member] = [.init(mark, .number(Double(version)))]
    members.append(.init("task", .object(header.task)))
    if let schedule = header.schedule {
      members.append(
        .init(
          "schedule",
          .object([
            .init("shape", .string(schedule.shape.rawValue)), .init("start", .number(schedule.start)),
            .init("end", .number(schedule.end)), .init("steps", .number(Double(schedule.steps))),
          ])))
    }
    if let points = header.requestedPoints { members.append(.init("num_it", .number(Double(points)))) }
    // Text, because a JSON number holds 53 bits only.
    if let seed = header.seed { members.append(.init("seed", .string(String(seed)))) }
    members.append(.init("versions", .object(header.versions)))
    return JSONValue.object(members).text
  }

  /// Reads the first line's object.
  ///
  /// - Throws: ``CurveError/newerFormat(found:supported:)``, ``CurveError/wrongType(place:expected:found:)``,
  ///   ``CurveError/badSchedule(_:)``.
  static func header(from line: JSONValue) throws(CurveError) -> CurveHeader {
    guard let found = line[mark]?.integer else {
      throw .wrongType(
        place: "\"\(mark)\"", expected: "a format version", found: line[mark]?.kind ?? "nothing")
    }
    guard found <= version else { throw .newerFormat(found: found, supported: version) }
    return CurveHeader(
      task: labels(line["task"]), schedule: try line["schedule"].map(schedule(from:)) ?? nil,
      requestedPoints: try line["num_it"].map(requestedPoints(from:)) ?? nil, seed: seed(from: line["seed"]),
      versions: labels(line["versions"]))
  }

  private static func labels(_ value: JSONValue?) -> [CurveHeader.Label] {
    guard case .object(let members)? = value else { return [] }
    return members
  }

  private static func seed(from value: JSONValue?) -> UInt64? {
    switch value {
    case .string(let text): UInt64(text)
    case .number(let number): UInt64(exactly: number)
    default: nil
    }
  }

  private static func requestedPoints(from value: JSONValue) throws(CurveError) -> Int? {
    guard let points = value.integer, points > 0 else {
      throw .wrongType(place: "\"num_it\"", expected: "a positive whole number", found: value.kind)
    }
    return points
  }

  private static func schedule(from value: JSONValue) throws(CurveError) -> RateSchedule {
    guard case .string(let name)? = value["shape"], let shape = RateSchedule.Shape(rawValue: name),
      case .number(let start)? = value["start"], case .number(let end)? = value["end"],
      let steps = value["steps"]?.integer
    else {
      throw .wrongType(
        place: "\"schedule\"", expected: "an object with shape, start, end and steps", found: value.kind)
    }
    return try RateSchedule(shape: shape, start: start, end: end, steps: steps)
  }

  // MARK: Steps and end

  /// The line of one step, without its line break.
  public static func stepLine(_ step: CurveStep) -> String {
    line(of: step, loss: step.loss, smoothedLoss: nil)
  }

  /// The line of a step with the losses that its recording has.
  static func line(of step: CurveStep, loss: Double?, smoothedLoss: Double?) -> String {
    var line = "{\"learningRate\":\(JSONValue.text(of: step.learningRate))"
    if let groups = step.groupLearningRates { line += ",\"groups\":" + JSONValue.numbers(groups).text }
    if let loss { line += ",\"loss\":\(JSONValue.text(of: loss))" }
    if step.skipped { line += ",\"skipped\":true" }
    if let smoothedLoss { line += ",\"smoothedLoss\":\(JSONValue.text(of: smoothedLoss))" }
    for (index, key) in StepDiagnostics.keys.enumerated() {
      if let value = step[quantity: index] { line += ",\"\(key)\":\(JSONValue.text(of: value))" }
    }
    return line + "}"
  }

  /// The last line, without its line break.
  public static func closingLine(stop: StopReason, points: Int) -> String {
    "{\"stop\":\"\(stop.rawValue)\",\"points\":\(points)}"
  }
}
