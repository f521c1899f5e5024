internal import CurveModel

/// A tidy CSV file: what its columns are called and mean, and its rows.
public struct CSVTable: Sendable, Equatable {
  /// A column of a file.
  public struct Column: Sendable, Equatable {
    /// Its name in the header.
    public let name: String
    /// Its unit, or the kind of its cells.
    public let unit: String
    /// What it means, in one sentence.
    public let meaning: String

    init(_ name: String, _ unit: String, _ meaning: String) {
      self.name = name
      self.unit = unit
      self.meaning = meaning
    }
  }

  /// The file's name, such as `runs.csv`.
  public let name: String
  /// What a row is.
  public let summary: String
  /// The columns in the order of the file.
  public let columns: [Column]
  private var lines: [String]

  init(_ name: String, _ summary: String, _ columns: [Column]) {
    self.name = name
    self.summary = summary
    self.columns = columns
    lines = []
  }

  /// Adds a row; there are as many cells as columns.
  mutating func add(_ cells: [String]) {
    precondition(cells.count == columns.count, "\(name): a row has \(cells.count) cells")
    lines.append(cells.map(Self.quoted).joined(separator: ","))
  }

  /// The number of rows.
  public var count: Int { lines.count }

  /// The whole file, with its header; line ends are line feeds.
  public var text: String {
    ([columns.map(\.name).joined(separator: ",")] + lines).joined(separator: "\n") + "\n"
  }

  /// A cell of RFC 4180: in quotes only where it must be.
  static func quoted(_ cell: String) -> String {
    let special = cell.utf8.contains {
      $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\n")
    }
    return special
      ? "\"" + cell.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
      : cell
  }

  /// A number that reads back as the same double; not a number is an empty cell, infinity is inf.
  static func number(_ value: Double) -> String {
    if value.isNaN { return "" }
    if value.isInfinite { return value < 0 ? "-inf" : "inf" }
    return JSONValue.text(of: value)
  }
}
