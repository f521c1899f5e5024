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
      var steps = StepColumns()
      var stop: StopReason?
      var warnings: [String] = []
      while scanner.enterLine() {
        if stop != nil { throw scanner.malformed("a line after the closing line") }
        do throws(CurveError) {
          stop = try readLine(&scanner, into: &steps)
        } catch {
          guard case .malformedJSON = error, !hasFurtherLine(scanner) else { throw error }
          warnings.append("the last line is cut off: read up to point \(steps.count - 1)")
        }
      }
      if stop != nil, let counted = steps.counted, counted != steps.count {
        throw .mismatchedLengths("step lines", steps.count, "points counted in the closing line", counted)
      }
      if stop == nil {
        warnings.append(
          "the file has no closing line: the recording was interrupted after \(steps.count) points")
      }
      let curve = try steps.curve(header: header, stop: stop ?? .interrupted)
      return CurveReading(curve: curve, warnings: warnings)
    }
  }

  private static func hasFurtherLine(_ scanner: JSONScanner) -> Bool {
    var rest = scanner
    return rest.enterLine()
  }

  private static func expectEndOfLine(_ scanner: inout JSONScanner) throws(CurveError) {
    guard scanner.isAtEnd() else { throw scanner.malformed("more text after the line's object") }
  }

  /// Reads a step or the closing line; returns the stop reason of the latter.
  private static func readLine(
    _ scanner: inout JSONScanner, into steps: inout StepColumns
  ) throws(CurveError) -> StopReason? {
    var stop: StopReason?
    steps.beginStep()
    try scanner.object(of: StepColumns.memberNames) { (place, scanner) throws(CurveError) in
      switch place {
      case 0: steps.learningRate = try number("learningRate", &scanner)
      case 1: steps.groups = try numbers("groups", &scanner)
      case 2: steps.loss = try number("loss", &scanner)
      case 3: steps.skipped = try scanner.value() == .bool(true)
      case 4: steps.smoothedLoss = try number("smoothedLoss", &scanner)
      case 5: steps.counted = try scanner.value().integer
      case 6:
        let value = try scanner.value()
        guard case .string(let text) = value else { throw wrongType("stop", "a word", value, scanner) }
        stop = StopReason(rawValue: text) ?? .unknown
      case let place?:
        let series = place - StepColumns.namesBeforeSeries
        steps.diagnostics[series] = try number(StepDiagnostics.keys[series], &scanner)
      case nil: _ = try scanner.value()
      }
    }
    try expectEndOfLine(&scanner)
    if stop == nil { try steps.endStep(line: scanner.line) }
    return stop
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

  private static func wrongType(
    _ name: String, _ expected: String, _ value: JSONValue, _ scanner: JSONScanner
  ) -> CurveError {
    .wrongType(place: "\"\(name)\" in line \(scanner.line)", expected: expected, found: value.kind)
  }
}

/// The columns of a curve while its lines are read.
private struct StepColumns {
  private static let leadingNames = [
    "learningRate", "groups", "loss", "skipped", "smoothedLoss", "points", "stop",
  ]
  /// The members of a line, in the order in which they are written; the series of ``StepDiagnostics`` come last.
  static let memberNames = (leadingNames + StepDiagnostics.keys).map { Array($0.utf8) }
  static let namesBeforeSeries = leadingNames.count

  var learningRate: Double?
  var loss: Double?
  var smoothedLoss: Double?
  /// The number of steps that the closing line counts.
  var counted: Int?
  var groups: [Double]?
  var skipped = false
  var diagnostics: [Double?] = Array(repeating: nil, count: StepDiagnostics.keys.count)

  private var learningRates: [Double] = []
  private var losses: [Double] = []
  private var smoothedLosses: [Double] = []
  private var groupRates: [[Double]] = []
  private var skippedSteps: [Int] = []
  private var columns: [[Double]] = Array(repeating: [], count: StepDiagnostics.keys.count)

  var count: Int { learningRates.count }

  mutating func beginStep() {
    learningRate = nil
    loss = nil
    smoothedLoss = nil
    groups = nil
    skipped = false
    for series in diagnostics.indices { diagnostics[series] = nil }
  }

  mutating func endStep(line: @autoclosure () -> Int) throws(CurveError) {
    guard let learningRate, loss != nil || smoothedLoss != nil else {
      throw .wrongType(
        place: "line \(line())", expected: "a step with learningRate and loss",
        found: learningRate == nil ? "no learningRate" : "no loss")
    }
    if skipped { skippedSteps.append(count) }
    learningRates.append(learningRate)
    if let loss { losses.append(loss) }
    if let smoothedLoss { smoothedLosses.append(smoothedLoss) }
    if let groups { groupRates.append(groups) }
    for (series, value) in diagnostics.enumerated() {
      if let value { columns[series].append(value) }
    }
  }

  func curve(header: CurveHeader, stop: StopReason) throws(CurveError) -> LossCurve {
    var diagnostics = StepDiagnostics()
    diagnostics.series = columns.map { $0.isEmpty ? nil : $0 }
    return try LossCurve(
      header: header, learningRates: learningRates, rawLosses: losses.isEmpty ? nil : losses,
      smoothedLosses: smoothedLosses.isEmpty ? nil : smoothedLosses,
      groupLearningRates: groupRates.isEmpty ? nil : groupRates, skippedSteps: skippedSteps,
      diagnostics: diagnostics, stop: stop)
  }
}
