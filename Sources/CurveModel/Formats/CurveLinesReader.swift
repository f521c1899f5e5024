/// Reads the toolkit's own curve files.
enum CurveLinesReader {
  /// Reads a whole file.
  ///
  /// A last line that is no complete object was cut off while it was written: it is left out, with a warning. Damage
  /// anywhere else is an error.
  static func read(_ bytes: [UInt8]) throws(CurveError) -> CurveReading {
    try JSONScanner.scan(bytes) { (scanner) throws(CurveError) in
      let header = try CurveLines.header(from: try scanner.value())
      var steps = StepColumns()
      var stop: StopReason?
      var warnings: [String] = []
      while !scanner.isAtEnd() {
        if stop != nil { throw scanner.malformed("a line after the closing line") }
        do throws(CurveError) {
          stop = try readLine(&scanner, into: &steps)
        } catch {
          guard !hasFurtherLine(scanner) else { throw error }
          steps.dropIncompleteStep()
          warnings.append("the last line is cut off: read up to point \(steps.count - 1)")
          break
        }
      }
      if stop == nil {
        warnings.append("the file has no closing line: the recording was interrupted after \(steps.count) points")
      }
      let curve = try steps.curve(header: header, stop: stop ?? .interrupted)
      return CurveReading(curve: curve, warnings: warnings)
    }
  }

  private static func hasFurtherLine(_ scanner: JSONScanner) -> Bool {
    var rest = scanner
    return rest.skipLine() && !rest.isAtEnd()
  }

  /// Reads a step or the closing line; returns the stop reason of the latter.
  private static func readLine(
    _ scanner: inout JSONScanner, into steps: inout StepColumns
  ) throws(CurveError) -> StopReason? {
    var stop: StopReason?
    steps.beginStep()
    try scanner.object { (name, scanner) throws(CurveError) in
      switch name {
      case "learningRate": steps.learningRate = try number(name, &scanner)
      case "loss": steps.loss = try number(name, &scanner)
      case "groups": steps.groups = try numbers(name, &scanner)
      case "skipped": steps.skipped = try scanner.value() == .bool(true)
      case "stop":
        let value = try scanner.value()
        guard case .string(let text) = value else { throw wrongType(name, "a word", value, scanner) }
        stop = StopReason(rawValue: text) ?? .unknown
      default:
        if let series = StepColumns.series[name] {
          steps.diagnostics[series] = try number(name, &scanner)
        } else {
          _ = try scanner.value()
        }
      }
    }
    if stop == nil { try steps.endStep(line: scanner.line) }
    return stop
  }

  private static func number(_ name: String, _ scanner: inout JSONScanner) throws(CurveError) -> Double {
    guard let number = try scanner.numberOrItsSpelling() else {
      throw wrongType(name, "a number", try scanner.value(), scanner)
    }
    return number
  }

  private static func numbers(_ name: String, _ scanner: inout JSONScanner) throws(CurveError) -> [Double] {
    let value = try scanner.value()
    guard case .numbers(let numbers) = value else { throw wrongType(name, "a list of numbers", value, scanner) }
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
  /// Where the series of ``StepDiagnostics`` stand in its order.
  static let series = Dictionary(
    uniqueKeysWithValues: StepDiagnostics.keys.enumerated().map { ($0.element, $0.offset) })

  var learningRate: Double?
  var loss: Double?
  var groups: [Double]?
  var skipped = false
  var diagnostics: [Double?] = Array(repeating: nil, count: StepDiagnostics.keys.count)

  private var learningRates: [Double] = []
  private var losses: [Double] = []
  private var groupRates: [[Double]] = []
  private var skippedSteps: [Int] = []
  private var columns: [[Double]] = Array(repeating: [], count: StepDiagnostics.keys.count)

  var count: Int { learningRates.count }

  mutating func beginStep() {
    learningRate = nil
    loss = nil
    groups = nil
    skipped = false
    for series in diagnostics.indices { diagnostics[series] = nil }
  }

  mutating func dropIncompleteStep() { beginStep() }

  mutating func endStep(line: @autoclosure () -> Int) throws(CurveError) {
    guard let learningRate, let loss else {
      throw .wrongType(
        place: "line \(line())", expected: "a step with learningRate and loss",
        found: learningRate == nil ? "no learningRate" : "no loss")
    }
    if skipped { skippedSteps.append(count) }
    learningRates.append(learningRate)
    losses.append(loss)
    if let groups { groupRates.append(groups) }
    for (series, value) in diagnostics.enumerated() {
      if let value { columns[series].append(value) }
    }
  }

  func curve(header: CurveHeader, stop: StopReason) throws(CurveError) -> LossCurve {
    var diagnostics = StepDiagnostics()
    diagnostics.series = columns.map { $0.isEmpty ? nil : $0 }
    return try LossCurve(
      header: header, learningRates: learningRates, rawLosses: losses,
      groupLearningRates: groupRates.isEmpty ? nil : groupRates, skippedSteps: skippedSteps,
      diagnostics: diagnostics, stop: stop)
  }
}
