import Foundation
import TestSupport
import Testing

@testable import Archives

@Suite("Unpacking tar archives")
struct TarUnpackingTests {
  @Test func `Files come into place with their folders`() throws {
    let folder = try UnpackingFolder()
    var tar = TestTar()
    tar.other("./", type: "5")
    tar.other("images/", type: "5")
    tar.file("images/one.jpg", "first")
    tar.file("./images/deep/two.jpg", String(repeating: "x", count: 1000))
    tar.file("empty.jpg", "")
    let unpacked = try folder.unpack(tar.packed)
    #expect(unpacked.files == ["images/one.jpg", "images/deep/two.jpg", "empty.jpg"])
    #expect(unpacked.bytes == 1005 && unpacked.skipped == [])
    #expect(folder.text("images/one.jpg") == "first" && folder.text("empty.jpg") == "")
    #expect(folder.text("images/deep/two.jpg") == String(repeating: "x", count: 1000))
    #expect(!folder.content.contains { $0.contains("partial") })
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/tar"), "tar is not installed"))
  func `What GNU tar writes in each of its formats is read`() throws {
    let long = String(repeating: "long-", count: 30)
    for format in ["v7", "oldgnu", "gnu", "ustar", "posix"] {
      let folder = try UnpackingFolder()
      let source = folder.url.path + "/source"
      let inner = "\(source)/" + (format == "v7" ? "sub" : String(repeating: "a/", count: 40) + "sub")
      try FileManager.default.createDirectory(atPath: inner, withIntermediateDirectories: true)
      let name = ["v7", "ustar"].contains(format) ? "short" : "\(long)ä"
      for file in ["\(source)/first", "\(inner)/\(name)"] {
        try Data(file.utf8).write(to: URL(fileURLWithPath: file))
      }
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/tar")
      process.arguments = ["--format", format, "-czf", "\(folder.url.path)/made.tgz", "-C", source, "."]
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
      let unpacked = try TarUnpacking(
        "\(folder.url.path)/made.tgz", limits: UnpackingLimits(levels: 50)
      ).unpack(into: folder.place)
      #expect(unpacked.files.count == 2 && unpacked.skipped == [], "\(format)")
      #expect(folder.text("first") == "\(source)/first")
      #expect(folder.text("\(inner.dropFirst(source.count + 1))/\(name)") == "\(inner)/\(name)", "\(format)")
    }
  }

  @Test func `Long names and sizes of extended headers count`() throws {
    let folder = try UnpackingFolder()
    let name = String(repeating: "n", count: 200)
    var tar = TestTar()
    tar.description("L", name + "\u{0}")
    tar.description("K", "a long target of a link\u{0}")
    tar.file("short", "gnu")
    tar.description("g", TestTar.record("comment", "made by a test"))
    tar.description("x", TestTar.record("path", "pax/\(name)") + TestTar.record("size", "3"))
    tar.add(TestTar.header("short", size: TestTar.octal(0)), Array("pax".utf8))
    tar.file("plain")
    // A number in base 256.
    tar.add(
      TestTar.header("binary", size: TestTar.octal(0)) {
        $0.replaceSubrange(124..<136, with: [0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3])
      }, Array("big".utf8))
    tar.add(TestTar.header("tail", size: TestTar.octal(0), prefix: "the/head"))
    let unpacked = try folder.unpack(tar.packed)
    #expect(unpacked.files == [name, "pax/\(name)", "plain", "binary", "the/head/tail"])
    #expect(
      folder.text(name) == "gnu" && folder.text("pax/\(name)") == "pax" && folder.text("binary") == "big")
  }

  @Test func `Files can be left out or put elsewhere`() throws {
    let folder = try UnpackingFolder()
    var tar = TestTar()
    tar.file("images/a.jpg", "a")
    tar.file("images/a.mat", "b")
    let unpacked = try folder.unpack(tar.packed) { name in
      name.hasSuffix(".jpg") ? name.split(separator: "/").last.map(String.init) : nil
    }
    #expect(unpacked.files == ["a.jpg"] && unpacked.bytes == 1)
    #expect(folder.content == ["place", "place/a.jpg"])
  }

  @Test func `An archive without entries gives an empty folder`() throws {
    let folder = try UnpackingFolder()
    #expect(try folder.unpack(TestTar().packed).files == [])
    #expect(folder.content == ["place"])
  }

  @Test func `A folder that is there is not touched`() throws {
    let folder = try UnpackingFolder()
    try FileManager.default.createDirectory(atPath: folder.place, withIntermediateDirectories: true)
    try Data("mine".utf8).write(to: URL(fileURLWithPath: folder.place + "/mine"))
    var tar = TestTar()
    tar.file("mine", "theirs")
    #expect {
      try folder.unpack(tar.packed)
    } throws: { error in
      guard case ArchiveError.cannotWrite = error else { return false }
      return true
    }
    #expect(folder.text("mine") == "mine" && folder.content == ["place", "place/mine"])
  }
}
