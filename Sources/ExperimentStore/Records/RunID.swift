/// The identity of a run: the first 16 bytes of the SHA-256 hash of its canonical specification.
///
/// Whoever asks for the same run gets the same identity, on every machine and in every year; nothing else about a run
/// is needed to find out whether it is done.
public struct RunID: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The first eight bytes, big-endian.
  public let high: UInt64
  /// The other eight bytes, big-endian.
  public let low: UInt64

  init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Takes the first 16 of at least as many bytes.
  public init(_ hash: some Collection<UInt8>) {
    precondition(hash.count >= 16, "an identity has 16 bytes")
    high = hash.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    low = hash.dropFirst(8).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// Reads 32 hexadecimal digits; nil where the text is something else.
  public init?(_ text: some StringProtocol) {
    guard text.utf8.count == 32, text.utf8.allSatisfy({ Self.isDigit($0) }),
      let high = UInt64(text.prefix(16), radix: 16), let low = UInt64(text.dropFirst(16), radix: 16)
    else { return nil }
    self.high = high
    self.low = low
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
  }

  /// 32 hexadecimal digits, small letters.
  public var description: String {
    [high, low].map { half in
      let digits = String(half, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }

  /// By the order of the digits.
  public static func < (left: Self, right: Self) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }
}
