/// A table of numbers 0 to 255 as comma-separated text without a header.
struct ByteTable {
  private let columns: Int
  private let values: [UInt8]

  /// Reads the text of a table; every line must hold `columns` numbers.
  init(_ text: [UInt8], columns: Int, path: String) throws(DatasetError) {
    self.columns = columns
    var values: [UInt8] = []
    let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true)
    for (number, line) in lines.enumerated() {
      let content = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
      let fields = content.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
      guard fields.count == columns else {
        throw .damaged(path: path, detail: "line \(number + 1) has \(fields.count) fields, not \(columns)")
      }
      for field in fields {
        guard let value = Self.value(of: field) else {
          throw .damaged(path: path, detail: "line \(number + 1) holds something else than 0 to 255")
        }
        values.append(value)
      }
    }
    self.values = values
  }

  /// The number of rows.
  var count: Int { values.count / columns }

  /// The numbers of one row.
  subscript(row: Int) -> ArraySlice<UInt8> {
    values[row * columns..<(row + 1) * columns]
  }

  /// The number that one to three digits write.
  private static func value(of field: ArraySlice<UInt8>) -> UInt8? {
    guard (1...3).contains(field.count) else { return nil }
    var value = 0
    for byte in field {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      value = 10 * value + Int(byte - UInt8(ascii: "0"))
    }
    return UInt8(exactly: value)
  }
}
