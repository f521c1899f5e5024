extension JSONScanner {
  /// Reads a number, or null or a string that spells a non-finite one; nil if it is something else.
  mutating func numberOrItsSpelling() throws(CurveError) -> Double? {
    switch peek() {
    case UInt8(ascii: "n"): return try keyword("null", Double.nan)
    case UInt8(ascii: "\""): return NonFinite.value(spelled: try string())
    case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "t"), UInt8(ascii: "f"): return nil
    default: return try number()
    }
  }

  /// Reads a number, also the bare `NaN`, `Infinity` and `-Infinity` that Python writes.
  mutating func number() throws(CurveError) -> Double {
    skipSpace()
    let start = position
    let negative = byte(at: position) == UInt8(ascii: "-")
    if negative { position += 1 }
    switch byte(at: position) {
    case UInt8(ascii: "I"): return try keyword("Infinity", negative ? -Double.infinity : .infinity)
    case UInt8(ascii: "N"): return try keyword("NaN", Double.nan)
    case UInt8(ascii: "0")...UInt8(ascii: "9"): break
    default:
      position = start
      throw malformed(start >= end ? "it ends where a value should be" : "expected a value")
    }
    var digits: UInt64 = 0
    var count = 0
    if byte(at: position) == UInt8(ascii: "0"), (0...9).contains(Int(byte(at: position + 1)) - 48) {
      throw malformed("a number must not begin with 0")
    }
    readDigits(into: &digits, count: &count)
    var exponent = 0
    if byte(at: position) == UInt8(ascii: ".") {
      position += 1
      let before = count
      readDigits(into: &digits, count: &count)
      guard count > before else { throw malformed("expected a digit after the decimal point") }
      exponent -= count - before
    }
    if byte(at: position) | 0x20 == UInt8(ascii: "e") { exponent += try readExponent() }
    if count <= 19, let magnitude = DecimalConversion.nearestDouble(digits: digits, exponent: exponent) {
      return negative ? -magnitude : magnitude
    }
    return DecimalConversion.nearestDouble(text: bytes[start..<position])
  }

  private mutating func readDigits(into digits: inout UInt64, count: inout Int) {
    while true {
      let digit = byte(at: position) &- 48
      guard digit < 10 else { return }
      digits = digits &* 10 &+ UInt64(digit)
      count += 1
      position += 1
    }
  }

  private mutating func readExponent() throws(CurveError) -> Int {
    position += 1
    let negative = byte(at: position) == UInt8(ascii: "-")
    if negative || byte(at: position) == UInt8(ascii: "+") { position += 1 }
    var value: UInt64 = 0
    var count = 0
    readDigits(into: &value, count: &count)
    guard count > 0 else { throw malformed("expected a digit in the exponent") }
    let magnitude = count > 6 ? 999_999 : Int(value)
    return negative ? -magnitude : magnitude
  }
}

/// How files spell losses that are no numbers.
enum NonFinite {
  /// The value that `text` spells: NaN, infinity or its negative, in any of the usual spellings and cases.
  static func value(spelled text: String) -> Double? {
    switch text.lowercased() {
    case "nan", "+nan", "-nan", "null", "none", "na": .nan
    case "inf", "+inf", "infinity", "+infinity": .infinity
    case "-inf", "-infinity": -.infinity
    default: nil
    }
  }
}
