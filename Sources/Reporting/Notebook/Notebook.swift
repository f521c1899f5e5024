internal import CurveModel

/// A notebook of text and Python cells whose outputs are there before anybody runs it.
public struct Notebook: Sendable {
  /// The name of its files, without an ending.
  public let name: String
  /// Its headline.
  let title: String
  /// Its cells, the headline not among them.
  let cells: [Cell]
  /// The tables that its cells read, from the folder `data` beside it.
  let tables: [NotebookTable]

  /// A cell.
  enum Cell: Sendable {
    /// Markdown.
    case text(String)
    /// Python code, what it prints, and the picture it draws.
    case code(String, prints: [String], picture: Picture?)
  }

  /// A picture among the outputs.
  struct Picture: Sendable {
    /// The name of its file, without an ending.
    var name: String
    /// What it shows, for those who cannot see it.
    var says: String
    /// The gnuplot script that draws it as PNG.
    var script: String
  }

  /// All pictures, in the order of the cells.
  var pictures: [Picture] {
    cells.compactMap { cell in
      guard case .code(_, _, let picture) = cell else { return nil }
      return picture
    }
  }
}

/// A CSV file beside a notebook.
struct NotebookTable: Sendable {
  /// The file's name in the folder `data`.
  let name: String
  /// The whole file.
  let text: String

  init(_ name: String, _ columns: [String], _ rows: [[Cell]]) {
    self.name = name
    text = ([columns] + rows.map { $0.map(\.text) }).map {
      $0.map(CSVText.quoted).joined(separator: ",") + "\n"
    }
    .joined()
  }

  /// A cell of a row.
  enum Cell: ExpressibleByStringLiteral, ExpressibleByFloatLiteral {
    case word(String)
    case number(Double)

    init(stringLiteral value: String) { self = .word(value) }
    init(floatLiteral value: Double) { self = .number(value) }

    var text: String {
      switch self {
      case .word(let word): FigureText.cleaned(word)
      case .number(let number): CSVText.number(number)
      }
    }
  }
}
