import Glibc

/// Turns decimal digits into the nearest double.
///
/// The C library's `strtod` takes a tenth of a microsecond for the 17 digits of a recorded loss, which is most of the
/// time of reading a long curve. This is the algorithm of Eisel and Lemire: multiply the digits by a 128-bit
/// approximation of the power of five and round; within ±`exactExponents` the product decides every case.
///
/// Source: D. Lemire, "Number Parsing at a Gigabyte per Second", *Software: Practice and Experience* 51 (2021) 1700.
enum DecimalConversion {
  /// Powers of ten for which 128 bits of the power of five are always enough.
  static let exactExponents = -27...55

  /// The double nearest to `digits`·10^`exponent`, ties to even; nil where the algorithm does not apply.
  ///
  /// - Parameters:
  ///   - digits: All digits of the number, at most 19 of them.
  ///   - exponent: The power of ten.
  static func nearestDouble(digits: UInt64, exponent: Int) -> Double? {
    if digits == 0 { return 0 }
    guard exactExponents.contains(exponent) else { return nil }
    let power = powersOfFive[exponent - exactExponents.lowerBound]
    let shift = digits.leadingZeroBitCount
    let normalised = digits << UInt64(shift)
    var (high, low) = normalised.multipliedFullWidth(by: UInt64(truncatingIfNeeded: power >> 64))
    // 55 bits are needed; if the 9 below are all ones, a carry from the lower half of the power could reach them.
    if high & 0x1ff == 0x1ff {
      let carry = normalised.multipliedFullWidth(by: UInt64(truncatingIfNeeded: power)).high
      let (sum, overflow) = low.addingReportingOverflow(carry)
      low = sum
      if overflow { high += 1 }
    }
    let topBit = Int(high >> 63)
    var mantissa = high >> UInt64(topBit + 9)
    // 217706/65536 is log2(10) closely enough for all exponents of doubles.
    let binaryExponent = ((217_706 * exponent) >> 16) + 63 + topBit - shift + 1023
    guard binaryExponent > 0, binaryExponent < 0x7fe else { return nil }
    // Exactly half-way between two doubles, which only small powers can hit: to even instead of up.
    if low <= 1, (-4...23).contains(exponent), mantissa & 3 == 1, mantissa << UInt64(topBit + 9) == high {
      mantissa &= ~1
    }
    mantissa = (mantissa + (mantissa & 1)) >> 1
    let carried = mantissa >> 53
    let exponentBits = UInt64(binaryExponent) + carried
    let fraction = carried == 1 ? 0 : mantissa & 0xf_ffff_ffff_ffff
    return Double(bitPattern: exponentBits << 52 | fraction)
  }

  /// 5^q with its leading bit at bit 127: exact for q ≥ 0, rounded up below.
  private static let powersOfFive: [UInt128] = exactExponents.map { exponent in
    let power = (0..<abs(exponent)).reduce(UInt128(1)) { product, _ in product * 5 }
    guard exponent < 0 else { return power << UInt128(power.leadingZeroBitCount) }
    let bits = 128 - power.leadingZeroBitCount
    return power.dividingFullWidth((high: UInt128(1) << UInt128(bits - 1), low: 0)).quotient + 1
  }

  /// The double nearest to a number's text, by the C library.
  static func nearestDouble(text: some Sequence<UInt8>) -> Double {
    let terminated = text.map { CChar(bitPattern: $0) } + [0]
    return strtod(terminated, nil)
  }
}
