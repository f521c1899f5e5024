import Glibc

/// Reads JSON from bytes, one value at a time.
///
/// Foundation's decoder refuses Python's bare `NaN` and `Infinity` and builds an object for every number; a curve of
/// a million steps is read ten times faster this way. The scanner borrows the bytes of ``scan(_:_:)`` and must not
/// outlive its closure.
struct JSONScanner {
  private let bytes: UnsafeBufferPointer<UInt8>
  private(set) var position = 0
  /// Where reading stops: the end of the text, or of the line that was entered.
  private var end: Int
  private var isInLine = false

  private static let deepestNesting = 64

  /// Runs `body` with a scanner over `bytes`.
  static func scan<Result>(
    _ bytes: [UInt8], _ body: (inout JSONScanner) throws(CurveError) -> Result
  ) throws(CurveError) -> Result {
    try bytes.withUnsafeBufferPointer { (buffer) throws(CurveError) in
      var scanner = JSONScanner(bytes: buffer)
      return try body(&scanner)
    }
  }

  private init(bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    end = bytes.count
  }

  /// Whether nothing but white space is left.
  mutating func isAtEnd() -> Bool {
    skipSpace()
    return position >= end
  }

  /// Moves behind the line that was entered, to the next one that is not blank; false if there is none.
  ///
  /// Until the next call the line's end counts as the end of the text, so that a value which is cut off cannot swallow
  /// the lines behind it.
  mutating func enterLine() -> Bool {
    if isInLine { position = end }
    isInLine = true
    end = bytes.count
    guard !isAtEnd(), let base = bytes.baseAddress else { return false }
    let start = UnsafeRawPointer(base) + position
    if let lineBreak = memchr(start, Int32(UInt8(ascii: "\n")), end - position) {
      end = position + (UnsafeRawPointer(lineBreak) - start)
    }
    return true
  }

  /// The number of the line the scanner stands in, counted from 1.
  var line: Int { 1 + bytes[..<min(position, end)].count { $0 == UInt8(ascii: "\n") } }

  /// An error at the present place.
  func malformed(_ problem: String) -> CurveError {
    var column = 1
    var index = min(position, end)
    while index > 0, bytes[index - 1] != UInt8(ascii: "\n") {
      index -= 1
      column += 1
    }
    return .malformedJSON(line: line, column: column, problem: problem)
  }

  // MARK: Values

  /// Reads any value.
  mutating func value(depth: Int = 0) throws(CurveError) -> JSONValue {
    guard depth < Self.deepestNesting else { throw malformed("more than \(Self.deepestNesting) levels deep") }
    switch peek() {
    case UInt8(ascii: "{"):
      var members: [JSONValue.Member] = []
      try object { (name, scanner) throws(CurveError) in
        members.append(.init(name, try scanner.value(depth: depth + 1)))
      }
      return .object(members)
    case UInt8(ascii: "["): return try list(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try keyword("true", .bool(true))
    case UInt8(ascii: "f"): return try keyword("false", .bool(false))
    case UInt8(ascii: "n"): return try keyword("null", .null)
    default: return .number(try number())
    }
  }

  /// Reads an object, calling `member` with each name; the closure reads the value.
  mutating func object(
    _ member: (String, inout JSONScanner) throws(CurveError) -> Void
  ) throws(CurveError) {
    try expect(UInt8(ascii: "{"), "an object")
    if accept(UInt8(ascii: "}")) { return }
    repeat {
      guard peek() == UInt8(ascii: "\"") else { throw malformed("expected a member's name in quotes") }
      let name = try string()
      try expect(UInt8(ascii: ":"), "a colon after \(JSONValue.quoted(name))")
      try member(name, &self)
    } while accept(UInt8(ascii: ","))
    try expect(UInt8(ascii: "}"), "a comma or the object's end")
  }

  /// Reads an object whose members are mostly among `names` and mostly in their order, calling `member` with the
  /// place of each name, or nil for another one; the closure reads the value.
  ///
  /// No string is made for a name that is found, which makes a file of a million such objects quick to read.
  mutating func object(
    of names: [[UInt8]], _ member: (Int?, inout JSONScanner) throws(CurveError) -> Void
  ) throws(CurveError) {
    try expect(UInt8(ascii: "{"), "an object")
    if accept(UInt8(ascii: "}")) { return }
    var expected = 0
    repeat {
      guard peek() == UInt8(ascii: "\"") else { throw malformed("expected a member's name in quotes") }
      let found = place(of: names, from: expected)
      if let found {
        position += names[found].count + 2
        expected = found + 1
      } else {
        _ = try string()
      }
      try expect(UInt8(ascii: ":"), "a colon after the member's name")
      try member(found, &self)
    } while accept(UInt8(ascii: ","))
    try expect(UInt8(ascii: "}"), "a comma or the object's end")
  }

  /// Which of `names` stands here in quotes, looked for from `start` on and then from the beginning.
  private func place(of names: [[UInt8]], from start: Int) -> Int? {
    for offset in names.indices {
      let index = start + offset < names.count ? start + offset : start + offset - names.count
      if stands(names[index], at: position + 1) { return index }
    }
    return nil
  }

  private func stands(_ name: [UInt8], at start: Int) -> Bool {
    guard start + name.count < end, bytes[start + name.count] == UInt8(ascii: "\"") else { return false }
    for (offset, byte) in name.enumerated() where bytes[start + offset] != byte { return false }
    return true
  }

  private mutating func list(depth: Int) throws(CurveError) -> JSONValue {
    let start = position
    if let numbers = try numberList() { return .numbers(numbers) }
    position = start
    try expect(UInt8(ascii: "["), "a list")
    var values: [JSONValue] = []
    if !accept(UInt8(ascii: "]")) {
      repeat { values.append(try value(depth: depth + 1)) } while accept(UInt8(ascii: ","))
      try expect(UInt8(ascii: "]"), "a comma or the list's end")
    }
    return .array(values)
  }

  /// The list as numbers, or nil if an element is something else.
  private mutating func numberList() throws(CurveError) -> [Double]? {
    try expect(UInt8(ascii: "["), "a list")
    var numbers: [Double] = []
    if accept(UInt8(ascii: "]")) { return numbers }
    repeat {
      guard let number = try numberOrItsSpelling() else { return nil }
      numbers.append(number)
    } while accept(UInt8(ascii: ","))
    try expect(UInt8(ascii: "]"), "a comma or the list's end")
    return numbers
  }

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

  // MARK: Strings

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

  // MARK: Bytes

  /// The next byte that is not white space; 0 at the end.
  mutating func peek() -> UInt8 {
    skipSpace()
    return byte(at: position)
  }

  /// Steps over `expected` if it comes next.
  mutating func accept(_ expected: UInt8) -> Bool {
    guard peek() == expected, position < end else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ expected: UInt8, _ what: String) throws(CurveError) {
    guard accept(expected) else {
      throw malformed(position >= end ? "it ends before \(what)" : "expected \(what)")
    }
  }

  private mutating func keyword<Value>(_ word: StaticString, _ value: Value) throws(CurveError) -> Value {
    for offset in 0..<word.utf8CodeUnitCount where byte(at: position + offset) != word.utf8Start[offset] {
      throw malformed("expected \(word)")
    }
    position += word.utf8CodeUnitCount
    return value
  }

  private func byte(at index: Int) -> UInt8 { index < end ? bytes[index] : 0 }

  private mutating func skipSpace() {
    while position < end {
      switch bytes[position] {
      case 0x20, 0x0a, 0x0d, 0x09: position += 1
      default: return
      }
    }
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
