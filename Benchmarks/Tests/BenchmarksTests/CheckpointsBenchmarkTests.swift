import Measuring
import Testing

@testable import Benchmarks

@Suite("The benchmark of checkpoints")
struct CheckpointsBenchmarkTests {
  @Test("the largest difference is that of the worst sample, relative to its own answer")
  func differences() {
    let expected: [Float] = [3, 4, 300, 400]
    #expect(largestDifference(expected, expected, samples: 2) == 0)
    #expect(abs(largestDifference([3, 4.5, 300, 400], expected, samples: 2) - 0.1) < 1e-12)
    #expect(abs(largestDifference([3, 4, 300, 405], expected, samples: 2) - 0.01) < 1e-12)
    #expect(largestDifference([3, .nan, 300, 400], expected, samples: 2) == .infinity)
    #expect(largestDifference([3, 4, 300, .nan], expected, samples: 2) == .infinity)
    #expect(largestDifference([3, 4], expected, samples: 2) == .infinity)
    #expect(largestDifference([3, 4, 5], [3, 4, 5], samples: 2) == .infinity)
  }

  @Test("a file is forgotten and keeps its bytes")
  func eviction() throws {
    let folder = try TemporaryFolder()
    let bytes = [UInt8](repeating: 7, count: 1 << 20)
    let path = try folder.write(bytes, to: "file")
    let file = CachedFile(path)
    #expect(file.byteCount == bytes.count)
    // Not every file system has a disk, so whether it was forgotten is no matter here.
    _ = try file.evict()
    #expect(file.byteCount == bytes.count)
    #expect(CachedFile(folder.path(of: "none")).byteCount == nil)
    #expect(throws: ProgramError.self) { try CachedFile(folder.path(of: "none")).evict() }
  }
}
