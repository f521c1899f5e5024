import Foundation
import Synchronization

@testable import SuggestCommands

/// Runs the program in this process, in a folder of its own, and keeps what it writes.
struct CommandRunner {
  let folder: URL

  struct Outcome {
    let status: Int32
    let output: String
    let messages: String
  }

  /// Makes an empty folder; files named by the tests lie in it.
  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("suggest-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }

  /// The path of a file in the folder.
  func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  /// Writes a file into the folder and returns its path.
  @discardableResult func file(_ name: String, _ text: String) throws -> String {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path(name)))
    return path(name)
  }

  func run(_ arguments: String..., input: String? = nil, environment: [String: String] = [:]) async -> Outcome
  {
    await run(arguments, input: input, environment: environment)
  }

  func run(_ arguments: [String], input: String? = nil, environment: [String: String] = [:]) async -> Outcome
  {
    let written = Mutex((output: "", messages: ""))
    // The data sets lie in the repository; the test program does not run from there.
    let surroundings = ["SUGGEST_STORE": path("runs"), "SUGGEST_DATA": Repository.folder("datasets").path]
      .merging(environment) { $1 }
    let bytes = input.map { Array($0.utf8) }
    let console = Console(
      pipedInput: { bytes }, output: { text in written.withLock { $0.output += text } },
      message: { text in written.withLock { $0.messages += text } }, now: { 1_700_000_000 },
      variable: { surroundings[$0] })
    let status = await SuggestProgram.run(arguments, console: console)
    return written.withLock { Outcome(status: status, output: $0.output, messages: $0.messages) }
  }
}

/// The folders of the repository.
enum Repository {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static func folder(_ name: String) -> URL { root.appendingPathComponent(name) }
}

/// Curves as files.
enum CurveText {
  /// fastai's recorder, with a clear descent.
  static func fastai(points: Int = 100, numIt: Bool = true) -> String {
    let rates = (0..<points).map { pow(10, -7 + 8 * Double($0) / 100) }
    let members = [
      "\"lrs\":[\(list(rates))]", "\"losses\":[\(list(losses(rates)))]",
      "\"raw_losses\":[\(list(losses(rates)))]",
    ]
    return "{" + (members + (numIt ? ["\"num_it\":100"] : [])).joined(separator: ",") + "}"
  }

  /// Down from 2.3 to 0.3 half-way at 10⁻³, up from 10⁻¹ on.
  static func losses(_ rates: [Double]) -> [Double] {
    rates.map { rate in
      let x = log10(rate)
      return 0.3 + 2 / (1 + exp(2.5 * (x + 3))) + (x < -1 ? 0 : 3 * pow(x + 1, 4))
    }
  }

  static func list(_ numbers: [Double]) -> String { numbers.map { "\($0)" }.joined(separator: ",") }
}
