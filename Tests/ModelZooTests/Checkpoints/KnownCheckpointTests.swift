import Foundation
import ModelZoo
import TestSupport
import Testing

/// A published checkpoint: what scripts/golden/checkpoints.py's own reader found in it.
///
/// The files are too large for the repository: they are looked for in the folder `SUGGEST_WEIGHTS`, else in
/// `.build-weights`, where `scripts/weights.sh` puts EfficientNet-Lite0, and in `../shared/weights`.
struct KnownCheckpoint: Sendable, CustomTestStringConvertible {
  struct Tensor: Decodable {
    let name: String
    let shape: [Int]
    let checksum: UInt64
  }

  let description: URL
  var name: String { description.deletingPathExtension().lastPathComponent }
  var testDescription: String { name }

  /// The file itself, where there is one.
  var file: URL? { Self.file(named: name) }

  /// Where weights are looked for, in words.
  static let places = "SUGGEST_WEIGHTS, .build-weights (scripts/weights.sh) or ../shared/weights"

  /// The file of this name in the folders of weights, where there is one.
  static func file(named name: String) -> URL? {
    let folders =
      ProcessInfo.processInfo.environment["SUGGEST_WEIGHTS"].map { [URL(fileURLWithPath: $0)] }
      ?? [".build-weights", "../shared/weights"].map(GoldenFolders.repositoryRoot.appendingPathComponent)
    return folders.map { $0.appendingPathComponent(name) }.first {
      FileManager.default.fileExists(atPath: $0.path)
    }
  }

  static let all = CheckpointFixtures.files(in: "known").map(KnownCheckpoint.init)
}

@Suite("Published checkpoints")
struct KnownCheckpointTests {
  @Test("are described", arguments: KnownCheckpoint.all)
  func described(_ known: KnownCheckpoint) throws {
    let tensors = try JSONDecoder().decode(
      [KnownCheckpoint.Tensor].self, from: Data(contentsOf: known.description))
    #expect(tensors.count > 90)
  }

  @Test(
    "hold what Python reads from them",
    .enabled(
      if: KnownCheckpoint.all.contains { $0.file != nil }, "no file in \(KnownCheckpoint.places)"),
    arguments: KnownCheckpoint.all.filter { $0.file != nil })
  func reads(_ known: KnownCheckpoint) throws {
    let expected = try JSONDecoder().decode(
      [KnownCheckpoint.Tensor].self, from: Data(contentsOf: known.description))
    let checkpoint = try Checkpoint.read(from: try #require(known.file).path)
    #expect(checkpoint.names == expected.map(\.name))
    for tensor in expected {
      let floats = try checkpoint.tensor(tensor.name, shape: tensor.shape).floats()
      // The same sum as in the script: a value's place counts as well as its bits.
      var weight: UInt64 = 1
      var checksum: UInt64 = 0
      for value in floats {
        checksum &+= UInt64(value.bitPattern) &* weight
        weight &+= 2
      }
      #expect(checksum == tensor.checksum, "\(tensor.name)")
    }
  }

  private static let pairs = goldenFiles(in: "tensors") { $0.hasSuffix(".pth") }

  @Test(
    "PyTorch's own file equals its safetensors twin, tensor by tensor",
    .enabled(if: !pairs.isEmpty, "no .pth in SUGGEST_REFERENCE or ../shared/reference"), arguments: pairs)
  func pairEquals(_ url: URL) throws {
    let twin = url.deletingPathExtension().appendingPathExtension("safetensors")
    expectEqual(try Checkpoint.read(from: url.path), try SafetensorsFile(twin))
  }
}
