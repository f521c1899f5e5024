import Archives
import Foundation
import Testing

/// Gzip files written by the gzip program, as base64.
private enum Sample {
  /// What `printf 'hello, hello, hello\n' | gzip -n` writes.
  static let hello = bytes("H4sIAAAAAAAAA8tIzcnJ11HIQKK4AOdCblIUAAAA")
  static let helloText = Array("hello, hello, hello\n".utf8)
  /// What `head -c 100000 /dev/zero | gzip -9n` writes.
  static let zeros = bytes(
    "H4sIAAAAAAACA+3BMQEAAADCoPVPbQ0PoAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
      + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAIBXA32VEdSghgEA")

  private static func bytes(_ text: String) -> [UInt8] {
    [UInt8](Data(base64Encoded: text) ?? Data())
  }
}

@Suite("Gzip")
struct GzipTests {
  @Test("unpacks what the gzip program packed")
  func unpacks() throws {
    #expect(try Gzip.unpack(Sample.hello, limit: 1000) == Sample.helloText)
    #expect(try Gzip.unpack(Sample.zeros, limit: 100_000) == [UInt8](repeating: 0, count: 100_000))
  }

  @Test("unpacks several members one after the other and ignores padding")
  func members() throws {
    let joined = Sample.hello + Sample.hello + [0, 0, 0]
    #expect(try Gzip.unpack(joined, limit: 1000) == Sample.helloText + Sample.helloText)
  }

  @Test("accepts exactly the bound and not a byte more")
  func bound() throws {
    #expect(try Gzip.unpack(Sample.hello, limit: Sample.helloText.count) == Sample.helloText)
    #expect(throws: ArchiveError.tooLarge(limit: Sample.helloText.count - 1)) {
      try Gzip.unpack(Sample.hello, limit: Sample.helloText.count - 1)
    }
    #expect(throws: ArchiveError.tooLarge(limit: 99_999)) { try Gzip.unpack(Sample.zeros, limit: 99_999) }
  }

  @Test("recognises what is not gzip")
  func notGzip() {
    for bytes in [[], Array("plain text".utf8), [0x1f, 0x8c, 8, 0]] {
      #expect(throws: ArchiveError.notGzip) { try Gzip.unpack(bytes, limit: 1000) }
    }
  }

  @Test("reports a truncation at every length")
  func truncated() {
    for length in 1..<Sample.hello.count {
      #expect(throws: ArchiveError.truncated) {
        try Gzip.unpack(Array(Sample.hello.prefix(length)), limit: 1000)
      }
    }
  }

  @Test("finds a wrong checksum, a wrong length and damaged data", arguments: [1, 8, 12])
  func damaged(_ distanceFromEnd: Int) {
    var bytes = Sample.hello
    bytes[bytes.count - distanceFromEnd] ^= 0x55
    #expect {
      try Gzip.unpack(bytes, limit: 1000)
    } throws: { error in
      guard case ArchiveError.damaged = error else { return error as? ArchiveError == .truncated }
      return true
    }
  }
}
