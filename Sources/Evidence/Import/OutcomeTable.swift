internal import CurveModel

/// The CSV form of outcomes: a column for each label of the task, and the columns of an outcome.
struct OutcomeTable {
  private let names: [String]

  /// Columns whose cells are numbers of the outcome.
  private static let numbers = [
    "learningRate", "seed", "loss", "error", "bestLoss", "bestError", "untrainedLoss", "untrainedError",
  ]
  private static let outcomeNames = numbers + ["status", "suggested"]
  /// Columns that must be there.
  private static let required = ["dataset", "model", "optimizer", "learningRate", "seed", "status"]

  /// Reads the header.
  init(header: [UInt8], line: Int, file: String) throws(EvidenceError) {
    do throws(EvidenceError) {
      names = try Self.cells(header)
    } catch {
      throw .badFile(file: file, line: line, problem: error.description)
    }
    for (index, name) in names.enumerated() where names[..<index].contains(name) || name.isEmpty {
      throw .badFile(
        file: file, line: line,
        problem: name.isEmpty ? "a column has no name" : "two columns are called \(name)")
    }
    let missing = Self.required.filter { !names.contains($0) }
    guard missing.isEmpty else {
      throw .badFile(
        file: file, line: line,
        problem:
          "neither JSON Lines nor a table of outcomes: the columns \(missing.joined(separator: ", ")) are missing"
      )
    }
  }

  /// A row as the object it stands for; empty cells are left out.
  func value(of row: [UInt8]) throws(EvidenceError) -> JSONValue {
    let cells = try Self.cells(row)
    guard cells.count == names.count else {
      throw .badTask("the row has \(cells.count) cells, the header \(names.count)")
    }
    var task: [JSONValue.Member] = []
    var outcome: [JSONValue.Member] = [.init("kind", .string("outcome"))]
    for (name, cell) in zip(names, cells) where !cell.isEmpty {
      switch name {
      case _ where Self.numbers.contains(name): outcome.append(.init(name, Self.number(cell)))
      case "status": outcome.append(.init(name, .string(cell)))
      case "suggested": outcome.append(.init(name, Self.truth(cell)))
      default:
        task.append(
          .init(name, Double(cell).map { $0.isFinite ? .number($0) : .string(cell) } ?? .string(cell)))
      }
    }
    outcome.insert(.init("task", .object(task)), at: 1)
    return .object(outcome)
  }

  private static func number(_ cell: String) -> JSONValue {
    if let number = Double(cell) { return .number(number) }
    return .string(cell)
  }

  private static func truth(_ cell: String) -> JSONValue {
    switch cell.lowercased() {
    case "true", "1": .bool(true)
    case "false", "0": .bool(false)
    default: .string(cell)
    }
  }

  /// The cells of a row; quotes around a cell as in RFC 4180, without line ends inside.
  private static func cells(_ row: [UInt8]) throws(EvidenceError) -> [String] {
    var cells: [String] = []
    var cell: [UInt8] = []
    var isQuoted = false
    var wasQuoted = false
    var rest = row[...]
    if rest.last == UInt8(ascii: "\r") { rest.removeLast() }
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "\"") where isQuoted && rest.first == byte:
        cell.append(byte)
        rest.removeFirst()
      case UInt8(ascii: "\"") where isQuoted: isQuoted = false
      case UInt8(ascii: "\"") where cell.isEmpty && !wasQuoted: (isQuoted, wasQuoted) = (true, true)
      case UInt8(ascii: ",") where !isQuoted:
        cells.append(text(cell, wasQuoted))
        (cell, wasQuoted) = ([], false)
      default: cell.append(byte)
      }
    }
    guard !isQuoted else { throw .badTask("a quoted cell does not end") }
    return cells + [text(cell, wasQuoted)]
  }

  private static func text(_ cell: [UInt8], _ wasQuoted: Bool) -> String {
    let text = String(decoding: cell, as: UTF8.self)
    guard !wasQuoted else { return text }
    let isSpace = { (character: Character) in character == " " || character == "\t" }
    return String(text.drop(while: isSpace).reversed().drop(while: isSpace).reversed())
  }
}
