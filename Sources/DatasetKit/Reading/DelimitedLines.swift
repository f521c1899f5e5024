/// The lines of a text one after the other, without their ends (line feeds, with or without a carriage return); empty
/// lines are passed over.
struct DelimitedLines {
  private let text: [UInt8]
  private var position = 0
  /// The number of the latest line, counted from 1 with the empty ones.
  private(set) var number = 0

  init(_ text: [UInt8]) { self.text = text }

  /// The next line that is not empty.
  mutating func next() -> ArraySlice<UInt8>? {
    while position < text.count {
      let end = text[position...].firstIndex(of: UInt8(ascii: "\n")) ?? text.count
      var line = text[position..<end]
      if line.last == UInt8(ascii: "\r") { line.removeLast() }
      position = end + 1
      number += 1
      if !line.isEmpty { return line }
    }
    return nil
  }
}

/// Finite decimal numbers.
enum DecimalNumber {
  /// 10⁰ to 10²², which doubles hold exactly.
  private static let powers: [Double] = (0..<22).reduce(into: [1]) { powers, _ in
    powers.append(powers[powers.count - 1] * 10)
  }

  /// The double nearest to what the field writes, such as `-12.5` or `3e-05`; nil where it is no finite number.
  ///
  /// Digits that fit a double's 53 bits, over a power of ten that it holds exactly, need one correctly rounded division
  /// only (W. D. Clinger, "How to Read Floating Point Numbers Accurately", PLDI 1990); the rest goes the long way.
  static func value(of field: ArraySlice<UInt8>) -> Double? {
    var digits: UInt64 = 0
    var fraction: Int?
    var count = 0
    var rest = field
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative { rest.removeFirst() }
    for byte in rest {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        count += 1
        guard count <= 19 else { return long(field) }
        digits = 10 * digits + UInt64(byte - UInt8(ascii: "0"))
        if let places = fraction { fraction = places + 1 }
      case UInt8(ascii: ".") where fraction == nil: fraction = 0
      default: return long(field)
      }
    }
    guard count > 0, digits <= 1 << 53, fraction ?? 0 < powers.count else { return long(field) }
    let value = Double(digits) / powers[fraction ?? 0]
    return isNegative ? -value : value
  }

  private static func long(_ field: ArraySlice<UInt8>) -> Double? {
    // Swift would read hexadecimal numbers too.
    guard !field.contains(UInt8(ascii: "x")), !field.contains(UInt8(ascii: "X")),
      let value = Double(String(decoding: field, as: UTF8.self)), value.isFinite
    else { return nil }
    return value
  }
}
