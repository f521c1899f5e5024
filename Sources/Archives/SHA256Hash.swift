internal import CMessageDigests

/// The SHA-256 hash of bytes that come in pieces (FIPS 180-4), by libmd.
///
/// A value: a copy goes on with the same beginning, so that many texts with one beginning hash it once.
public struct SHA256Hash: Sendable {
  private var state = SHA2_CTX()

  /// Starts without bytes.
  public init() { SHA256Init(&state) }

  /// Adds bytes.
  public mutating func add(_ bytes: some Sequence<UInt8>) {
    let added: Void? = bytes.withContiguousStorageIfAvailable {
      SHA256Update(&state, $0.baseAddress, $0.count)
    }
    if added == nil {
      let copy = Array(bytes)
      SHA256Update(&state, copy, copy.count)
    }
  }

  /// The hash of all bytes so far: 32 bytes.
  public var bytes: [UInt8] {
    var copy = state
    var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
    SHA256Final(&digest, &copy)
    return digest
  }

  /// The hash as 64 hexadecimal digits.
  public var hexadecimal: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// The hash of `bytes` as 64 hexadecimal digits.
  public static func hexadecimal(of bytes: some Sequence<UInt8>) -> String {
    var hash = SHA256Hash()
    hash.add(bytes)
    return hash.hexadecimal
  }
}
