/// Rows of cells as columns of text: each as wide as its widest cell, two spaces between.
enum Table {
  /// The rows as lines, without spaces at their ends.
  static func lines(_ rows: [[String]]) -> [String] {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.map { column < $0.count - 1 ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      row.enumerated().map { column, cell in
        column == row.count - 1 ? cell : cell + String(repeating: " ", count: widths[column] + 2 - cell.count)
      }.joined().trimmingSpacesAtEnd
    }
  }
}

extension String {
  fileprivate var trimmingSpacesAtEnd: String { String(reversed().drop { $0 == " " }.reversed()) }
}
