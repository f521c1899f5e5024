import TestSupport
import Testing

@testable import CurveModel

@Suite struct JSONNumberTests {
  private func number(_ text: String) -> Double? {
    guard case .number(let value)? = try? scanned(text) else { return nil }
    return value
  }

  /// Texts whose scanned value differs in any bit from the C library's.
  private func misread(_ texts: some Sequence<String>) -> [String] {
    texts.filter { text in number(text)?.bitPattern != Double(text)?.bitPattern }
  }

  @Test("100,000 doubles of all magnitudes are written and read back to the same bits")
  func roundTrips() {
    var random = SeededNumbers(seed: 1)
    var wrong: [Double] = []
    var tested = 0
    while tested < 100_000 {
      let value = Double(bitPattern: random.next())
      guard value.isFinite else { continue }
      tested += 1
      if number(JSONValue.text(of: value))?.bitPattern != value.bitPattern { wrong.append(value) }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(5))")
  }

  @Test(
    "special doubles are written and read back to the same bits",
    arguments: [
      0, -0.0, 1, -1, 0x1p-1074, -0x1p-1074, 2.2250738585072014e-308, 1.7976931348623157e308, 0x1p53,
      0x1p53 + 2, -0x1p53,
      0x1p62, 0x1p63, -0x1p63, 0x1p64, 1e15, 1e16, 1e22, 1e23, 0.1, 1e-5, 123456.789,
    ])
  func specialRoundTrips(_ value: Double) {
    #expect(number(JSONValue.text(of: value))?.bitPattern == value.bitPattern)
  }

  @Test("60,000 random decimals of 1 to 25 digits and any exponent are read as the C library reads them")
  func randomDecimals() {
    var random = SeededNumbers(seed: 2)
    let texts = (0..<60_000).map { _ -> String in
      var digits = String(Int.random(in: 1...9, using: &random))
      for _ in 1..<Int.random(in: 2...26, using: &random) {
        digits += String(Int.random(in: 0...9, using: &random))
      }
      let point = Int.random(in: 1...digits.count, using: &random)
      var text = Bool.random(using: &random) ? "-" : ""
      text += digits.prefix(point)
      if point < digits.count { text += "." + digits.dropFirst(point) }
      if Int.random(in: 0...3, using: &random) > 0 {
        text += "e\(Int.random(in: -345...310, using: &random))"
      }
      return text
    }
    let wrong = misread(texts)
    #expect(wrong.isEmpty, "\(wrong.prefix(5))")
  }

  @Test(
    "40,000 decimals of 17 to 19 digits with the small exponents of losses are read as the C library reads them"
  )
  func lossesDecimals() {
    var random = SeededNumbers(seed: 3)
    let texts = (0..<40_000).map { _ -> String in
      let digits = UInt64.random(in: 10_000_000_000_000_000...9_999_999_999_999_999_999, using: &random)
      return "\(digits)e\(Int.random(in: -40...60, using: &random))"
    }
    let wrong = misread(texts)
    #expect(wrong.isEmpty, "\(wrong.prefix(5))")
  }

  @Test("decimals exactly half-way between two doubles, and their neighbours, are rounded to even")
  func halfWay() {
    var random = SeededNumbers(seed: 4)
    var texts: [String] = []
    for _ in 0..<5_000 {
      // An odd whole number of 54 bits lies half-way; so do its doubles, and its halves and quarters.
      let odd = UInt64.random(in: 1 << 53...(1 << 54) - 1, using: &random) | 1
      for shift in 0..<4 as Range<UInt64> { texts.append("\((odd << shift) - 1)") }
      for shift in 0..<6 as Range<UInt64> {
        texts.append("\(odd << shift)")
        texts.append("\((odd << shift) + 1)")
      }
      texts += ["\(odd / 2).5", "\(odd / 4).25", "\(odd / 4).75", "\(odd)e1", "\(odd)0e-1", "\(odd)e3"]
    }
    let wrong = misread(texts)
    #expect(wrong.isEmpty, "\(wrong.prefix(5))")
  }

  @Test(
    "extreme exponents and many digits",
    arguments: [
      "1e400", "-1e400", "1e-400", "1e999999999999999999999", "1e-999999999999999999999", "0e999999999",
      "1e0000001",
      "0.0000000000000000000000000000000000000000000001", "4.9e-324", "2.4703282292062327e-324",
      "2.4703282292062328e-324",
      "1.7976931348623158e308", "1.7976931348623159e308", "2.2250738585072011e-308", "9007199254740993",
      "123456789012345678901234567890", "0.000000000000000000000000000000", "-0", "-0.0", "1E5", "1e+5",
      "18446744073709551616",
      "9999999999999999999", "99999999999999999999", "8.988465674311579e307",
    ])
  func extremes(_ text: String) {
    #expect(number(text)?.bitPattern == Double(text)?.bitPattern)
  }

  @Test(
    "whole numbers are written without a fraction, others in the shortest form, non-finite ones spelled",
    arguments: [
      (100, "100"), (-3, "-3"), (0, "0"), (-0.0, "-0.0"), (0.1, "0.1"), (1e-5, "1e-05"),
      (0x1p53, "9007199254740992"),
      (.nan, "\"nan\""), (.infinity, "\"inf\""), (-.infinity, "\"-inf\""),
    ] as [(Double, String)])
  func texts(value: Double, text: String) { #expect(JSONValue.text(of: value) == text) }
}
