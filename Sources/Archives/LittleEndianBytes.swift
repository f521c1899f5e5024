/// Bytes read as little-endian whole numbers; every access is checked against the end.
struct LittleEndianBytes {
  let bytes: [UInt8]

  /// The unsigned number of `width` bytes (at most 8) at `position`, or nil where it does not lie in the bytes.
  func number(at position: Int, width: Int) -> UInt64? {
    guard position >= 0, position <= bytes.count, bytes.count - position >= width else { return nil }
    return bytes[position..<position + width].reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}
