import CurveModel
import ExperimentStore
import Foundation
import Glibc
import Testing

@Suite struct CurveStoreTests {
  /// A folder of this test's own, removed with everything in it when `body` returns.
  private func withTemporaryFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("suggest-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.path)
  }

  private func write(_ text: String, to path: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
  }

  /// Every path in a folder, in order.
  private func everything(in folder: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
  }

  private static let header = CurveHeader(
    task: [
      .init("dataset", .string("digits")), .init("model", .string("mlp/2")),
      .init("optimizer", .string("adam")),
      .init("batchSize", .number(64)),
    ], seed: 7)
  /// 2026-11-23 14:45:01 UTC.
  private static let time = 1_795_445_101

  private static let step = CurveStep(learningRate: 1, loss: 1)

  @Test("opening makes the folder with its mark, and opening again changes nothing")
  func opens() throws {
    try withTemporaryFolder { folder in
      let store = CurveStore(path: folder + "/a/b/runs")
      try store.open()
      #expect(try everything(in: store.path) == ["curves", "figures", "store.json"])
      let mark = try String(contentsOfFile: store.path + "/store.json", encoding: .utf8)
      #expect(mark == "{\"suggestStore\":\(CurveStore.formatVersion)}\n")
      try write("x", to: store.path + "/curves/x.txt")
      try store.open()
      #expect(try everything(in: store.path) == ["curves", "curves/x.txt", "figures", "store.json"])
    }
  }

  @Test("an empty folder becomes a store, also one whose creation was cut off")
  func emptyFolder() throws {
    try withTemporaryFolder { folder in
      try write("{\"sugg", to: folder + "/store.json.4711")
      try CurveStore(path: folder).open()
      #expect(try everything(in: folder).contains("store.json"))
    }
  }

  @Test("a curve's name is its time, task and seed, and its file holds the header")
  func names() throws {
    try withTemporaryFolder { folder in
      let store = CurveStore(path: folder)
      try store.open()
      var curve = try store.newCurve(header: Self.header, at: Self.time)
      try curve.writer.append(Self.step)
      let name = curve.name
      #expect(name == "20261123T144501Z-digits-mlp_2-adam-seed7")
      #expect(curve.path == "\(folder)/curves/\(name).jsonl")
      #expect(store.figurePath(of: name) == "\(folder)/figures/\(name).svg")
      let text = try String(contentsOfFile: curve.path, encoding: .utf8)
      #expect(text == "\(CurveLines.headerLine(Self.header))\n\(CurveLines.stepLine(Self.step))\n")
      let bare = try store.newCurve(header: CurveHeader(), at: 0)
      #expect(bare.name == "19700101T000000Z")
    }
  }

  @Test("curves of one second get numbers, and the tenth is newer than the ninth")
  func namesakes() throws {
    try withTemporaryFolder { folder in
      let store = CurveStore(path: folder)
      try store.open()
      var names: [String] = []
      for number in 1...12 {
        var curve = try store.newCurve(header: Self.header, at: Self.time)
        try curve.writer.append(Self.step)
        names.append(curve.name)
        let newest = try store.newestCurve()
        #expect(newest == curve.path, "number \(number)")
      }
      #expect(Set(names).count == 12)
      #expect(names[1].hasSuffix("-seed7-2") && names[11].hasSuffix("-seed7-12"))
    }
  }

  @Test("the newest curve is the one with the latest time in its name, whatever else lies there")
  func newest() throws {
    try withTemporaryFolder { folder in
      let store = CurveStore(path: folder)
      try store.open()
      for seconds in [Self.time, Self.time + 86_400, Self.time - 86_400] {
        var curve = try store.newCurve(header: Self.header, at: seconds)
        try curve.writer.append(Self.step)
      }
      try write("x", to: folder + "/curves/99991231T235959Z.txt")
      #expect(try store.newestCurve().hasSuffix("/curves/20261124T144501Z-digits-mlp_2-adam-seed7.jsonl"))
    }
  }

  @Test("a store without a curve, an empty folder and no folder have no newest curve")
  func noCurve() throws {
    try withTemporaryFolder { folder in
      let opened = CurveStore(path: folder + "/opened")
      try opened.open()
      for path in [opened.path, folder + "/missing", folder] {
        let store = CurveStore(path: path)
        #expect(throws: StoreError.noCurve(path: path)) { try store.newestCurve() }
      }
      #expect(
        try everything(in: folder) == ["opened", "opened/curves", "opened/figures", "opened/store.json"])
    }
  }

  @Test("a store of a newer format is neither read nor written")
  func newerFormat() throws {
    try withTemporaryFolder { folder in
      let newer = CurveStore.formatVersion + 1
      let mark = "{\"suggestStore\": \(newer), \"more\": []}"
      try write(mark, to: folder + "/store.json")
      let store = CurveStore(path: folder)
      let error = StoreError.newerFormat(path: folder, found: newer, supported: CurveStore.formatVersion)
      #expect(throws: error) { try store.open() }
      #expect(throws: error) { try store.newestCurve() }
      #expect(try everything(in: folder) == ["store.json"])
      #expect(try String(contentsOfFile: folder + "/store.json", encoding: .utf8) == mark)
    }
  }

  @Test(
    "a damaged mark is named and left alone",
    arguments: [
      "", "{", "{}", "suggestStore", "{\"suggestStore\":\"x\"}", "{\"suggestStore\":99999999999999999999}",
    ])
  func damaged(mark: String) throws {
    try withTemporaryFolder { folder in
      try write(mark, to: folder + "/store.json")
      let store = CurveStore(path: folder)
      #expect(throws: StoreError.damaged(path: folder + "/store.json")) { try store.open() }
      #expect(throws: StoreError.damaged(path: folder + "/store.json")) { try store.newestCurve() }
      #expect(try everything(in: folder) == ["store.json"])
    }
  }

  @Test("a folder with other things in it, and a file, are no stores and stay as they are")
  func notAStore() throws {
    try withTemporaryFolder { folder in
      try write("mine", to: folder + "/thesis.tex")
      for path in [folder, folder + "/thesis.tex"] {
        #expect(throws: StoreError.notAStore(path: path)) { try CurveStore(path: path).open() }
      }
      #expect(try everything(in: folder) == ["thesis.tex"])
    }
  }

  @Test("a folder that cannot be made is named with the system's reason")
  func cannotWrite() throws {
    try withTemporaryFolder { folder in
      try write("x", to: folder + "/file")
      let path = folder + "/file/runs"
      let error = #expect(throws: StoreError.self) { try CurveStore(path: path).open() }
      #expect(error == .cannotWrite(path: path, reason: String(cString: strerror(ENOTDIR))))
      #expect(try everything(in: folder) == ["file"])
    }
  }

  @Test(
    "a folder without the right to write is named", .enabled(if: geteuid() != 0, "root may write everywhere"))
  func readOnly() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/runs"
      mkdir(path, 0o500)
      let error = #expect(throws: StoreError.self) { try CurveStore(path: path).open() }
      #expect(error == .cannotWrite(path: path + "/store.json", reason: String(cString: strerror(EACCES))))
    }
  }

  @Test("every message is one line and names the store")
  func messages() {
    let errors: [StoreError] = [
      .noCurve(path: "runs"), .notAStore(path: "runs"), .damaged(path: "runs"),
      .newerFormat(path: "runs", found: 2, supported: 1), .cannotRead(path: "runs", reason: "r"),
      .cannotWrite(path: "runs", reason: "r"),
    ]
    for error in errors { #expect(error.description.contains("runs") && !error.description.contains("\n")) }
  }
}
