import CurveModel
import Foundation

@testable import ExperimentStore

/// A store in a folder of its own, and records to put into it.
struct StoreProbe {
  let path: String

  /// Runs `body` in a store of its own, which is removed afterwards.
  static func run(_ body: (StoreProbe) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("suggest-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let probe = StoreProbe(path: folder.path)
    _ = try RunStore.open(probe.path)
    try body(probe)
  }

  func writer() -> RecordWriter { RecordWriter(store: path, at: 1_795_445_101) }

  func open() throws -> RunStore { try RunStore.openExisting(path) }

  var recordFiles: [String] { StoreContents.names(in: path + "/records").map { "\(path)/records/\($0)" } }

  func bytes(of file: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: file))) }

  func write(_ bytes: [UInt8], to file: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: file))
  }

  static func id(_ number: Int) -> RunID {
    var generator = Numbers(state: UInt64(number))
    return RunID((0..<16).map { _ in UInt8(truncatingIfNeeded: generator.next()) })
  }

  static func record(_ number: Int, seconds: Double = 1.5, loss: Double? = nil) -> RunRecord {
    RunRecord(
      kind: number % 5 == 0 ? .curve : .outcome, id: id(number),
      members: [
        .init("seed", .number(Double(number))),
        .init("status", .string(number % 3 == 0 ? "diverged" : "finished")),
        .init("loss", .number(loss ?? (number % 3 == 0 ? .nan : 1 / Double(number + 1)))),
        .init("untrainedLoss", .number(2.5)), .init("trace", .numbers([1, .infinity, 0.1])),
      ], measured: [.init("seconds", .number(seconds)), .init("host", .string("here \"quoted\" ü"))])
  }
}

/// SplitMix64: the same numbers in every run.
struct Numbers: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
