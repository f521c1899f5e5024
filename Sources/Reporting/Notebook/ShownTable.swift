internal import CurveModel

/// A table that a notebook keeps as a CSV file and prints as it is.
public struct ShownTable: Sendable, Equatable {
  /// A cell: a word, or a number printed with three places after the point; NaN is printed as a hyphen.
  public enum Cell: Sendable, Equatable {
    case word(String)
    case number(Double)
  }

  /// The file's name without its ending.
  public var name: String
  /// The columns' names; the first is that of what the rows are about.
  public var columns: [String]
  /// The rows, as wide as ``columns``.
  public var rows: [[Cell]]

  /// Collects a table.
  public init(_ name: String, _ columns: [String], _ rows: [[Cell]]) {
    self.name = name
    self.columns = columns
    self.rows = rows
  }

  /// The function that prints tables, for a cell before the first that uses it.
  static let code = """
    def text(value):
        return value if isinstance(value, str) else "-" if value != value else f"{value:.3f}"

    def show(name):
        table = read(name)
        print(f"{table.columns[0]:\(first)}" + "".join(f"{column:>\(others)}" for column in table.columns[1:]))
        for row in table.itertuples(index=False):
            print(f"{row[0]:\(first)}" + "".join(f"{text(value):>\(others)}" for value in row[1:]))
        return table
    """

  private static let first = 40
  private static let others = 12

  /// The code that prints this table.
  var showing: String { "table = show(\"\(name).csv\")" }

  /// What that prints.
  var lines: [String] {
    let header = Python.left(columns.first ?? "", Self.first) + others(columns.dropFirst().map { $0 })
    return [header]
      + rows.map { row in
        let words = row.map { cell in
          switch cell {
          case .word(let word): FigureText.cleaned(word)
          case .number(let number): number.isNaN ? "-" : Python.fixed(number)
          }
        }
        return Python.left(words.first ?? "", Self.first) + others(Array(words.dropFirst()))
      }
  }

  private func others(_ words: [String]) -> String {
    words.map { Python.right($0, Self.others) }.joined()
  }

  /// The file.
  var file: NotebookTable {
    NotebookTable(
      "\(name).csv", columns,
      rows.map { row in
        row.map { cell in
          switch cell {
          case .word(let word): .word(word)
          case .number(let number): .number(number)
          }
        }
      })
  }

  /// The cell that prints it.
  var cell: Notebook.Cell { .code(showing, prints: lines, picture: nil) }
}
