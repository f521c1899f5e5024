import Foundation
import ModelZoo
import TestSupport
import Testing

@Suite("PyTorch checkpoints")
struct TorchFileTests {
  @Test("hold what NumPy makes of them", arguments: CheckpointFixtures.files(in: "read"))
  func reads(_ url: URL) throws {
    let twin = url.deletingPathExtension().appendingPathExtension("safetensors")
    expectEqual(try Checkpoint.read(from: url.path), try SafetensorsFile(twin))
  }

  @Test("keep the order of the pickle")
  func order() throws {
    let files = CheckpointFixtures.files(in: "read").filter { $0.lastPathComponent == "legacy.th" }
    for file in files {
      let names = try Checkpoint.read(from: file.path).names
      #expect(Array(names.prefix(3)) == ["conv.weight", "stem.weight", "fc.weight"])
      #expect(names.last == "parameter")
    }
    #expect(files.count == 1)
  }

  @Test("are refused in clear words where hostile or unsuitable", arguments: try refusedFiles())
  func refuses(_ file: RefusedFile) throws {
    let error = readError(try CheckpointFixtures.bytes(file.url))
    let description = try #require(error).description
    #expect(description.contains(file.words), "\(description)")
    // One sentence: one colon before what to do, no line break, no dump of the file.
    #expect(description.contains(": ") && !description.contains("\n") && description.count < 400)
  }

  @Test("every hostile file has its expectation and the other way round")
  func expectationsAreComplete() throws {
    let files = CheckpointFixtures.files(in: "refused").map(\.lastPathComponent)
    #expect(files == (try refusedFiles()).map(\.url.lastPathComponent))
    #expect(files.count > 60)
  }

  @Test("a million levels of nesting neither crash nor hang")
  func deep() {
    let pickle: [UInt8] = [0x80, 2, 0x4e] + [UInt8](repeating: 0x85, count: 1_000_000) + [0x2e]
    #expect(
      readError(Self.legacyFile(object: pickle)) == .tooLarge(quantity: "levels of containers", limit: 16))
  }

  @Test("a pickle of more values than any network has is refused before they fill the memory")
  func manyValues() {
    let pickle: [UInt8] = [0x80, 2] + [UInt8](repeating: 0x4e, count: 5_000_000) + [0x2e]
    #expect(readError(Self.legacyFile(object: pickle)) == .tooLarge(quantity: "values", limit: 1 << 22))
  }

  @Test("a pickle longer than any network's is refused")
  func longPickle() {
    let limit = 1 << 26
    let textHead: [UInt8] = [0x80, 2, 0x58, 0, 0, 0, 4]
    let pickle = textHead + [UInt8](repeating: 0x61, count: limit) + [0x30, 0x4e, 0x2e]
    #expect(
      readError(Self.legacyFile(object: pickle)) == .tooLarge(quantity: "bytes of pickle", limit: limit))
  }

  /// A legacy file without storages.
  static func legacyFile(object: [UInt8]) -> [UInt8] {
    let magic: [UInt8] = [
      0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e,
    ]
    let version: [UInt8] = [0x80, 2, 0x4d, 0xe9, 0x03, 0x2e]
    let system = [0x80, 2, 0x7d, 0x58, 13, 0, 0, 0] + Array("little_endian".utf8) + [0x88, 0x73, 0x2e]
    return magic + version + system + object + [0x80, 2, 0x5d, 0x2e]
  }
}

/// A file that has to be refused, and what the error has to say.
struct RefusedFile: Sendable, CustomTestStringConvertible {
  let url: URL
  let words: String
  var testDescription: String { url.lastPathComponent }
}

private func refusedFiles() throws -> [RefusedFile] {
  guard let root = CheckpointFixtures.root else { return [] }
  let words = try JSONDecoder().decode(
    [String: String].self, from: Data(contentsOf: root.appendingPathComponent("refused.json")))
  return words.sorted { $0.key < $1.key }.map {
    RefusedFile(url: root.appendingPathComponent("refused").appendingPathComponent($0.key), words: $0.value)
  }
}
