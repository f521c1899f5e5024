import Archives
import Foundation
import TestSupport
import Testing
import TrainingEngine

@testable import DatasetKit

@Suite("Fetching photographs", .enabled(if: TestServer.isPossible, "\(TestServer.lack)"))
struct PhotographFetchTests {
  /// What is fetched: two photographs, and what is left out.
  private static let archive: [UInt8] = {
    var tar = TestTar()
    tar.file("images/Cat_1.jpg", "cat")
    tar.file("images/dog_1.JPG", String(repeating: "dog", count: 2000))
    tar.file("images/dog_1.mat", "no photograph")
    tar.file("images/._dog_1.jpg", "hidden")
    tar.file("annotations/dog_1.jpg", "elsewhere")
    tar.other("images/link.jpg", type: "2", target: "/etc/passwd")
    return (try? tar.packed) ?? []
  }()

  /// A data set whose archives are at these addresses.
  private func entry(_ addresses: String..., bytes: [UInt8] = archive, isMD5: Bool = false) -> DatasetEntry {
    DatasetEntry(
      "test", "made by a test", family: "test", .photographs(labels: .capitalInitial, strata: .breed),
      shape: [224, 224, 3], outputs: 2, train: 2, validation: 0, origin: "a test", licence: "none",
      source: .archives(
        addresses.map {
          DatasetArchive(
            address: $0, size: bytes.count,
            checksum: isMD5
              ? .md5(MD5Hash.hexadecimal(of: bytes)) : .sha256(SHA256Hash.hexadecimal(of: bytes)),
            photographFolder: "images")
        }), folderName: "photographs")
  }

  /// A stand with a server of the folder `web`, where the archive lies in each of these folders.
  private func serving(_ folders: String...) throws -> (stand: FetchStand, server: TestServer) {
    let stand = try FetchStand()
    for folder in folders { try stand.write(Self.archive, to: "web/\(folder)/images.tar.gz") }
    return (stand, try TestServer(serving: stand.data.url.appendingPathComponent("web")))
  }

