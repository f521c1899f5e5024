import Foundation
import ModelZoo
import TestSupport
import Testing

/// The files that scripts/golden/checkpoints.py writes.
enum CheckpointFixtures {
  static let root = GoldenFolders.fixturesFolder().map { $0.appendingPathComponent("checkpoints") }

  /// The files of a subfolder except the twins' safetensors, sorted by name.
  static func files(in folder: String) -> [URL] {
    guard let folder = root?.appendingPathComponent(folder) else { return [] }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().map(folder.appendingPathComponent).filter { $0.pathExtension != "safetensors" }
  }

  /// The safetensors files that lie beside the PyTorch files in `read`.
  static let twins = files(in: "read").map {
    $0.deletingPathExtension().appendingPathExtension("safetensors")
  }

  static func bytes(_ url: URL) throws -> [UInt8] { [UInt8](try Data(contentsOf: url)) }
}

/// A folder that goes when the test ends.
final class TemporaryFolder {
  let url = FileManager.default.temporaryDirectory.appendingPathComponent("checkpoints-\(UUID().uuidString)")

  init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appendingPathComponent(name).path }
}

/// Expects exactly the oracle's tensors, bit for bit as floats.
func expectEqual(
  _ checkpoint: Checkpoint, _ oracle: SafetensorsFile, sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(checkpoint.names.sorted() == oracle.tensors.keys.sorted(), sourceLocation: sourceLocation)
  for (name, expected) in oracle.tensors.sorted(by: { $0.key < $1.key }) {
    let found = checkpoint[name]
    #expect(found?.shape == expected.shape, "\(name)", sourceLocation: sourceLocation)
    #expect(
      found?.floats().map(\.bitPattern) == expected.floats.map(\.bitPattern), "\(name)",
      sourceLocation: sourceLocation)
  }
}

/// The error that reading bytes gives, or nil where they are read.
func readError(_ bytes: [UInt8]) -> CheckpointError? {
  do {
    _ = try Checkpoint(bytes: bytes)
    return nil
  } catch {
    return error
  }
}
