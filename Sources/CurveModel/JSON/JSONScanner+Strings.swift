extension JSONScanner {
  /// Reads a string literal.
  mutating func string() throws(CurveError) -> String {
    try expect(UInt8(ascii: "\""), "a string")
    let start = position
    while position < end, bytes[position] != UInt8(ascii: "\""), bytes[position] != UInt8(ascii: "\\") {
      guard bytes[position] >= 0x20 else { throw malformed("a control character in a string") }
      position += 1
    }
    guard position < end else { throw malformed("the string does not end") }
    if bytes[position] == UInt8(ascii: "\"") {
      position += 1
      return String(decoding: bytes[start..<position - 1], as: UTF8.self)
    }
    return try escapedString(from: start)
  }

  private mutating func escapedString(from start: Int) throws(CurveError) -> String {
    var units = Array(bytes[start..<position])
    while position < end {
      let unit = bytes[position]
      position += 1
      switch unit {
      case UInt8(ascii: "\""): return String(decoding: units, as: UTF8.self)
      case UInt8(ascii: "\\"): units += try escape().utf8
      case ..<0x20: throw malformed("a control character in a string")
      default: units.append(unit)
      }
    }
    throw malformed("the string does not end")
  }

  private mutating func escape() throws(CurveError) -> String {
    let letter = byte(at: position)
    position += 1
    switch letter {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return String(UnicodeScalar(letter))
    case UInt8(ascii: "u"):
      var units = [try codeUnit()]
      if UTF16.isLeadSurrogate(units[0]), byte(at: position) == UInt8(ascii: "\\"),
        byte(at: position + 1) == UInt8(ascii: "u")
      {
        position += 2
        units.append(try codeUnit())
      }
      return String(decoding: units, as: UTF16.self)
    default: throw malformed("an unknown escape in a string")
    }
  }

  private mutating func codeUnit() throws(CurveError) -> UInt16 {
    let digits = bytes[position..<min(position + 4, end)]
    // A sign would pass the conversion.
    guard digits.count == 4, digits.allSatisfy({ $0 >= UInt8(ascii: "0") }),
      let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw malformed("expected four hexadecimal digits after \\u") }
    position += 4
    return unit
  }
}
