/// A hash of bytes that come in pieces; a copy goes on with the same beginning.
public protocol MessageHash: Sendable {
  /// Starts without bytes.
  init()
  /// Adds bytes.
  mutating func add(_ bytes: some Sequence<UInt8>)
  /// The hash of all bytes so far.
  var bytes: [UInt8] { get }
}

extension MessageHash {
  /// The hash in hexadecimal digits, two a byte.
  public var hexadecimal: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// The hash of `bytes` in hexadecimal digits.
  public static func hexadecimal(of bytes: some Sequence<UInt8>) -> String {
    var hash = Self()
    hash.add(bytes)
    return hash.hexadecimal
  }

  /// The hash of a file in hexadecimal digits; a mebibyte of it is in memory at a time.
  ///
  /// - Throws: ``ArchiveError/cannotRead(path:reason:)``
  public static func hexadecimal(ofFile path: String) throws(ArchiveError) -> String {
    let file = try InputFileReader(path)
    var hash = Self()
    while let piece = try file.next() { hash.add(piece) }
    return hash.hexadecimal
  }
}

/// Hands the bytes of any sequence to a C function in one piece.
func withContiguousBytes(of bytes: some Sequence<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
  if bytes.withContiguousStorageIfAvailable(body) == nil { Array(bytes).withUnsafeBufferPointer(body) }
}