  private func expectWhole(_ stand: FetchStand) {
    #expect(stand.content == ["photographs"])
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: "\(stand.cache)/photographs")) ?? []
    #expect(names.sorted() == ["Cat_1.jpg", "dog_1.JPG"])
    #expect(stand.text("photographs/Cat_1.jpg") == "cat")
  }

  @Test(arguments: [false, true])
  func `The photographs of an archive come into place, and nothing else`(_ isMD5: Bool) async throws {
    let (stand, server) = try serving("good")
    let place = try await stand.fetcher.fetch(
      entry("\(server.address)/good/images.tar.gz", isMD5: isMD5))
    #expect(place == "\(stand.cache)/photographs" && server.requests == ["/good/images.tar.gz whole"])
    expectWhole(stand)
    // Once more replaces what is there.
    try await stand.fetcher.fetch(entry("\(server.address)/good/images.tar.gz"))
    expectWhole(stand)
  }

  @Test func `A download that was cut off goes on where it ended`() async throws {
    let (stand, server) = try serving("cut", "good")
    let failed = await stand.failure(entry("\(server.address)/cut/images.tar.gz"))
    guard case .unreachable("test", let complaints, _) = failed else {
      Issue.record("\(String(describing: failed))")
      return
    }
    #expect(complaints.count == 1 && complaints[0].contains("curl"))
    #expect(stand.content == [".partial"])
    try await stand.fetcher.fetch(entry("\(server.address)/good/images.tar.gz"))
    expectWhole(stand)
    #expect(server.requests.last == "/good/images.tar.gz bytes=\(Self.archive.count / 2)-")
  }

  @Test func `A server without ranges sends all of it again`() async throws {
    let (stand, server) = try serving("norange")
    let half = Self.archive.count / 2
    try stand.write(Self.archive.prefix(half), to: "cache/.partial/photographs/images.tar.gz")
    try await stand.fetcher.fetch(entry("\(server.address)/norange/images.tar.gz"))
    expectWhole(stand)
    #expect(server.requests == ["/norange/images.tar.gz bytes=\(half)-", "/norange/images.tar.gz whole"])
  }

  @Test func `What an earlier download left whole is used, and replaced where it is spoilt`() async throws {
    let (stand, server) = try serving("good")
    let (entry, partial) = (
      entry("\(server.address)/good/images.tar.gz"), "cache/.partial/photographs/images.tar.gz"
    )
    try stand.write(Self.archive, to: partial)
    try await stand.fetcher.fetch(entry)
    #expect(server.requests == [])
    for count in [0, 1, 5] {
      try stand.write([UInt8](repeating: 7, count: Self.archive.count + count), to: partial)
      try await stand.fetcher.fetch(entry)
      expectWhole(stand)
    }
    #expect(server.requests == [String](repeating: "/good/images.tar.gz whole", count: 3))
  }

  @Test func `The mirror is asked where the official address fails or has something else`() async throws {
    let (stand, server) = try serving("mirror")
    try stand.write([UInt8](repeating: 7, count: Self.archive.count), to: "web/wrong/images.tar.gz")
    try stand.write(Self.archive + [0], to: "web/long/images.tar.gz")
    let mirror = "\(server.address)/mirror/images.tar.gz"
    for folder in ["wrong", "long", "absent"] {
      try await stand.fetcher.fetch(entry("\(server.address)/\(folder)/images.tar.gz", mirror))
      expectWhole(stand)
    }
    try await stand.fetcher.fetch(entry("http://127.0.0.1:1/images.tar.gz", mirror))
    expectWhole(stand)
    // With the mirror alone the reason is said, and nothing is kept.
    let failed = await stand.failure(entry("\(server.address)/wrong/images.tar.gz"))
    #expect(failed?.description.contains("its SHA-256 is") == true)
    expectWhole(stand)
  }

  @Test func `Without network the error says what to do`() async throws {
    let stand = try FetchStand()
    let failed = await stand.failure(entry("http://127.0.0.1:1/a.tar.gz", "http://127.0.0.1:1/b.tgz"))
    let text = try #require(failed?.description)
    #expect(text.contains("a.tar.gz") && text.contains("b.tgz") && text.contains("--from FILE"))
    #expect(stand.content == [])
    let fetcher = DatasetFetcher(
      cache: stand.cache, tools: DataFolders(paths: []), searchPath: stand.programs)
    await #expect {
      try await fetcher.fetch(entry("http://127.0.0.1:1/a.tar.gz"))
    } throws: { error in
      guard case DatasetError.programMissing("curl", _) = error else { return false }
      return true
    }
  }

  @Test func `A local archive is taken where it is the known one`() async throws {
    let stand = try FetchStand()
    let entry = entry("http://127.0.0.1:1/a.tar.gz", "http://127.0.0.1:1/b.tgz")
    let good = try stand.write(Self.archive, to: "mine/download.tgz")
    try await stand.fetcher.fetch(entry, from: good)
    expectWhole(stand)
    #expect(FileManager.default.contents(atPath: good).map { [UInt8]($0) } == Self.archive)
    for (bytes, words) in [
      (Self.archive + [1], "bytes, not"), ([UInt8](repeating: 1, count: Self.archive.count), "SHA-256"),
    ] {
      let wrong = try stand.write(bytes, to: "mine/wrong.tgz")
      let failed = await stand.failure(entry, from: wrong)
      guard case .unknownArchive(wrong, let reason, let known) = failed else {
        Issue.record("\(String(describing: failed))")
        return
      }
      #expect(reason.contains(words) && known.count == 2)
      #expect(failed?.description.contains("name its folder") == true)
    }
    expectWhole(stand)
    guard case .unreadable = await stand.failure(entry, from: "\(stand.cache)/nowhere.tgz") else {
      Issue.record("a missing file was taken")
      return
    }
  }

  @Test func `A known archive that must not be unpacked leaves nothing`() async throws {
    let stand = try FetchStand()
    var tar = TestTar()
    tar.file("images/a.jpg")
    tar.file("images/../../escape.jpg")
    let packed = try tar.packed
    let path = try stand.write(packed, to: "mine/hostile.tgz")
    guard case .damaged = await stand.failure(entry("http://127.0.0.1:1/a.tgz", bytes: packed), from: path)
    else {
      Issue.record("a hostile archive was unpacked")
      return
    }
    #expect(stand.content == [])
  }

  @Test func `The photographs of a folder are copied, with a word where their number is another`()
    async throws
  {
    let stand = try FetchStand()
    for (seed, name) in ["a/Cat_1.jpg", "dog_1.jpeg"].enumerated() {
      try stand.write(DrawnPhotographs.picture(seed), to: "mine/\(name)")
    }
    for name in ["notes.txt", ".h.jpg"] { try stand.write("no".utf8, to: "mine/\(name)") }
    let entry = entry("http://127.0.0.1:1/a.tar.gz")
    try await stand.fetcher.fetch(entry, from: stand.data.url.path + "/mine")
    let names = try FileManager.default.subpathsOfDirectory(atPath: "\(stand.cache)/photographs").sorted()
    #expect(names == ["a", "a/Cat_1.jpg", "dog_1.jpeg"] && stand.content == ["photographs"])
    #expect(!stand.reports.contains { $0.contains("cannot be compared") || $0.contains("left out") })
    try stand.write("third".utf8, to: "mine/third.jpg")
    try await stand.fetcher.fetch(entry, from: stand.data.url.path + "/mine")
    #expect(stand.reports.contains { $0.contains("of these 3 cannot be compared") })
    #expect(
      stand.reports.contains { $0.hasPrefix("1 of them cannot be decoded") && $0.contains("third.jpg") })
    try stand.write("none".utf8, to: "empty/notes.txt")
    try stand.write("text".utf8, to: "texts/a.jpg")
    // What was there stays.
    for folder in ["/empty", "/texts"] {
      guard case .unsuitableFolder = await stand.failure(entry, from: stand.data.url.path + folder) else {
        Issue.record("a folder without photographs was taken")
        return
      }
    }
    #expect(stand.text("photographs/third.jpg") == "third")
  }
}
