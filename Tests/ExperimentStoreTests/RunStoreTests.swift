import CurveModel
import Foundation
import Glibc
import Synchronization
import Testing

@testable import ExperimentStore

@Suite struct RunStoreTests {
  private func shell(_ line: String) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", line]
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }

  @Test func `records of many writers come back whole, and reading on finds only the new ones`() throws {
    try StoreProbe.run { probe in
      let store = try probe.open()
      let failures = Mutex(0)
      DispatchQueue.concurrentPerform(iterations: 8) { worker in
        let writer = probe.writer()
        for number in 0..<25 {
          do {
            try writer.append(StoreProbe.record(worker * 25 + number))
            if number % 10 == 0 { try store.refresh() }
          } catch {
            failures.withLock { $0 += 1 }
          }
        }
      }
      #expect(failures.withLock { $0 } == 0)
      try store.refresh()
      #expect(store.summaries.count == 200)
      #expect(probe.recordFiles.count == 8)
      #expect(try store.refresh() == StoreNews())
      try probe.writer().append(StoreProbe.record(1000))
      #expect(try store.refresh().runs == [StoreProbe.id(1000)])
      for number in 0..<200 {
        #expect(try store.record(StoreProbe.id(number))?.line == StoreProbe.record(number).line)
      }
      #expect(try StoreCheck(of: probe.path).isClean)
    }
  }

  @Test func `a summary tells kind, status, losses and seconds, with and without index`() throws {
    try StoreProbe.run { probe in
      let writer = probe.writer()
      for number in 1...10 { try writer.append(StoreProbe.record(number)) }
      _ = try probe.open()
      for store in [try probe.open(), try RunStore.openWithoutIndex(probe.path)] {
        let summary = try #require(store.summary(of: StoreProbe.id(3)))
        #expect(summary.kind == .outcome && summary.status == .diverged && summary.loss.isNaN)
        #expect(summary.untrainedLoss == 2.5 && summary.error.isNaN && summary.seconds == 1.5)
        #expect(store.summary(of: StoreProbe.id(5))?.kind == .curve)
        #expect(store.summary(of: StoreProbe.id(99)) == nil && store.notices.isEmpty)
      }
    }
  }

  @Test(arguments: ["lost", "garbage", "cut", "empty", "newer"])
  func `a store works whatever happened to its index`(harm: String) throws {
    try StoreProbe.run { probe in
      let writer = probe.writer()
      for number in 1...50 { try writer.append(StoreProbe.record(number)) }
      _ = try probe.open()
      let index = probe.path + "/index.sqlite"
      let sound = try probe.bytes(of: index)
      switch harm {
      case "lost": unlink(index)
      case "garbage": try probe.write([UInt8](repeating: 65, count: sound.count), to: index)
      case "cut": try probe.write(Array(sound.prefix(sound.count / 2)), to: index)
      case "empty": try probe.write([], to: index)
      default: #expect(try shell("sqlite3 '\(index)' 'PRAGMA user_version = 99'") == 0)
      }
      let store = try probe.open()
      #expect(store.summaries.count == 50)
      #expect(store.notices.isEmpty == ["lost", "empty"].contains(harm))
      if harm != "newer" { #expect(try StoreCheck(of: probe.path).isClean) }
      #expect(try RunStore.rebuild(probe.path).summaries.count == 50)
      #expect(try StoreCheck(of: probe.path).isClean)
    }
  }

  @Test func `a file that was replaced, and one that was removed, are noticed`() throws {
    try StoreProbe.run { probe in
      try probe.writer().append(StoreProbe.record(1))
      let store = try probe.open()
      let other = probe.path + "/records/z.jsonl"
      try probe.write(RecordLine.sealed(StoreProbe.record(2).line) + [10], to: other)
      try store.refresh()
      #expect(store.summaries.count == 2)
      try probe.write(
        RecordLine.sealed(StoreProbe.record(3).line) + [10] + RecordLine.sealed(StoreProbe.record(4).line) + [
          10
        ],
        to: other)
      #expect(Set(try store.refresh().runs) == [StoreProbe.id(3), StoreProbe.id(4)])
      #expect(Set(store.summaries.keys) == Set([1, 3, 4].map(StoreProbe.id)))
      unlink(other)
      for opened in [try probe.open(), store] {
        try opened.refresh()
        #expect(Set(opened.summaries.keys) == [StoreProbe.id(1)])
      }
      #expect(try StoreCheck(of: probe.path).isClean)
    }
  }

  @Test func `two equal records are one run, and two different ones a conflict that names both`() throws {
    try StoreProbe.run { probe in
      try probe.writer().append(StoreProbe.record(1, seconds: 1))
      try probe.writer().append(StoreProbe.record(1, seconds: 2))
      #expect(try StoreCheck(of: probe.path).isClean)
      #expect(try StoreCheck(of: probe.path).duplicates == 1)
      try probe.writer().append(StoreProbe.record(1, loss: 7))
      for store in [try probe.open(), try probe.open(), try RunStore.openWithoutIndex(probe.path)] {
        #expect(store.conflicts.map(\.id) == [StoreProbe.id(1)])
        #expect(store.summary(of: StoreProbe.id(1))?.loss == 0.5)
      }
      #expect(try !StoreCheck(of: probe.path).isClean)
      #expect(throws: StoreError.self) { try probe.open().pack(into: probe.path + "/packed") }
    }
  }

  @Test func `incidents count attempts and remember their reasons`() throws {
    try StoreProbe.run { probe in
      let writer = probe.writer()
      let incident = IncidentRecord(
        id: StoreProbe.id(1), reason: "killed by signal 9", attempt: 1,
        measured: [.init("host", .string("here"))])
      try writer.append(incident)
      let store = try probe.open()
      #expect(store.incidents(of: incident.id) == [incident])
      try writer.append(incident)
      #expect(try store.refresh().incidents == [incident])
      #expect(store.attempts(of: incident.id) == 2 && store.attempts(of: StoreProbe.id(2)) == 0)
      #expect(store.summaries.isEmpty)
    }
  }

  @Test func `suggestions are remembered until the index is lost`() throws {
    try StoreProbe.run { probe in
      let key = StoreProbe.id(1)
      let store = try probe.open()
      store.cache(.rate(0.25), curve: key, strategy: "steepest 1.0")
      store.cache(.abstention("flat"), curve: key, strategy: "valley 1.0")
      let again = try probe.open()
      #expect(again.cachedSuggestion(curve: key, strategy: "steepest 1.0") == .rate(0.25))
      #expect(again.cachedSuggestion(curve: key, strategy: "valley 1.0") == .abstention("flat"))
      #expect(again.cachedSuggestion(curve: key, strategy: "slide 1.0") == nil)
      let rebuilt = try RunStore.rebuild(probe.path)
      #expect(rebuilt.cachedSuggestion(curve: key, strategy: "steepest 1.0") == nil)
    }
  }

  @Test func `a packed store holds the same records, is the same bytes each time, and opens after a copy`()
    throws
  {
    try StoreProbe.run { probe in
      for worker in 0..<3 {
        let writer = probe.writer()
        for number in 0..<40 { try writer.append(StoreProbe.record(worker * 30 + number)) }
      }
      let packed = StoreProbe(path: probe.path + "/packed")
      #expect(try probe.open().pack(into: packed.path) == 100)
      #expect(try probe.open().pack(into: probe.path + "/again") == 100)
      let bytes = try packed.bytes(of: packed.recordFiles[0])
      #expect(try bytes == probe.bytes(of: probe.path + "/again/records/runs.jsonl.gz"))
      _ = try packed.open()
      let copy = StoreProbe(path: probe.path + "/copy")
      #expect(try shell("cp -r '\(packed.path)' '\(copy.path)'") == 0)
      for store in [try packed.open(), try copy.open(), try copy.open()] {
        #expect(store.summaries.count == 100 && store.notices.isEmpty)
        for number in 0..<100 {
          #expect(try store.record(StoreProbe.id(number))?.line == StoreProbe.record(number).line)
        }
      }
      #expect(try StoreCheck(of: copy.path).isClean)
      #expect(throws: StoreError.alreadyThere(path: copy.path)) { try probe.open().pack(into: copy.path) }
      // Runs that another store has can be left out.
      #expect(try probe.open().pack(into: probe.path + "/nothing", without: [copy.open()]) == 0)
      try copy.write(Array(bytes.dropLast(20)), to: copy.recordFiles[0])
      #expect(try !copy.open().problems.isEmpty)
      #expect(try !StoreCheck(of: copy.path).isClean)
    }
  }

  @Test func `a run can be claimed once at a time, within one process too`() throws {
    try StoreProbe.run { probe in
      let (first, second) = (RunClaims(store: probe.path), RunClaims(store: probe.path))
      let claim = try #require(try first.claim(StoreProbe.id(1)))
      #expect(try first.claim(StoreProbe.id(1)) == nil)
      #expect(try second.claim(StoreProbe.id(1)) == nil)
      #expect(try second.claim(StoreProbe.id(2)) != nil)
      claim.release()
      #expect(try second.claim(StoreProbe.id(1)) != nil)
      #expect(try first.claim(StoreProbe.id(1)) != nil)
      #expect(first.limitation == nil)
    }
  }

  @Test func `an index locked by somebody else costs time only`() throws {
    try StoreProbe.run { probe in
      let writer = probe.writer()
      try writer.append(StoreProbe.record(1))
      let store = try probe.open()
      try writer.append(StoreProbe.record(2))
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      process.arguments = [
        "-c",
        "(echo 'BEGIN EXCLUSIVE; SELECT 1;'; sleep 20) | sqlite3 '\(probe.path)/index.sqlite' > '\(probe.path)/locked'",
      ]
      try process.run()
      defer { process.terminate() }
      while (try? probe.bytes(of: probe.path + "/locked"))?.isEmpty ?? true { usleep(10_000) }
      try store.refresh()
      #expect(store.summaries.count == 2 && store.notices.isEmpty)
      // Records that come within a second are indexed together.
      usleep(1_100_000)
      try store.refresh()
      #expect(store.summaries.count == 2 && store.notices.count == 1)
    }
  }

  @Test func `ten thousand records open again from the index`() throws {
    try StoreProbe.run { probe in
      var lines: [UInt8] = []
      for number in 0..<10_000 { lines += RecordLine.sealed(StoreProbe.record(number).line) + [10] }
      try probe.write(lines, to: probe.path + "/records/many.jsonl")
      #expect(try probe.open().summaries.count == 10_000)
      let store = try probe.open()
      #expect(store.summaries.count == 10_000 && store.notices.isEmpty)
      #expect(try store.refresh() == StoreNews())
    }
  }

  @Test func `no store is an error that names the folder`() throws {
    #expect(throws: StoreError.noStore(path: "/nowhere/runs")) { try RunStore.openExisting("/nowhere/runs") }
    #expect(throws: StoreError.noStore(path: "/nowhere/runs")) { try StoreCheck(of: "/nowhere/runs") }
    #expect(throws: StoreError.noStore(path: "/nowhere/runs")) { try RunStore.rebuild("/nowhere/runs") }
  }
}
