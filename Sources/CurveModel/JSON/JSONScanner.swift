import Glibc

/// Reads JSON from bytes, one value at a time.
///
/// Foundation's decoder refuses Python's bare `NaN` and `Infinity` and builds an object for every number; a curve of
/// a million steps is read ten times faster this way. The scanner borrows the bytes of ``scan(_:_:)`` and must not
/// outlive its closure.
struct JSONScanner {
  let bytes: UnsafeBufferPointer<UInt8>
  var position = 0
  /// Where reading stops: the end of the text, or of the line that was entered.
  private(set) var end: Int
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

  mutating func expect(_ expected: UInt8, _ what: String) throws(CurveError) {
    guard accept(expected) else {
      throw malformed(position >= end ? "it ends before \(what)" : "expected \(what)")
    }
  }

  mutating func keyword<Value>(_ word: StaticString, _ value: Value) throws(CurveError) -> Value {
    for offset in 0..<word.utf8CodeUnitCount where byte(at: position + offset) != word.utf8Start[offset] {
      throw malformed("expected \(word)")
    }
    position += word.utf8CodeUnitCount
    return value
  }

  func byte(at index: Int) -> UInt8 { index < end ? bytes[index] : 0 }

  mutating func skipSpace() {
    while position < end {
      switch bytes[position] {
      case 0x20, 0x0a, 0x0d, 0x09: position += 1
      default: return
      }
    }
  }
}
