/// A grid of terminal cells on which curves are drawn with dots: Unicode's braille patterns, two by four dots
/// a cell.
struct BrailleCanvas {
  let columns: Int
  let rows: Int
  /// One byte a cell: the bits of Unicode's braille patterns.
  private var cells: [UInt8]

  /// The bit of a dot by its row and column within a cell.
  private static let bits: [[UInt8]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]

  init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    cells = [UInt8](repeating: 0, count: columns * rows)
  }

  var dotColumns: Int { 2 * columns }
  var dotRows: Int { 4 * rows }

  /// Sets a dot, counted from the upper left; dots outside are left out.
  mutating func set(column: Int, row: Int) {
    guard (0..<dotColumns).contains(column), (0..<dotRows).contains(row) else { return }
    cells[row / 4 * columns + column / 2] |= Self.bits[row % 4][column % 2]
  }

  /// Draws a straight line of dots.
  mutating func line(from start: (column: Int, row: Int), to end: (column: Int, row: Int)) {
    let count = max(abs(end.column - start.column), abs(end.row - start.row), 1)
    for step in 0...count {
      let share = Double(step) / Double(count)
      set(
        column: Int((Double(start.column) + share * Double(end.column - start.column)).rounded()),
        row: Int((Double(start.row) + share * Double(end.row - start.row)).rounded()))
    }
  }

  /// The character of a cell; nil where it holds no dot.
  ///
  /// In ASCII the height of the dots chooses `'`, `-`, `.` or `|`.
  func character(column: Int, row: Int, ascii: Bool) -> Character? {
    let cell = cells[row * columns + column]
    guard cell != 0 else { return nil }
    guard ascii else { return Character(Unicode.Scalar(UInt32(0x2800) + UInt32(cell)) ?? " ") }
    let isUpper = cell & 0x09 != 0
    let isLower = cell & 0xC0 != 0
    return isUpper && isLower ? "|" : isUpper ? "'" : isLower ? "." : "-"
  }
}
