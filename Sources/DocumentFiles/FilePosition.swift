/// A place in a file; line and column count from 1.
package struct FilePosition: Hashable, Sendable {
  /// The line.
  package var line = 1
  /// The column, in Unicode scalars.
  package var column = 1

  /// The beginning of the file, or another place.
  package init(line: Int = 1, column: Int = 1) {
    self.line = line
    self.column = column
  }
}

extension FilePosition {
  /// Where the text after `beginning` begins.
  init(after beginning: Substring) {
    self = beginning.unicodeScalars.reduce(FilePosition()) { $0.after($1) }
  }

  /// The place behind a scalar.
  func after(_ scalar: Unicode.Scalar) -> FilePosition {
    scalar == "\n" ? FilePosition(line: line + 1, column: 1) : FilePosition(line: line, column: column + 1)
  }
}
