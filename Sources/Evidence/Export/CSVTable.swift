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
    lines.append(cells.map(CSVText.quoted).joined(separator: ","))
  }

  /// The number of rows.
  public var count: Int { lines.count }

  /// The whole file, with its header; line ends are line feeds.
  public var text: String {
    ([columns.map(\.name).joined(separator: ",")] + lines).joined(separator: "\n") + "\n"
  }

  /// A number as a cell (``CSVText/number(_:)``).
  static func number(_ value: Double) -> String { CSVText.number(value) }
}
