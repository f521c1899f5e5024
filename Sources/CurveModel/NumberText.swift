import Glibc

/// Numbers as people read them, the same in messages, tables and figures.
package enum NumberText {
  /// A number with at most so many significant digits, without trailing zeros: `0.25`, `1.23e-3`, `10`.
  ///
  /// Plain from 0.1 to below 1,000, where whole numbers keep all their digits; else with a power of ten.
  package static func significant(_ value: Double, digits: Int) -> String {
    guard value.isFinite else { return value.isNaN ? "not a number" : (value > 0 ? "infinite" : "-infinite") }
    guard value != 0 else { return "0" }
    // Split after rounding, which can carry a number over into the next power of ten.
    let parts = scientific(value, fractionDigits: digits - 1).split(separator: "e")
    guard parts.count == 2, let exponent = Int(parts[1]) else { return "\(value)" }
    if (-1...2).contains(exponent) {
      return withoutTrailingZeros(fixed(value, fractionDigits: max(0, digits - 1 - exponent)))
    }
    return "\(withoutTrailingZeros(String(parts[0])))e\(exponent)"
  }

  /// The number with exactly so many digits after the point.
  package static func fixed(_ value: Double, fractionDigits: Int) -> String {
    printed("%.*f", value, fractionDigits)
  }

  /// The number as `d.ddde±xx` with exactly so many digits after the point.
  package static func scientific(_ value: Double, fractionDigits: Int) -> String {
    printed("%.*e", value, fractionDigits)
  }

  private static func withoutTrailingZeros(_ text: String) -> String {
    guard text.contains(".") else { return text }
    let kept = text.reversed().drop { $0 == "0" }
    return String((kept.first == "." ? kept.dropFirst() : kept).reversed())
  }

  private static func printed(_ format: String, _ value: Double, _ digits: Int) -> String {
    withVaList([Int32(digits), value]) { arguments in
      // The longest: 309 digits before the point, the sign, the point, the digits after it and the final zero.
      var buffer = [CChar](repeating: 0, count: 320 + digits)
      let count = Int(vsnprintf(&buffer, buffer.count, format, arguments))
      return String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }
}

extension Double {
  /// The number as ``NumberText/significant(_:digits:)`` writes it: `0.25`, `1.2e-5`.
  package func text(digits: Int) -> String { NumberText.significant(self, digits: digits) }
}
