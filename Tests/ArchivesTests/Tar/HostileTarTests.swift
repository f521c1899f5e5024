import Foundation
import TestSupport
import Testing

@testable import Archives

@Suite("Hostile tar archives")
struct HostileTarTests {
  /// Unpacks what must be refused; nothing may be left, inside or outside.
  private func refusal(
    _ packed: [UInt8], limits: UnpackingLimits = UnpackingLimits(), place: (String) -> String? = { $0 }
  ) throws -> ArchiveError? {
    let folder = try UnpackingFolder()
    var refusal: ArchiveError?
    do {
      _ = try folder.unpack(packed, limits: limits, placing: place)
    } catch let error as ArchiveError { refusal = error }
    #expect(folder.content == [], "\(String(describing: refusal))")
    return refusal
  }

  @Test(arguments: [
    ("/tmp/suggest-escape", "absolute"), ("../escape", "leads out"), ("a/../../escape", "leads out"),
    ("a/..", "leads out"), ("line\nbreak", "control"), ("a/b/c/d", "deep"), ("twenty-characters-aa", "long"),
    ("", "is a file"),
  ])
  func `Paths that lead elsewhere refuse the archive, nothing is left of it`(
    _ name: String, _ words: String
  ) throws {
    var tar = TestTar()
    tar.file("good")
    tar.file(name)
    let error = try refusal(tar.packed, limits: UnpackingLimits(nameBytes: 19, levels: 2))
    #expect(error?.description.contains(words) == true, "\(String(describing: error))")
    // The same path in an extended header.
    var pax = TestTar()
    pax.description("x", TestTar.record("path", name))
    pax.file("good")
    #expect(try refusal(pax.packed, limits: UnpackingLimits(nameBytes: 19, levels: 2)) != nil)
  }

  @Test func `Where files are put is held to the same rules`() throws {
    var tar = TestTar()
    tar.file("good")
    for target in ["../good", "/good"] { #expect(try refusal(tar.packed) { _ in target } != nil) }
  }

  @Test func `Links, devices and pipes are left out with a reason, and nothing is written through them`()
    throws
  {
    let folder = try UnpackingFolder()
    let outside = folder.url.path + "/outside"
    try FileManager.default.createDirectory(atPath: outside, withIntermediateDirectories: true)
    var tar = TestTar()
    tar.other("link", type: "2", target: outside)
    tar.file("link/file", "inside")
    tar.other("hard", type: "1", target: "/etc/passwd")
    tar.file("hard", "inside")
    for type in ["3", "4", "6", "S", "Z"] as [Character] { tar.other("special\(type)", type: type) }
    // A link that claims to have content, where the next header is.
    tar.add(TestTar.header("liar", type: "2", size: TestTar.octal(512), target: outside))
    tar.file("last")
    let unpacked = try folder.unpack(tar.packed)
    #expect(unpacked.files == ["link/file", "hard", "last"])
    #expect(
      unpacked.skipped.map(\.name)
        == ["link", "hard", "special3", "special4", "special6", "specialS", "specialZ", "liar"])
    #expect(unpacked.skipped.first?.reason == "it is a symbolic link")
    #expect(try FileManager.default.contentsOfDirectory(atPath: outside) == [])
    #expect(folder.text("link/file") == "inside" && folder.text("hard") == "inside")
    for name in ["link", "link/file", "hard"] {
      let type = try FileManager.default.attributesOfItem(atPath: "\(folder.place)/\(name)")[.type]
      #expect(type as? FileAttributeType != .typeSymbolicLink)
    }
  }

  @Test func `A path that comes twice is refused, also as file and folder`() throws {
    for names in [["a", "a"], ["a", "./a"], ["a", "a/b"], ["a/b", "a"]] {
      var tar = TestTar()
      for name in names { tar.file(name) }
      guard case .refused = try refusal(tar.packed) else {
        Issue.record("\(names) were unpacked")
        continue
      }
    }
  }

