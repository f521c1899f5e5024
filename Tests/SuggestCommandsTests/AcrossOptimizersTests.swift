import Foundation
import Testing

@testable import SuggestCommands

/// `suggest score --across-optimizers` on the small shipped outcomes, which have two optimizers.
struct AcrossOptimizersTests {
  /// Runs the command on a copy, since a store's index may be written.
  private func score(_ words: [String] = []) async throws -> CommandRunner.Outcome {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let copy = runner.path("store")
    try FileManager.default.copyItem(atPath: Repository.folder("datasets/outcomes/quick").path, toPath: copy)
    return await runner.run(["score", copy, "--across-optimizers"] + words)
  }

  /// Two optimizers were run only under schedules.
  @Test func `Each role that can be compared has a table, and every line fits its page`() async throws {
    let outcome = try await score()
    #expect(outcome.status == 0 && outcome.messages.contains("no problem of constant rates"))
    #expect(!outcome.output.contains("at constant rates"))
    for words in ["at peak rates", "adam: best rate", "sgd: steepest", "equal time"] {
      #expect(outcome.output.contains(words), "\(words)")
    }
    #expect(outcome.output.split(separator: "\n").allSatisfy { $0.count <= 100 })
  }

  @Test func `The forms for programs say the same as the page`() async throws {
    let words = ["--role", "peak", "--strategy", "steepest", "--reference", "sgd: steepest"]
    let text = try await score(words).output
    let json = try await score(words + ["--format", "json"])
    let csv = try await score(words + ["--format", "csv"])
    let members = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect(members["format"] as? Int == 1)
    #expect((members["settings"] as? [String: Any])?["reference"] as? String == "sgd: steepest")
    let contenders = try #require(members["contenders"] as? [[String: Any]])
    let lines = csv.output.split(separator: "\n").map(String.init)
    #expect(lines.count == contenders.count + 1 && lines[0].hasPrefix("contender,optimizer,role,problems,"))
    for (contender, line) in zip(contenders, lines.dropFirst()) {
      let name = try #require(contender["contender"] as? String)
      let regret = try #require((contender["regret"] as? [String: Any])?["value"] as? Double)
      #expect(line.hasPrefix(name + ",") && line.contains(",peak,"))
      let row = try #require(text.split(separator: "\n").first { $0.hasPrefix(name + " ") })
      #expect(row.contains(String(format: " %.3f", regret)))
    }
    let problems = try #require(members["problems"] as? [[String: Any]])
    #expect(problems.count { $0["counts"] as? Bool == true } == members["problemCount"] as? Int)
  }

  @Test(arguments: [
    (["--reference", "adam: nothing", "--any-role"], Int32(64), "adam: best rate"),
    (["--optimizer", "adam", "--any-role"], 65, "two optimizers"),
    (["--role", "constant"], 65, "two optimizers"),
    (["--nemenyi"], 64, "--nemenyi"), (["--draws", "-1"], 64, "draws"),
  ])
  func `What cannot be compared is said in one line`(
    _ words: [String], _ status: Int32, _ complaint: String
  ) async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let copy = runner.path("store")
    try FileManager.default.copyItem(atPath: Repository.folder("datasets/outcomes/quick").path, toPath: copy)
    let outcome = await runner.run(["score", copy, "--across-optimizers"] + words)
    #expect(outcome.status == status && outcome.messages.contains(complaint), "\(outcome.messages)")
    #expect(outcome.messages.split(separator: "\n").count == 1 && outcome.output == "")
    let alone = await runner.run(["score", copy, "--reference", "adam: steepest"])
    #expect(alone.status == 64 && alone.messages.contains("--across-optimizers"))
  }
}
