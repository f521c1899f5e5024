import Foundation
import ModelZoo
import TestSupport
import Testing

/// `SUGGEST_MUTATIONS=N` tries N damaged files per sound one instead of 200.
private let mutationCount = ProcessInfo.processInfo.environment["SUGGEST_MUTATIONS"].flatMap(Int.init) ?? 200

@Suite("Damaged checkpoints")
struct MutatedCheckpointTests {
  private static let files =
    CheckpointFixtures.files(in: "read")
    + CheckpointFixtures.twins.filter { $0.lastPathComponent.hasPrefix("state") }

  @Test("are read or refused but never crash, hang or claim memory beyond their size", arguments: files)
  func mutations(_ url: URL) throws {
    let sound = try CheckpointFixtures.bytes(url)
    try #require(readError(sound) == nil)
    var numbers = SeededNumbers(seed: 20_261_123)
    var refused = 0
    for _ in 0..<mutationCount {
      let bytes = Self.mutated(sound, &numbers)
      do {
        let checkpoint = try Checkpoint(bytes: bytes)
        // What is read stays within the file: a tensor has at most one element a byte.
        let sizes = checkpoint.names.compactMap { checkpoint[$0]?.floats().count }
        if let largest = sizes.max(), largest > bytes.count { Issue.record("\(largest) elements") }
      } catch {
        refused += error.description.isEmpty ? 0 : 1
      }
    }
    // Damage in the numbers themselves cannot be seen everywhere, but much of it lies elsewhere.
    #expect(refused > mutationCount / 10)
  }

  @Test("are refused at every truncation", arguments: files)
  func truncations(_ url: URL) throws {
    let sound = try CheckpointFixtures.bytes(url)
    var numbers = SeededNumbers(seed: 7)
    for _ in 0..<mutationCount {
      let length = Int.random(in: 0..<sound.count, using: &numbers)
      if readError(Array(sound.prefix(length))) == nil { Issue.record("read after a cut at \(length)") }
    }
  }

  /// Changes, inserts, removes, copies or zeroes some bytes in a few places, half of them near the start or end where
  /// the formats keep their structure.
  static func mutated(_ sound: [UInt8], _ numbers: inout SeededNumbers) -> [UInt8] {
    var bytes = sound
    for _ in 0..<Int.random(in: 1...4, using: &numbers) where bytes.count > 64 {
      let span = Bool.random(using: &numbers) ? bytes.count : min(bytes.count, 2048)
      let distance = Int.random(in: 0..<span - 9, using: &numbers)
      let position = Bool.random(using: &numbers) ? distance : bytes.count - 9 - distance
      switch Int.random(in: 0..<6, using: &numbers) {
      case 0: bytes[position] ^= 1 << UInt8.random(in: 0..<8, using: &numbers)
      case 1: bytes[position] = UInt8.random(in: 0...255, using: &numbers)
      case 2: bytes.insert(UInt8.random(in: 0...255, using: &numbers), at: position)
      case 3: bytes.remove(at: position)
      case 4:
        for index in position..<position + 8 { bytes[index] = Bool.random(using: &numbers) ? 0xff : 0x7f }
      default:
        let source = Int.random(in: 0..<bytes.count - 8, using: &numbers)
        for index in 0..<8 { bytes[position + index] = bytes[source + index] }
      }
    }
    return bytes
  }
}
