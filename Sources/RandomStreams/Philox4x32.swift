/// The counter-based generator Philox4x32-10: a keyed bijection of 128-bit counters.
///
/// Any block can be computed on its own, in any order, so that a stream is nothing but a key and a position.
/// Source: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel Random Numbers: As Easy as 1, 2, 3",
/// SC 2011. The constants and the ten rounds are the paper's.
public enum Philox4x32 {
  private static let rounds = 10
  private static let evenMultiplier: UInt32 = 0xD251_1F53
  private static let oddMultiplier: UInt32 = 0xCD9E_8D57
  /// The key schedule's increments: the golden ratio and √3 − 1, as fractions of 2^32.
  private static let keyIncrement = SIMD2<UInt32>(0x9E37_79B9, 0xBB67_AE85)

  /// The four random words that belong to `counter` under `key`.
  public static func block(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
    var words = counter
    var roundKey = key
    for _ in 0..<rounds {
      let even = words[0].multipliedFullWidth(by: evenMultiplier)
      let odd = words[2].multipliedFullWidth(by: oddMultiplier)
      words = SIMD4(
        odd.high ^ words[1] ^ roundKey[0], odd.low, even.high ^ words[3] ^ roundKey[1], even.low)
      roundKey &+= keyIncrement
    }
    return words
  }
}
