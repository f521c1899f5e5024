/// Rows of cells as columns of text: each as wide as its widest cell, two spaces between.
enum Table {
  /// The rows as lines, without spaces at their ends.
  ///
  /// - Parameter width: Where to wrap the last column between words; nil leaves it on one line.
  static func lines(_ rows: [[String]], width: Int? = nil) -> [String] {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.map { column < $0.count - 1 ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.flatMap { row -> [String] in
      let head = row.dropLast().enumerated().map { column, cell in
        cell + String(repeating: " ", count: widths[column] + 2 - cell.count)
      }.joined()
      let room = width.map { max($0 - head.count, 20) } ?? .max
      let indent = String(repeating: " ", count: head.count)
      return wrapped(row.last ?? "", at: room).enumerated()
        .map { (($0 == 0 ? head : indent) + $1).trimmingSpacesAtEnd }
    }
  }

  /// The text in lines of at most `room` characters, broken between words.
  private static func wrapped(_ text: String, at room: Int) -> [String] {
    var lines = [""]
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      let line = lines[lines.count - 1]
      if !line.isEmpty, line.count + 1 + word.count > room {
        lines.append(String(word))
      } else {
        lines[lines.count - 1] = line.isEmpty ? String(word) : line + " " + word
      }
    }
    return lines
  }
}

extension String {
  fileprivate var trimmingSpacesAtEnd: String { String(reversed().drop { $0 == " " }.reversed()) }
}
