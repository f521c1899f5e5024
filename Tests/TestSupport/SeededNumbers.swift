/// A fixed sequence of random numbers for tests: SplitMix64 (Steele, Lea and Flood 2014).
public struct SeededNumbers: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// Starts the sequence that belongs to `seed`.
  public init(seed: UInt64) { state = seed }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// A number from 0 (included) to 1 (excluded).
  public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A nearly normal number with mean 0 and variance 1: the sum of twelve uniform ones, less 6.
  public mutating func normal() -> Double { (0..<12).reduce(-6.0) { sum, _ in sum + uniform() } }
}
