import CurveModel
import Foundation
import Glibc
import Testing

@testable import ExperimentStore

@Suite struct RecordFileTests {
  /// Any JSON value that a record may hold.
  private func value(_ numbers: inout Numbers, depth: Int) -> JSONValue {
    switch Int.random(in: 0..<(depth > 2 ? 4 : 7), using: &numbers) {
    case 0: return .bool(Bool.random(using: &numbers))
    case 1: return .number(Double(bitPattern: numbers.next()))
    case 2: return .number(Double(Int64.random(in: -(1 << 53)...1 << 53, using: &numbers)))
    case 3:
      let scalars = (0..<Int.random(in: 0..<12, using: &numbers)).compactMap { _ in
        Unicode.Scalar(UInt32.random(in: 0..<0x2ff, using: &numbers))
      }
      return .string("x" + String(String.UnicodeScalarView(scalars)))
    case 4:
      return .numbers((0..<5).map { _ in Double(bitPattern: numbers.next()) } + [.nan, -.infinity, -0.0])
    case 5: return .array([value(&numbers, depth: depth + 1), .string("x"), .object([])])
    default: return .object((0..<3).map { .init("m\($0)", value(&numbers, depth: depth + 1)) })
    }
  }

  @Test func `a record reads back as the same line, whatever it holds`() throws {
    var numbers = Numbers(state: 1)
    for number in 0..<3000 {
      let record = RunRecord(
        kind: .outcome, id: StoreProbe.id(number),
        members: (0..<4).map { .init("member \($0)", value(&numbers, depth: 0)) },
        measured: number % 7 == 0 ? [] : [.init("any", value(&numbers, depth: 0))])
      let sealed = RecordLine.sealed(record.line)
      let again = try RunRecord(parsing: RecordLine.opened(sealed))
      #expect(again.line == record.line)
      #expect(again.id == record.id)
    }
  }

  @Test func `every flipped, missing or additional byte of a line is noticed`() throws {
    let line = RecordLine.sealed(StoreProbe.record(7).line)
    var unnoticed = 0
    for index in line.indices {
      var flipped = line
      flipped[index] ^= 1
      var shortened = line
      shortened.remove(at: index)
      var extended = line
      extended.insert(UInt8(ascii: "7"), at: index)
      for bytes in [flipped, shortened, extended] where (try? RecordLine.opened(bytes)) != nil {
        unnoticed += 1
      }
    }
    #expect(unnoticed == 0)
  }

  @Test func `a record that would read back as another one is refused and leaves no file`() throws {
    try StoreProbe.run { probe in
      let record = RunRecord(
        kind: .outcome, id: StoreProbe.id(1), members: [.init("words", .array([.string("NaN")]))],
        measured: [])
      #expect(throws: StoreError.self) { try probe.writer().append(record) }
      #expect(probe.recordFiles.isEmpty)
    }
  }

  @Test func `a file cut off at any byte gives all whole records and goes on`() throws {
    try StoreProbe.run { probe in
      let writer = probe.writer()
      for number in 1...4 { try writer.append(StoreProbe.record(number)) }
      let file = probe.recordFiles[0]
      let whole = try probe.bytes(of: file)
      let ends = whole.indices.filter { whole[$0] == UInt8(ascii: "\n") }
      for length in (ends[1] + 1)...whole.count {
        try probe.write(Array(whole.prefix(length)), to: file)
        let store = try RunStore.openWithoutIndex(probe.path)
        #expect(store.summaries.count == ends.count { $0 < length })
        #expect(store.problems.isEmpty)
        #expect(store.unfinishedFiles.isEmpty == (whole[length - 1] == UInt8(ascii: "\n")))
      }
      let cut = whole.count - 5
      try probe.write(Array(whole.prefix(cut)), to: file)
      let store = try probe.open()
      #expect(store.summaries.count == 3)
      try probe.write(whole, to: file)
      #expect(try store.refresh().runs == [StoreProbe.id(4)])
    }
  }

