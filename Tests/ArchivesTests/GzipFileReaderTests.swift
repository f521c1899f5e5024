import Archives
import Foundation
import Testing

@Suite("Gzip files read piece by piece")
struct GzipFileReaderTests {
  /// What a reader gives in pieces of at most `size`.
  private func read(_ bytes: [UInt8], limit: Int = .max, pieces size: Int = 1000) throws -> [UInt8] {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("suggest-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(bytes).write(to: file)
    let reader = try GzipFileReader(file.path, limit: limit)
    var unpacked: [UInt8] = []
    while true {
      let piece = try reader.next(atMost: size)
      #expect(piece.count <= size)
      if piece.isEmpty { return unpacked }
      unpacked += piece
    }
  }

  @Test func `It gives the same as unpacking in memory, also over members and pieces`() throws {
    // Larger than a piece, and hardly compressible.
    var state: UInt64 = 1
    let noise = (0..<3_000_000).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(state >> 56)
    }
    let packed = try Gzip.pack(noise)
    #expect(packed.count > 2_900_000)
    #expect(try read(packed, pieces: 70_001) == noise)
    let joined = try Gzip.pack(Array("first".utf8)) + packed + Gzip.pack(Array("last".utf8)) + [0, 0, 0]
    #expect(
      try read(joined, limit: noise.count + 9, pieces: 1 << 21)
        == Array("first".utf8) + noise + Array("last".utf8))
    #expect(throws: ArchiveError.tooLarge(limit: noise.count + 8)) {
      try read(joined, limit: noise.count + 8)
    }
    #expect(throws: ArchiveError.truncated) { try read(Array(packed.dropLast())) }
  }

  @Test func `Truncations and damage are found, empty data are not data`() throws {
    let packed = try Gzip.pack(Array("hello, hello, hello".utf8))
    for length in 2..<packed.count {
      #expect(throws: ArchiveError.truncated) { try read(Array(packed.prefix(length))) }
    }
    for bytes in [[], [0x1f], Array("plain".utf8)] as [[UInt8]] {
      #expect(throws: ArchiveError.notGzip) { try read(bytes) }
    }
    var damaged = packed
    damaged[packed.count - 8] ^= 1
    #expect(throws: ArchiveError.self) { try read(damaged) }
    #expect(try read(Gzip.pack([])) == [])
  }
}
