internal import CMessageDigests

/// The MD5 hash of bytes that come in pieces (RFC 1321), by libmd: good against accidents, not against forgery.
public struct MD5Hash: MessageHash {
  private var state = MD5_CTX()

  /// Starts without bytes.
  public init() { MD5Init(&state) }

  /// Adds bytes.
  public mutating func add(_ bytes: some Sequence<UInt8>) {
    withContiguousBytes(of: bytes) { MD5Update(&state, $0.baseAddress, $0.count) }
  }

  /// The hash of all bytes so far: 16 bytes.
  public var bytes: [UInt8] {
    var copy = state
    var digest = [UInt8](repeating: 0, count: Int(MD5_DIGEST_LENGTH))
    MD5Final(&digest, &copy)
    return digest
  }
}
