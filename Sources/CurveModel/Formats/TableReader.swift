/// Reads CSV with a header, as Keras' and other loggers write it.
enum TableReader {
  /// Column names that mean the learning rate, in lower case without `_`, `-` and spaces.
  private static let rateNames = ["lr", "lrs", "learningrate", "learningrates"]
  /// Column names that mean the training loss.
  private static let lossNames = ["rawloss", "rawlosses", "trainloss", "trainingloss", "loss", "losses"]
  private static let smoothedNames = ["smoothedloss", "smoothedlosses", "smoothloss"]

  static func read(_ bytes: [UInt8]) throws(CurveError) -> CurveReading {
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)[...]
    let blankLines = lines.prefix { !$0.contains(where: { $0 > 0x20 }) }.count
    lines = lines.dropFirst(blankLines)
    guard let first = lines.popFirst() else { throw .empty }
    let headerText = String(decoding: first, as: UTF8.self)
    let separator = [",", ";", "\t"].max { count($0, in: headerText) < count($1, in: headerText) } ?? ","
    guard let separator = separator.utf8.first else { throw .empty }
    let names = try cells(of: first, separator: separator, line: blankLines + 1)
    let rate = try rateColumn(in: names)
    let smoothed = try column(smoothedNames, in: names, meaning: "smoothed loss")
    let raw = try column(lossNames, in: names, meaning: "loss")
    guard raw != nil || smoothed != nil else { throw .unrecognised(found: listing(names, lacking: "loss")) }

    var rates: [Double] = []
    var rawLosses: [Double] = []
    var smoothedLosses: [Double] = []
    for (offset, line) in lines.enumerated() where line.contains(where: { $0 > 0x20 }) {
      let row = blankLines + offset + 2
      let cells = try cells(of: line, separator: separator, line: row)
      guard cells.count == names.count else {
        throw .unrecognised(found: "line \(row) has \(cells.count) cells, the header \(names.count)")
      }
      guard let value = number(cells[rate]) else {
        throw .wrongType(
          place: "\"\(names[rate])\" in line \(row)", expected: "a rate", found: quoted(cells[rate]))
      }
      rates.append(value)
      if let raw { rawLosses.append(try loss(cells[raw], names[raw], row)) }
      if let smoothed { smoothedLosses.append(try loss(cells[smoothed], names[smoothed], row)) }
    }
    let curve = try LossCurve(
      learningRates: rates, rawLosses: raw == nil ? nil : rawLosses,
      smoothedLosses: smoothed == nil ? nil : smoothedLosses)
    return CurveReading(curve: curve, warnings: [])
  }

  // MARK: Columns

  /// The one column that means the learning rate; Lightning writes the optimizer behind the name: lr-SGD.
  private static func rateColumn(in names: [String]) throws(CurveError) -> Int {
    guard let column = try column(rateNames, orPrefix: "lr-", in: names, meaning: "rate") else {
      throw .unrecognised(found: listing(names, lacking: "rate"))
    }
    return column
  }

  /// The column whose name is among `accepted`, if there is one.
  ///
  /// - Throws: ``CurveError/unrecognised(found:)`` if there are several, because it is unclear which to read.
  private static func column(
    _ accepted: [String], orPrefix prefix: String? = nil, in names: [String], meaning: String
  ) throws(CurveError) -> Int? {
    let found = names.indices.filter { index in
      accepted.contains(canonical(names[index])) || prefix.map(names[index].hasPrefix) == true
    }
    guard found.count <= 1 else {
      throw .unrecognised(
        found: "several columns may be the \(meaning): "
          + found.map { quoted(names[$0]) }.joined(separator: ", "))
    }
    return found.first
  }

  private static func listing(_ names: [String], lacking meaning: String) -> String {
    let shown = names.prefix(8).map { quoted(String($0.prefix(24))) }.joined(separator: ", ")
    return "no \(meaning) column among \(shown)\(names.count > 8 ? ", …" : "")"
  }

  private static func canonical(_ name: String) -> String {
    String(name.lowercased().filter { !"_- ".contains($0) })
  }

  private static func count(_ separator: String, in text: String) -> Int {
    text.utf8.count { $0 == separator.utf8.first }
  }

  // MARK: Cells

  private static func cells(
    of line: ArraySlice<UInt8>, separator: UInt8, line number: Int
  ) throws(CurveError) -> [String] {
    let quote = UInt8(ascii: "\"")
    let line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
    guard line.contains(quote) else {
      return line.split(separator: separator, omittingEmptySubsequences: false)
        .map { trimmed(String(decoding: $0, as: UTF8.self)) }
    }
    var cells: [[UInt8]] = [[]]
    var insideQuotes = false
    for byte in line {
      if byte == quote { insideQuotes.toggle() }
      if byte == separator, !insideQuotes {
        cells.append([])
      } else if byte != quote {
        cells[cells.count - 1].append(byte)
      }
    }
    if insideQuotes { throw .unrecognised(found: "the quotes in line \(number) do not end") }
    return cells.map { trimmed(String(decoding: $0, as: UTF8.self)) }
  }

  private static func trimmed(_ text: String) -> String {
    guard text.utf8.first.map({ $0 <= 0x20 }) == true || text.utf8.last.map({ $0 <= 0x20 }) == true else {
      return text
    }
    return String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }

  private static func loss(_ cell: String, _ name: String, _ row: Int) throws(CurveError) -> Double {
    // pandas writes NaN as an empty cell.
    if cell.isEmpty { return .nan }
    guard let value = number(cell) ?? NonFinite.value(spelled: cell) else {
      throw .wrongType(place: "\"\(name)\" in line \(row)", expected: "a loss", found: quoted(cell))
    }
    return value
  }

  private static func number(_ cell: String) -> Double? {
    // Double also reads hexadecimal and "nan", which no logger means.
    guard cell.utf8.allSatisfy({ (48...57).contains($0) || [43, 45, 46, 69, 101].contains($0) }) else {
      return nil
    }
    return Double(cell)
  }

  private static func quoted(_ text: String) -> String { JSONValue.quoted(String(text.prefix(40))) }
}
