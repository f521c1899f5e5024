import Archives
import Testing

/// A zip archive made by hand, field by field, of stored entries.
private struct HandmadeZip {
  var names = ["net/data.pkl", "net/data/0", "empty"]
  var contents: [[UInt8]] = [Array("first".utf8), Array("second entry".utf8), []]
  /// CRC-32 of the contents, by Python's zlib.crc32.
  var checksums: [UInt32] = [0x9271_ee57, 0xe0bf_eb33, 0]
  var comment: [UInt8] = []

  var bytes: [UInt8] {
    var body: [UInt8] = []
    var directory: [UInt8] = []
    for (index, name) in names.enumerated() {
      let size = contents[index].count
      let common: [UInt8] =
        number(0, 8) + number(Int(checksums[index]), 4) + number(size, 4) + number(size, 4)
        + number(name.utf8.count, 2)
      directory += number(0x0201_4b50, 4) + number(20, 2) + number(20, 2) + common + number(0, 12)
      directory += number(body.count, 4) + Array(name.utf8)
      body += number(0x0403_4b50, 4) + number(20, 2) + common + number(3, 2) + Array(name.utf8) + [1, 2, 3]
      body += contents[index]
    }
    let counts = number(names.count, 2) + number(names.count, 2)
    return body + directory + number(0x0605_4b50, 4) + number(0, 4) + counts + number(directory.count, 4)
      + number(body.count, 4) + number(comment.count, 2) + comment
  }

  private func number(_ value: Int, _ width: Int) -> [UInt8] {
    (0..<width).map { UInt8(truncatingIfNeeded: $0 < 8 ? value >> ($0 * 8) : 0) }
  }
}

@Suite("Zip")
struct ZipArchiveTests {
  @Test("stored entries are found by name with their content")
  func entries() throws {
    let sample = HandmadeZip()
    let archive = try ZipArchive(sample.bytes, entryLimit: 3)
    #expect(archive.entries.map(\.name) == sample.names)
    for (name, content) in zip(sample.names, sample.contents) {
      #expect(Array(try archive.content(of: try #require(archive.entry(named: name)))) == content)
    }
    #expect(archive.entry(named: "data.pkl") == nil)
    #expect(ZipArchive.isLikely(sample.bytes) && !ZipArchive.isLikely([0x50, 0x4b]))
  }

  @Test("a comment may follow the directory, even one that looks like its end")
  func comment() throws {
    var zip = HandmadeZip()
    zip.comment = [0x50, 0x4b, 0x05, 0x06] + [UInt8](repeating: 9, count: 40)
    #expect(try ZipArchive(zip.bytes, entryLimit: 3).entries.count == 3)
    #expect(throws: ArchiveError.notZip) { try ZipArchive(zip.bytes + [0], entryLimit: 3) }
  }

  @Test("more entries than the bound are refused before they are read")
  func bound() {
    #expect(throws: ArchiveError.tooManyEntries(count: 3, limit: 2)) {
      try ZipArchive(HandmadeZip().bytes, entryLimit: 2)
    }
  }

  @Test("a wrong checksum, equal names and an empty file are errors")
  func faults() throws {
    var wrong = HandmadeZip()
    wrong.checksums[1] ^= 1
    let archive = try ZipArchive(wrong.bytes, entryLimit: 3)
    #expect(throws: ArchiveError.damagedZip(detail: "the checksum of entry net/data/0 is wrong")) {
      try archive.content(of: archive.entries[1])
    }
    var equal = HandmadeZip()
    equal.names[2] = equal.names[0]
    #expect(throws: ArchiveError.damagedZip(detail: "two entries are called net/data.pkl")) {
      try ZipArchive(equal.bytes, entryLimit: 3)
    }
    #expect(throws: ArchiveError.notZip) { try ZipArchive([], entryLimit: 3) }
  }

  @Test("entries that overlap are refused")
  func overlap() {
    var bytes = HandmadeZip().bytes
    // The size of the first entry, in the directory: packed and unpacked, 20 and 24 bytes after its start.
    let directory = bytes.indices.first { bytes[$0...].starts(with: [0x50, 0x4b, 0x01, 0x02]) } ?? 0
    bytes[directory + 20] = 60
    bytes[directory + 24] = 60
    #expect(throws: ArchiveError.damagedZip(detail: "entry net/data/0 overlaps another")) {
      try ZipArchive(bytes, entryLimit: 3)
    }
  }

  @Test("no damaged or cut byte crashes the reader or moves content out of the archive")
  func damage() {
    let sound = HandmadeZip().bytes
    var readable = 0
    for position in sound.indices {
      #expect(throws: ArchiveError.self) { try ZipArchive(Array(sound[..<position]), entryLimit: 3) }
      for value in [0, 0x7f, 0xff, sound[position] &+ 1] as [UInt8] {
        var bytes = sound
        bytes[position] = value
        guard let archive = try? ZipArchive(bytes, entryLimit: 1 << 16) else { continue }
        readable += 1
        for entry in archive.entries { _ = try? archive.content(of: entry) }
      }
    }
    // Times, versions and the like may say anything.
    #expect(readable > 0)
  }
}
