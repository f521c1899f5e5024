import Archives
import Foundation
import Testing

struct MD5HashTests {
  /// The test suite of RFC 1321.
  @Test(arguments: [
    ("", "d41d8cd98f00b204e9800998ecf8427e"), ("abc", "900150983cd24fb0d6963f7d28e17f72"),
    ("message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
  ])
  func `Known texts have the published hashes`(text: String, hash: String) {
    #expect(MD5Hash.hexadecimal(of: text.utf8) == hash)
  }

  @Test func `A file's hash is that of its bytes, whatever its size`() throws {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("suggest-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    for count in [0, 1, 1 << 20, 3 << 20 | 5] {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 8) }
      try Data(bytes).write(to: file)
      #expect(try MD5Hash.hexadecimal(ofFile: file.path) == MD5Hash.hexadecimal(of: bytes))
      #expect(try SHA256Hash.hexadecimal(ofFile: file.path) == SHA256Hash.hexadecimal(of: bytes))
    }
    for path in ["/nowhere/at-all", "/tmp", "/dev/zero"] {
      #expect {
        try MD5Hash.hexadecimal(ofFile: path)
      } throws: { error in
        guard case ArchiveError.cannotRead(path, _) = error else { return false }
        return true
      }
    }
  }
}
