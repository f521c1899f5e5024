/// The pieces of JSON (RFC 8259) that a safetensors header consists of, read from UTF-8 bytes.
struct JSONTextScanner {
  private let bytes: ArraySlice<UInt8>
  private var position: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  /// Reads an object, calling `member` with each name and the scanner at its value.
  mutating func members(
    _ member: (String, inout JSONTextScanner) throws(CheckpointError) -> Void
  ) throws(CheckpointError) {
    try expect("{")
    if skip("}") { return }
    repeat {
      let name = try string()
      try expect(":")
      try member(name, &self)
    } while skip(",")
    try expect("}")
  }

  /// Reads an array of at most `limit` whole numbers.
  mutating func wholeNumbers(limit: Int) throws(CheckpointError) -> [Int] {
    var numbers: [Int] = []
    try expect("[")
    if skip("]") { return numbers }
    repeat {
      guard numbers.count < limit else { throw failure("more than \(limit) numbers in a list") }
      numbers.append(try wholeNumber())
    } while skip(",")
    try expect("]")
    return numbers
  }

  /// Reads a string.
  mutating func string() throws(CheckpointError) -> String {
    try expect("\"")
    var units: [UInt8] = []
    var isClosed = false
    while !isClosed, let byte = next() {
      if byte == UInt8(ascii: "\"") {
        isClosed = true
      } else if byte == UInt8(ascii: "\\") {
        units.append(contentsOf: String(try escapedCharacter()).utf8)
      } else if byte < 0x20 {
        throw failure("a control character in a text")
      } else {
        units.append(byte)
      }
    }
    guard isClosed, let text = String(validating: units, as: UTF8.self) else {
      throw failure("a text without end or not in UTF-8")
    }
    return text
  }

  /// Makes sure that nothing but white space follows.
  mutating func expectEnd() throws(CheckpointError) {
    skipSpace()
    guard position == bytes.endIndex else { throw failure("something after the object's end") }
  }

  private mutating func wholeNumber() throws(CheckpointError) -> Int {
    skipSpace()
    let start = position
    while position < bytes.endIndex, UInt8(ascii: "0")...UInt8(ascii: "9") ~= bytes[position] {
      position += 1
    }
    let digits = String(decoding: bytes[start..<position], as: UTF8.self)
    guard let number = Int(digits), digits == "0" || !digits.hasPrefix("0") else {
      throw failure("something else than a whole number up to \(Int.max)")
    }
    return number
  }

  /// The character after a backslash; two escapes \uD8xx\uDCxx make one character.
  private mutating func escapedCharacter() throws(CheckpointError) -> Unicode.Scalar {
    switch next() {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      var code = try hexadecimalUnit()
      if UTF16.isLeadSurrogate(code.unit), next() == UInt8(ascii: "\\"), next() == UInt8(ascii: "u") {
        let trail = try hexadecimalUnit()
        guard UTF16.isTrailSurrogate(trail.unit) else { throw failure("half a character") }
        code.scalar = 0x10000 + (code.scalar - 0xd800) << 10 + (trail.scalar - 0xdc00)
      }
      guard let scalar = Unicode.Scalar(code.scalar) else { throw failure("half a character") }
      return scalar
    default: throw failure("an unknown escape")
    }
  }

  private mutating func hexadecimalUnit() throws(CheckpointError) -> (scalar: UInt32, unit: UInt16) {
    var code: UInt16 = 0
    for _ in 0..<4 {
      guard let digit = next().flatMap({ Character(Unicode.Scalar($0)).hexDigitValue }) else {
        throw failure("an escape without four hexadecimal digits")
      }
      code = code << 4 | UInt16(digit)
    }
    return (UInt32(code), code)
  }

  private mutating func next() -> UInt8? {
    guard position < bytes.endIndex else { return nil }
    position += 1
    return bytes[position - 1]
  }

  private mutating func skipSpace() {
    while position < bytes.endIndex, [0x20, 0x09, 0x0a, 0x0d].contains(bytes[position]) { position += 1 }
  }

  private mutating func skip(_ character: Unicode.Scalar) -> Bool {
    skipSpace()
    guard position < bytes.endIndex, bytes[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ character: Unicode.Scalar) throws(CheckpointError) {
    guard skip(character) else { throw failure("no \(character)") }
  }

  private func failure(_ fault: String) -> CheckpointError {
    .damaged(detail: "\(fault) at byte \(position - bytes.startIndex) of the header")
  }
}
