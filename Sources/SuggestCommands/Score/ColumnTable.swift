/// Blocks of rows under headings: names to the left, numbers to the right below each other.
enum ColumnTable {
  /// The lines, with an empty one between blocks.
  ///
  /// A name that is wider than `widestName` stands on a line of its own.
  static func lines(_ blocks: [[[String]]], widestName: Int) -> [String] {
    let rows = blocks.flatMap(\.self)
    let nameWidth = rows.map { $0[0].count }.filter { $0 <= widestName }.max() ?? 0
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    var lines: [String] = []
    for (number, block) in blocks.enumerated() {
      if number > 0 { lines.append("") }
      for row in block {
        var name = row[0]
        if name.count > nameWidth {
          lines.append(name)
          name = ""
        }
        let cells = row.enumerated().dropFirst().map { column, cell in
          String(repeating: " ", count: widths[column] + 2 - cell.count) + cell
        }
        lines.append(name + String(repeating: " ", count: nameWidth - name.count) + cells.joined())
      }
    }
    return lines
  }
}
