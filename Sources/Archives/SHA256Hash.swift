internal import CMessageDigests

/// The SHA-256 hash of bytes that come in pieces (FIPS 180-4), by libmd.
///
/// A value: a copy goes on with the same beginning, so that many texts with one beginning hash it once.
public struct SHA256Hash: MessageHash {
  private var state = SHA2_CTX()

  /// Starts without bytes.
  public init() { SHA256Init(&state) }

  /// Adds bytes.
  public mutating func add(_ bytes: some Sequence<UInt8>) {
    withContiguousBytes(of: bytes) { SHA256Update(&state, $0.baseAddress, $0.count) }
  }

  /// The hash of all bytes so far: 32 bytes.
  public var bytes: [UInt8] {
    var copy = state
    var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
    SHA256Final(&digest, &copy)
    return digest
  }
}
