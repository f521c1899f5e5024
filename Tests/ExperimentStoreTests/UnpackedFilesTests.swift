import Testing

@testable import ExperimentStore

@Suite struct UnpackedFilesTests {
  @Test func `Files that are read in turns are unpacked once`() throws {
    var files = UnpackedFiles(limit: 100)
    var count = 0
    for turn in 0..<10 {
      let name = turn.isMultiple(of: 2) ? "a" : "b"
      let bytes = try files.bytes(of: name) { () throws(StoreError) in
        count += 1
        return Array(name.utf8)
      }
      #expect(bytes == Array(name.utf8))
    }
    #expect(count == 2)
    files.removeAll()
    #expect(files.names.isEmpty)
  }

  @Test func `What was not used for longest goes first, and the last one always stays`() throws {
    var files = UnpackedFiles(limit: 10)
    for (name, size) in [("a", 4), ("b", 4), ("a", 4), ("c", 4)] {
      _ = try files.bytes(of: name) { () throws(StoreError) in [UInt8](repeating: 0, count: size) }
    }
    #expect(files.names == ["a", "c"])
    _ = try files.bytes(of: "large") { () throws(StoreError) in [UInt8](repeating: 0, count: 50) }
    #expect(files.names == ["large"])
  }

  @Test func `A file that cannot be unpacked is not kept`() {
    var files = UnpackedFiles()
    #expect(throws: StoreError.self) {
      try files.bytes(of: "a") { () throws(StoreError) in
        throw .damagedLine(path: "a", line: 1, problem: "damaged")
      }
    }
    #expect(files.names.isEmpty)
  }
}
