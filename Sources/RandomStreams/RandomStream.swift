/// A stream of random numbers that is a pure function of a seed, a purpose and a position.
///
/// The same seed and purpose give the same bits for ever, on every machine: integers come from
/// ``Philox4x32``, and floating-point values use only operations that IEEE 754 rounds exactly. Copying the value
/// saves the position; assigning the copy back restores it. The seed is Philox's key; the upper half of the counter
/// is the purpose's hash and the lower half counts blocks of four words.
public struct RandomStream: Sendable, Equatable {
  private let key: SIMD2<UInt32>
  private let purposeWords: SIMD2<UInt32>
  /// How many 32-bit words have been drawn.
  public private(set) var position: UInt64
  private var block: SIMD4<UInt32>

  /// Creates the stream of `seed` and `purpose`.
  ///
  /// - Parameters:
  ///   - seed: any value; every seed gives an independent stream.
  ///   - purpose: what the numbers are for.
  ///   - position: how many 32-bit words to skip.
  public init(seed: UInt64, purpose: StreamPurpose, position: UInt64 = 0) {
    key = Self.words(of: seed)
    purposeWords = Self.words(of: purpose.hash)
    self.position = position
    block = .zero
    if position % 4 != 0 { block = blockAtPosition() }
  }

  /// Draws 32 random bits.
  public mutating func nextUInt32() -> UInt32 {
    let lane = Int(position % 4)
    if lane == 0 { block = blockAtPosition() }
    position += 1
    return block[lane]
  }

  /// Draws 64 random bits, the low word first.
  public mutating func nextUInt64() -> UInt64 {
    let low = UInt64(nextUInt32())
    return low | UInt64(nextUInt32()) << 32
  }

  /// Draws a double uniform in [0, 1): a multiple of 2^-53.
  public mutating func uniformDouble() -> Double {
    Double(nextUInt64() >> 11) * 0x1p-53
  }

  /// Draws a float uniform in [0, 1): a multiple of 2^-24.
  public mutating func uniformFloat() -> Float {
    Float(nextUInt32() >> 8) * 0x1p-24
  }

  /// Draws an integer uniform in 0..<`bound`, without bias.
  ///
  /// Source: D. Lemire, "Fast Random Integer Generation in an Interval", ACM TOMACS 29 (2019), algorithm 5.
  public mutating func integer(below bound: Int) -> Int {
    precondition(bound > 0, "a random integer needs a positive bound")
    let range = UInt64(bound)
    var product = nextUInt64().multipliedFullWidth(by: range)
    if product.low < range {
      let rejected = (0 &- range) % range
      while product.low < rejected { product = nextUInt64().multipliedFullWidth(by: range) }
    }
    return Int(product.high)
  }

  /// Draws a uniformly distributed permutation of 0..<`count` (Fisher-Yates, from the end).
  public mutating func permutation(of count: Int) -> [Int] {
    precondition(count >= 0, "a permutation needs a count that is not negative")
    var order = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(last, integer(below: last + 1))
    }
    return order
  }

  /// Draws a double from the standard normal distribution.
  ///
  /// Source: G. Marsaglia, T. A. Bray, "A Convenient Method for Generating Normal Variables", SIAM Review 6 (1964):
  /// the polar method; the pair's second value is not used, so that the position alone is the stream's state.
  public mutating func normal() -> Double {
    while true {
      let x = 2 * uniformDouble() - 1
      let y = 2 * uniformDouble() - 1
      let square = x * x + y * y
      if square > 0, square < 1 {
        return x * (-2 * naturalLogarithm(square) / square).squareRoot()
      }
    }
  }

  /// Whether two streams go on with the same numbers.
  public static func == (left: Self, right: Self) -> Bool {
    left.key == right.key && left.purposeWords == right.purposeWords && left.position == right.position
  }

  private func blockAtPosition() -> SIMD4<UInt32> {
    Philox4x32.block(
      counter: SIMD4(lowHalf: Self.words(of: position / 4), highHalf: purposeWords), key: key)
  }

  private static func words(of value: UInt64) -> SIMD2<UInt32> {
    SIMD2(UInt32(truncatingIfNeeded: value), UInt32(truncatingIfNeeded: value >> 32))
  }
}

/// The natural logarithm of a positive normal number from exactly rounded operations alone.
///
/// The C library's logarithm may change its last bit with its version; this one cannot. ln x = e·ln 2 + 2·artanh s
/// with x = 2^e·m, √½ ≤ m < √2 and s = (m − 1)/(m + 1), |s| < 0.172: the series' first term left out is below 2^-53.
package func naturalLogarithm(_ x: Double) -> Double {
  var exponent = Double(x.exponent)
  var significand = x.significand
  if significand > 2.0.squareRoot() {
    significand /= 2
    exponent += 1
  }
  let s = (significand - 1) / (significand + 1)
  let square = s * s
  // Written out, the divisions are the compiler's and not made at every call.
  var series = 1.0 / 21
  series = series * square + 1.0 / 19
  series = series * square + 1.0 / 17
  series = series * square + 1.0 / 15
  series = series * square + 1.0 / 13
  series = series * square + 1.0 / 11
  series = series * square + 1.0 / 9
  series = series * square + 1.0 / 7
  series = series * square + 1.0 / 5
  series = series * square + 1.0 / 3
  series = series * square + 1.0 / 1
  return exponent * 0x1.62e42fefa39efp-1 + 2 * s * series
}
