/// Blocks of rows under headings: names to the left, numbers to the right below each other.
///
/// What is too wide for the page is written closer together, then columns from the right are left out.
struct ColumnTable {
  /// The lines, with an empty one between blocks.
  let lines: [String]
  /// The headings of the columns that found no room.
  let leftOut: [String]

  private static let fewestColumns = 3

  /// Sets rows; the first of each block is its heading.
  ///
  /// A name that is wider than `widestName` stands on a line of its own.
  init(_ blocks: [[[String]]], widestName: Int, width: Int) {
    let rows = blocks.flatMap(\.self)
    let nameWidth = rows.map { $0[0].count }.filter { $0 <= widestName }.max() ?? 0
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    func total(_ columns: Int, gap: Int) -> Int {
      widths[..<columns].dropFirst().reduce(nameWidth) { $0 + gap + $1 }
    }
    var shown = count
    while shown > Self.fewestColumns, total(shown, gap: 1) > width { shown -= 1 }
    let gap = total(shown, gap: 2) <= width ? 2 : 1
    var lines: [String] = []
    for (number, block) in blocks.enumerated() {
      if number > 0 { lines.append("") }
      for row in block {
        var name = row[0]
        if name.count > nameWidth {
          lines.append(name)
          name = ""
        }
        let cells = row[..<min(shown, row.count)].enumerated().dropFirst().map { column, cell in
          String(repeating: " ", count: widths[column] + gap - cell.count) + cell
        }
        lines.append(name + String(repeating: " ", count: nameWidth - name.count) + cells.joined())
      }
    }
    self.lines = lines
    leftOut = Array(blocks.first?.first?.dropFirst(shown) ?? [])
  }
}
