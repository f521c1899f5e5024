/// Cells of CSV files that are written.
package enum CSVText {
  /// A cell of RFC 4180: in quotes only where it must be.
  package static func quoted(_ cell: String) -> String {
    let special = cell.utf8.contains {
      $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\n")
    }
    return special
      ? "\"" + cell.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
      : cell
  }

  /// A number that reads back as the same double; not a number is an empty cell, infinity is inf.
  package static func number(_ value: Double) -> String {
    if value.isNaN { return "" }
    if value.isInfinite { return value < 0 ? "-inf" : "inf" }
    return JSONValue.text(of: value)
  }
}
