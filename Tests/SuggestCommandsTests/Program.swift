import Foundation
import Testing

/// The program as a process.
struct Program {
  let path: String

  struct Outcome {
    let status: Int32
    let output: String
    let messages: String
  }

  /// The program named by `SUGGEST_PROGRAM`, which `scripts/test.sh` sets to the release build, else the one built
  /// beside these tests.
  static func built() throws -> Program {
    if let path = ProcessInfo.processInfo.environment["SUGGEST_PROGRAM"], !path.isEmpty {
      return Program(path: path)
    }
    let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    let beside = tests.deletingLastPathComponent().appendingPathComponent("suggest").path
    guard FileManager.default.isExecutableFile(atPath: beside) else { throw ProgramMissing(path: beside) }
    return Program(path: beside)
  }

  struct ProgramMissing: Error { let path: String }

  /// Runs a line of shell in `folder`, with the program first on the path and data sets found as usual.
  func shell(_ line: String, in folder: URL, environment: [String: String] = [:]) throws -> Outcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", line]
    process.currentDirectoryURL = folder
    let inherited = ProcessInfo.processInfo.environment
    let programs = URL(fileURLWithPath: path).deletingLastPathComponent().path
    process.environment = inherited.merging(environment) { $1 }
      .merging(["PATH": programs + ":" + (inherited["PATH"] ?? "/usr/bin:/bin")]) { $1 }
    // Files, because a full pipe would stop the program.
    let output = folder.appendingPathComponent(".output-\(UUID().uuidString)")
    let messages = folder.appendingPathComponent(".messages-\(UUID().uuidString)")
    for file in [output, messages] { try Data().write(to: file) }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: messages)
    try process.run()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationReason == .exit
        ? process.terminationStatus : 128 + process.terminationStatus,
      output: try String(contentsOf: output, encoding: .utf8),
      messages: try String(contentsOf: messages, encoding: .utf8))
  }
}
