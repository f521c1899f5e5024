import Foundation
import ModelZoo
import TestSupport
import Testing

@Suite("Checkpoint")
struct CheckpointTests {
  private static let tensor = CheckpointTensor(shape: [2, 3], values: [0, 1, 2, 3, 4, 5])

  @Test("tensors are found by name, and a missing one or another shape is named")
  func lookup() throws {
    let checkpoint = try Checkpoint([("b", Self.tensor), ("a", Self.tensor)], metadata: ["by": "us"])
    #expect(checkpoint.names == ["b", "a"])
    #expect(checkpoint["c"] == nil)
    #expect(try checkpoint.tensor("a", shape: [2, 3]).floats() == [0, 1, 2, 3, 4, 5])
    #expect(throws: CheckpointError.missingTensor(name: "c", examples: ["b", "a"])) {
      try checkpoint.tensor("c", shape: [1])
    }
    #expect(throws: CheckpointError.wrongShape(name: "a", found: [2, 3], expected: [3, 2])) {
      try checkpoint.tensor("a", shape: [3, 2])
    }
    #expect(throws: CheckpointError.duplicateName(name: "a")) {
      try Checkpoint([("a", Self.tensor), ("a", Self.tensor)])
    }
  }

  @Test("a prefix is taken off where it stands, unless two names become one")
  func prefix() throws {
    let checkpoint = try Checkpoint(
      [("module.a", Self.tensor), ("b", Self.tensor), ("module.module.c", Self.tensor)], metadata: ["k": "v"])
    let bare = try checkpoint.removingPrefix("module.")
    #expect(bare.names == ["a", "b", "module.c"])
    #expect(bare.metadata == ["k": "v"])
    #expect(throws: CheckpointError.duplicateName(name: "a")) {
      try Checkpoint([("module.a", Self.tensor), ("a", Self.tensor)]).removingPrefix("module.")
    }
  }

  @Test("dimensions in another order give the same elements in that order")
  func permutation() throws {
    let shape = [2, 3, 4, 5]
    let values = (0..<120).map(Float.init)
    let tensor = CheckpointTensor(shape: shape, values: values)
    for order in [[0, 1, 2, 3], [2, 3, 1, 0], [3, 0, 2, 1], [1, 0, 3, 2]] {
      let permuted = tensor.permuted(order)
      // The naive twin: every index of the result, looked up in the row-major original.
      var expected: [Float] = []
      let extents = order.map { shape[$0] }
      for a in 0..<extents[0] {
        for b in 0..<extents[1] {
          for c in 0..<extents[2] {
            for d in 0..<extents[3] {
              var index = [0, 0, 0, 0]
              for (axis, position) in zip(order, [a, b, c, d]) { index[axis] = position }
              expected.append(values[((index[0] * 3 + index[1]) * 4 + index[2]) * 5 + index[3]])
            }
          }
        }
      }
      #expect(permuted.shape == extents)
      #expect(permuted.floats() == expected)
      #expect(
        try Checkpoint(bytes: Checkpoint([("p", permuted)]).safetensorsBytes())["p"]?.floats() == expected)
    }
    #expect(CheckpointTensor(shape: [], values: [7]).permuted([]).floats() == [7])
  }

  @Test("files that cannot be read say why")
  func unreadable() throws {
    let folder = try TemporaryFolder()
    func reason(_ path: String) -> String? {
      do {
        _ = try Checkpoint.read(from: path)
        return nil
      } catch CheckpointError.unreadable(path, let reason) {
        return reason
      } catch {
        return "\(error)"
      }
    }
    #expect(reason(folder.path("missing")) == "No such file or directory")
    #expect(reason(folder.url.path) == "it is not a regular file")
    #expect(mkfifo(folder.path("pipe"), 0o600) == 0)
    #expect(reason(folder.path("pipe")) == "it is not a regular file")
    #expect(reason("/dev/zero") == "it is not a regular file")
    try Checkpoint([("a", Self.tensor)]).write(to: folder.path("a"))
    #expect(throws: CheckpointError.tooLarge(quantity: "bytes", limit: 10)) {
      try Checkpoint.read(from: folder.path("a"), sizeLimit: 10)
    }
  }

  @Test("writing replaces a file as a whole and leaves nothing else behind")
  func writing() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("net.safetensors")
    try Data("old".utf8).write(to: URL(fileURLWithPath: path))
    let checkpoint = try Checkpoint([("a", Self.tensor)])
    try checkpoint.write(to: path)
    #expect(try [UInt8](Data(contentsOf: URL(fileURLWithPath: path))) == checkpoint.safetensorsBytes())
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["net.safetensors"])
    let lost = folder.path("nowhere/net.safetensors")
    #expect(throws: CheckpointError.unwritable(path: lost, reason: "No such file or directory")) {
      try checkpoint.write(to: lost)
    }
    // A folder cannot be replaced by a file: the temporary file goes again.
    try FileManager.default.createDirectory(
      atPath: folder.path("folder"), withIntermediateDirectories: false)
    #expect(throws: CheckpointError.unwritable(path: folder.path("folder"), reason: "Is a directory")) {
      try checkpoint.write(to: folder.path("folder"))
    }
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
        == ["folder", "net.safetensors"])
  }
}