  @Test func `a damaged line in the middle is named and the others are read`() throws {
    try StoreProbe.run { probe in
      let writer = probe.writer()
      for number in 1...5 { try writer.append(StoreProbe.record(number)) }
      let file = probe.recordFiles[0]
      let whole = try probe.bytes(of: file)
      let ends = whole.indices.filter { whole[$0] == UInt8(ascii: "\n") }
      var numbers = Numbers(state: 3)
      for _ in 0..<200 {
        var damaged = whole
        let index = Int.random(in: (ends[1] + 1)..<ends[2], using: &numbers)
        damaged[index] = UInt8(truncatingIfNeeded: numbers.next())
        if damaged[index] == whole[index] { continue }
        try probe.write(damaged, to: file)
        let store = try RunStore.openWithoutIndex(probe.path)
        #expect(store.problems.first?.line == 3)
        #expect(store.summaries.count == 4)
      }
    }
  }

  /// A tiny disk of its own, unmounted afterwards; `options` as `mount` takes them.
  private func withDisk(
    _ options: String, _ body: (StoreProbe, _ remount: (String) throws -> Void) throws -> Void
  )
    throws
  {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("suggest-\(UUID().uuidString)")
      .path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try #require(mount("tmpfs", folder, "tmpfs", 0, options) == 0)
    defer {
      umount2(folder, 2)
      rmdir(folder)
    }
    try body(StoreProbe(path: folder + "/runs")) { changed in
      let flags = changed == "ro" ? 33 : 32  // MS_REMOUNT, with MS_RDONLY
      try #require(mount("tmpfs", folder, "tmpfs", UInt(flags), options) == 0)
    }
  }

  private static let canMount: Bool = {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("suggest-\(UUID().uuidString)")
      .path
    mkdir(folder, 0o700)
    defer { rmdir(folder) }
    guard mount("tmpfs", folder, "tmpfs", 0, "size=64k") == 0 else { return false }
    return umount2(folder, 2) == 0
  }()

  @Test(.enabled(if: canMount, "only root may mount a small disk"))
  func `on a full disk a record is taken back, and the next one works once there is room`() throws {
    try withDisk("size=64k") { probe, _ in
      let store = try RunStore.open(probe.path)
      let writer = probe.writer()
      try writer.append(StoreProbe.record(1))
      let ballast = probe.path + "/ballast"
      var full = 0
      let block = [UInt8](repeating: 1, count: 4096)
      let descriptor = Glibc.open(ballast, O_WRONLY | O_CREAT, 0o600)
      while write(descriptor, block, block.count) == block.count { full += 1 }
      close(descriptor)
      #expect(full > 0)
      var written = 1
      var error: StoreError?
      while error == nil, written < 100 {
        do throws(StoreError) {
          try writer.append(StoreProbe.record(written + 1))
          written += 1
        } catch let failure {
          error = failure
        }
      }
      #expect(error == .cannotWrite(path: probe.recordFiles[0], reason: String(cString: strerror(ENOSPC))))
      #expect(try probe.bytes(of: probe.recordFiles[0]).last == UInt8(ascii: "\n"))
      unlink(ballast)
      try writer.append(StoreProbe.record(written + 1))
      try store.refresh()
      #expect(store.summaries.count == written + 1)
      #expect(store.problems.isEmpty && store.unfinishedFiles.isEmpty)
    }
  }

  @Test(.enabled(if: canMount, "only root may mount a disk"))
  func `a disk that cannot be written is read without an index, and refuses records`() throws {
    try withDisk("size=1m") { probe, remount in
      _ = try StoreFolder(path: probe.path).open(with: ["records", "incidents"])
      do {
        let writer = probe.writer()
        for number in 1...3 { try writer.append(StoreProbe.record(number)) }
      }
      try remount("ro")
      let store = try RunStore.openExisting(probe.path)
      #expect(store.summaries.count == 3)
      #expect(store.notices.count == 1)
      store.cache(.rate(0.5), curve: StoreProbe.id(1), strategy: "steepest")
      #expect(store.cachedSuggestion(curve: StoreProbe.id(1), strategy: "steepest") == .rate(0.5))
      #expect(throws: StoreError.self) { try probe.writer().append(StoreProbe.record(4)) }
      #expect(throws: StoreError.self) { try RunStore.open(probe.path) }
    }
  }
}
