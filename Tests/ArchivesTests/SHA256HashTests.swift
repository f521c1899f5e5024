import Archives
import Testing

struct SHA256HashTests {
  /// The examples of FIPS 180-4's own test vectors.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func `Known texts have the published hashes`(text: String, hash: String) {
    #expect(SHA256Hash.hexadecimal(of: text.utf8) == hash)
  }

  @Test func `A copy goes on from its beginning and leaves the original alone`() {
    var beginning = SHA256Hash()
    beginning.add("ab".utf8)
    var whole = beginning
    whole.add("c".utf8)
    #expect(whole.hexadecimal == SHA256Hash.hexadecimal(of: "abc".utf8))
    #expect(beginning.hexadecimal == SHA256Hash.hexadecimal(of: "ab".utf8))
  }
}
