/// Reads a pickle's bytes in order; no read passes the end.
struct PickleCursor {
  private let bytes: ArraySlice<UInt8>
  /// The index of the next byte.
  private(set) var position: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  /// The next `count` bytes.
  mutating func take(_ count: Int) throws(CheckpointError) -> ArraySlice<UInt8> {
    guard count >= 0, count <= bytes.endIndex - position else {
      throw .truncated(place: "at byte \(position - bytes.startIndex) of its pickle")
    }
    defer { position += count }
    return bytes[position..<position + count]
  }

  /// The next byte.
  mutating func byte() throws(CheckpointError) -> UInt8 {
    try take(1)[position - 1]
  }

  /// An unsigned number of `width` bytes (at most 8), little-endian.
  mutating func unsigned(width: Int) throws(CheckpointError) -> UInt64 {
    try take(width).reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// A count of bytes, `width` bytes wide.
  mutating func length(width: Int) throws(CheckpointError) -> Int {
    // What does not fit is certainly past the end.
    Int(clamping: try unsigned(width: width))
  }

  /// A text in UTF-8 of `count` bytes.
  mutating func text(_ count: Int) throws(CheckpointError) -> String {
    let start = position - bytes.startIndex
    guard let text = String(validating: try take(count), as: UTF8.self) else {
      throw .damaged(detail: "the text at byte \(start) of its pickle is not UTF-8")
    }
    return text
  }

  /// A text up to the next line feed, which is taken too.
  mutating func line() throws(CheckpointError) -> String {
    guard let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) else {
      throw .truncated(place: "within a line of its pickle")
    }
    let text = try text(end - position)
    position += 1
    return text
  }
}