  @Test func `Limits hold for what is claimed and for what comes`() throws {
    var tar = TestTar()
    for index in 0..<5 { tar.file("\(index)", String(repeating: "x", count: 1000)) }
    let packed = try tar.packed
    #expect(try refusal(packed, limits: UnpackingLimits(totalBytes: 4000)) == .tooLarge(limit: 4000))
    #expect(try refusal(packed, limits: UnpackingLimits(entries: 4)) == .tooManyEntries(count: 5, limit: 4))
    guard case .refused("0", _) = try refusal(packed, limits: UnpackingLimits(fileBytes: 999)) else {
      Issue.record("a file beyond the limit was unpacked")
      return
    }
    // What is left out counts, too: a bomb is no bomb.
    #expect(
      try refusal(packed, limits: UnpackingLimits(totalBytes: 4000)) { _ in nil } == .tooLarge(limit: 4000))
    #expect(try refusal(packed, limits: UnpackingLimits(entries: 4)) { _ in nil } != nil)
  }

  @Test(arguments: [
    [0x80, 0, 0, 0, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
    [0x80, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
    [0x80, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], [UInt8](repeating: 0xff, count: 12),
    Array("77777777777 ".utf8), Array("hello world ".utf8), Array("0000000001- ".utf8),
  ])
  func `Impossible sizes are refused before anything is read`(_ size: [UInt8]) throws {
    var tar = TestTar()
    tar.add(TestTar.header("huge", size: "") { $0.replaceSubrange(124..<136, with: size) }, Array("x".utf8))
    #expect(try refusal(tar.packed) != nil)
    var first = TestTar()
    first.file("good")
    first.bytes += tar.bytes
    #expect(try refusal(first.packed) != nil)
  }

  @Test(arguments: [
    "9999999999999999999999 path=a\n", "13 path=abc\n", "0 path=a\n", "-5 path=a\n", "no length\n",
    "11 path=abc",
    " path=a\n", "9 pathab\n", "22 size=9223372036854775807\n", "11 size=-1\n",
    TestTar.record("GNU.sparse.major", "1"),
  ])
  func `Damaged extended headers are refused`(_ text: String) throws {
    var tar = TestTar()
    tar.description("x", text)
    tar.file("good")
    #expect(try refusal(tar.packed) != nil)
  }

  @Test func `A description of another entry cannot claim much memory`() throws {
    for type in ["x", "g", "L", "K"] as [Character] {
      var tar = TestTar()
      tar.add(TestTar.header("huge", type: type, size: TestTar.octal(1 << 30)))
      guard case .damagedTar = try refusal(tar.packed) else {
        Issue.record("\(type) was read")
        continue
      }
    }
  }

  @Test func `A wrong checksum, other content and every truncation are found`() throws {
    var tar = TestTar()
    tar.file("first", String(repeating: "x", count: 600))
    tar.file("second")
    #expect(try refusal(Gzip.pack(Array("no tar".utf8))) == .notTar)
    #expect(try refusal(Gzip.pack([UInt8](repeating: 7, count: 2000))) == .notTar)
    #expect(try refusal(Gzip.pack([])) == .notTar)
    #expect(try refusal(Array("plain".utf8)) == .notGzip)
    #expect(try refusal([]) == .notGzip)
    #expect(try refusal(tar.bytes) == .notGzip)
    var damaged = tar
    damaged.bytes[512 + 1024 + 3] ^= 1
    #expect(try refusal(damaged.packed) == .damagedTar(detail: "a header's checksum is wrong"))
    let packed = try tar.packed
    for length in 1..<packed.count { #expect(try refusal(Array(packed.prefix(length))) != nil, "\(length)") }
    // Behind the archive's end damage counts, too: zlib's checksum is of everything.
    var wrong = packed
    wrong[packed.count - 6] ^= 1
    #expect(try refusal(wrong) != nil)
    // Cut within an entry before it was packed, and so with a sound gzip checksum.
    for length in [100, 600, 1200, 1600, 1900] {
      #expect(try refusal(Gzip.pack(Array(tar.bytes.prefix(length)))) != nil, "\(length)")
    }
  }

  @Test func `A cancelled task leaves nothing`() async throws {
    var tar = TestTar()
    tar.file("a")
    let packed = try tar.packed
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      return try refusal(packed)
    }
    task.cancel()
    #expect(try await task.value == .cancelled)
  }
}
