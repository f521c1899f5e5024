/// Reads the toolkit's own curve files.
enum CurveLinesReader {
  /// Reads a whole file.
  ///
  /// A last line that is no complete object was cut off while it was written: it is left out, with a warning. Damage
  /// anywhere else is an error, also a number of steps that is not the one the closing line counts.
  static func read(_ bytes: [UInt8]) throws(CurveError) -> CurveReading {
    try JSONScanner.scan(bytes) { (scanner) throws(CurveError) in
      _ = scanner.enterLine()
      let header = try CurveLines.header(from: try scanner.value())
      try expectEndOfLine(&scanner)
      var steps = CurveBuilder()
      var closing: ClosingLine?
      var warnings: [String] = []
      while scanner.enterLine() {
        if closing != nil { throw scanner.malformed("a line after the closing line") }
        do throws(CurveError) {
          closing = try readLine(&scanner, into: &steps)
        } catch {
          guard case .malformedJSON = error, !hasFurtherLine(scanner) else { throw error }
          warnings.append("the last line is cut off: read up to point \(steps.count - 1)")
        }
      }
      if let counted = closing?.points, counted != steps.count {
        throw .mismatchedLengths("step lines", steps.count, "points counted in the closing line", counted)
      }
      if closing == nil {
        warnings.append(
          "the file has no closing line: the recording was interrupted after \(steps.count) points")
      }
      let curve = try steps.curve(header: header, stop: closing?.stop ?? .interrupted)
      return CurveReading(curve: curve, warnings: warnings)
    }
  }

  /// What the last line of a whole file says.
  private struct ClosingLine {
    var stop: StopReason
    var points: Int?
  }

  private static func hasFurtherLine(_ scanner: JSONScanner) -> Bool {
    var rest = scanner
    return rest.enterLine()
  }

  private static func expectEndOfLine(_ scanner: inout JSONScanner) throws(CurveError) {
    guard scanner.isAtEnd() else { throw scanner.malformed("more text after the line's object") }
  }

  private static let leadingNames = [
    "learningRate", "groups", "loss", "skipped", "smoothedLoss", "points", "stop",
  ]
  /// The members of a line, in the order in which they are written; the series of ``StepDiagnostics`` come last.
  private static let memberNames = (leadingNames + StepDiagnostics.keys).map { Array($0.utf8) }

  /// Reads a step into `steps`, or the closing line, which is returned.
  private static func readLine(
    _ scanner: inout JSONScanner, into steps: inout CurveBuilder
  ) throws(CurveError) -> ClosingLine? {
    var learningRate: Double?
    var loss: Double?
    var smoothedLoss: Double?
    var stop: StopReason?
    var points: Int?
    var step = CurveStep(learningRate: .nan, loss: .nan)
    try scanner.object(of: memberNames) { (place, scanner) throws(CurveError) in
      switch place {
      case 0: learningRate = try number("learningRate", &scanner)
      case 1: step.groupLearningRates = try numbers("groups", &scanner)
      case 2: loss = try number("loss", &scanner)
      case 3: step.skipped = try truthValue("skipped", &scanner)
      case 4: smoothedLoss = try number("smoothedLoss", &scanner)
      case 5: points = try wholeNumber("points", &scanner)
      case 6: stop = try stopReason(&scanner)
      case let place?:
        let quantity = place - leadingNames.count
        step[quantity: quantity] = try number(StepDiagnostics.keys[quantity], &scanner)
      case nil: _ = try scanner.value()
      }
    }
    try expectEndOfLine(&scanner)
    if let stop { return ClosingLine(stop: stop, points: points) }
    guard let learningRate, loss != nil || smoothedLoss != nil else {
      throw .wrongType(
        place: "line \(scanner.line)", expected: "a step with learningRate and loss",
        found: learningRate == nil ? "no learningRate" : "no loss")
    }
    step.learningRate = learningRate
    steps.append(step, loss: loss, smoothedLoss: smoothedLoss)
    return nil
  }

  private static func number(_ name: String, _ scanner: inout JSONScanner) throws(CurveError) -> Double {
    // A copy, because a string that spells no number has been stepped over by the time this is known.
    var atValue = scanner
    guard let number = try scanner.numberOrItsSpelling() else {
      throw wrongType(name, "a number", try atValue.value(), atValue)
    }
    return number
  }

  private static func numbers(_ name: String, _ scanner: inout JSONScanner) throws(CurveError) -> [Double] {
    let value = try scanner.value()
    guard case .numbers(let numbers) = value else {
      throw wrongType(name, "a list of numbers", value, scanner)
    }
    return numbers
  }

  private static func truthValue(_ name: String, _ scanner: inout JSONScanner) throws(CurveError) -> Bool {
    let value = try scanner.value()
    guard case .bool(let isTrue) = value else { throw wrongType(name, "true or false", value, scanner) }
    return isTrue
  }

  private static func wholeNumber(_ name: String, _ scanner: inout JSONScanner) throws(CurveError) -> Int {
    let value = try scanner.value()
    guard let number = value.integer else { throw wrongType(name, "a whole number", value, scanner) }
    return number
  }

  private static func stopReason(_ scanner: inout JSONScanner) throws(CurveError) -> StopReason {
    let value = try scanner.value()
    guard case .string(let text) = value else { throw wrongType("stop", "a word", value, scanner) }
    // A reason that a later version of the format knows.
    return StopReason(rawValue: text) ?? .unknown
  }

  private static func wrongType(
    _ name: String, _ expected: String, _ value: JSONValue, _ scanner: JSONScanner
  ) -> CurveError {
    .wrongType(place: "\"\(name)\" in line \(scanner.line)", expected: expected, found: value.kind)
  }
}
