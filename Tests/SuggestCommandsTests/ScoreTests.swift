import Foundation
import Testing

@testable import SuggestCommands

/// `suggest score` on the shipped outcomes.
struct ScoreTests {
  private static let quick = Repository.folder("datasets/outcomes/quick").path

  /// Runs the command on a copy, since a store's index may be written.
  private func score(_ words: String..., store: String = Self.quick) async throws -> CommandRunner.Outcome {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let copy = runner.path("store")
    try FileManager.default.copyItem(atPath: store, toPath: copy)
    return await runner.run(["score", copy] + words)
  }

  private func json(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test func `Each role has a table, and every line fits its page`() async throws {
    let outcome = try await score()
    #expect(outcome.status == 0, "\(outcome.messages)")
    #expect(outcome.messages == "")
    for words in [
      "of constant rates", "of peak rates", "best constant (left out)", "random rate", "left out",
    ] {
      #expect(outcome.output.contains(words), "\(words)")
    }
    #expect(outcome.output.split(separator: "\n").allSatisfy { $0.count <= 100 })
  }

  @Test func `The form for programs says the same as the page`() async throws {
    let text = try await score("--role", "peak").output
    let members = try json(try await score("--role", "peak", "--format", "json").output)
    #expect(members["format"] as? Int == 1)
    let headline = try #require(members["headline"] as? [[String: Any]])
    let steepest = try #require(headline.first { $0["contestant"] as? String == "steepest" })
    let regret = try #require((steepest["regret"] as? [String: Any])?["value"] as? Double)
    let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("steepest ") })
    #expect(line.contains(String(format: "%.3f", regret)))
    let verdict = try #require(members["verdict"] as? [[String: Any]])
    let sentences = verdict.compactMap { $0["text"] as? String }.joined(separator: " ")
    let words = { (text: String) in text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
    #expect(words(text).hasPrefix(words(sentences)))
    let scores = try #require(members["scores"] as? [[String: Any]])
    let seeds = scores.filter { $0["contestant"] as? String == "steepest" }.flatMap {
      ($0["suggestions"] as? [[String: Any]] ?? []).compactMap { $0["rangeTestSeed"] as? Double }
    }
    #expect(Set(seeds) == [1000, 1001, 1002])
  }

  @Test func `Mean ranks stand there when they are asked for`() async throws {
    let standard = Repository.folder("datasets/outcomes/standard").path
    let ranked = try await score(
      "--role", "peak", "--strategy", "min10", "--strategy", "steepest", "--strategy", "lightning", "--draws",
      "0", "--nemenyi", store: standard
    ).output
    #expect(ranked.contains("bars join what Nemenyi's test does not tell apart"))
    #expect(ranked.split(separator: "\n").allSatisfy { $0.count <= 100 })
    // The two that are near each other share a bar, Lightning's rule stands alone.
    for name in ["min10", "steepest"] { #expect(ranked.contains(" │  \(name)\n"), "\(name)") }
    #expect(ranked.contains(" \u{20}  lightning\n"))
    let few = try await score("--any-role", "--draws", "0", "--nemenyi").output
    #expect(few.contains("there are no mean ranks"))
    #expect(!(try await score("--any-role", "--draws", "0").output).contains("mean ranks"))
  }

  @Test func `Two strategies alone have the same difference as among all`() async throws {
    let among = try json(try await score("--any-role", "--format", "json").output)
    let alone = try json(
      try await score(
        "--any-role", "--format", "json", "--strategy", "steepest", "--strategy", "min10"
      ).output)
    let difference = { (members: [String: Any]) -> Double? in
      let pairs = members["pairs"] as? [[String: Any]]
      let pair = pairs?.first {
        Set([$0["first"] as? String, $0["second"] as? String]) == ["min10", "steepest"]
      }
      return (pair?["difference"] as? [String: Any])?["value"] as? Double
    }
    #expect(try abs(#require(difference(among))) == abs(#require(difference(alone))))
  }

  @Test func `A setting of range tests may be named whole or by its steps`() async throws {
    let any = try await score("--any-role", "--draws", "0", "--format", "csv").output
    for setting in ["1e-7...10, 100 steps", "100 steps", "100"] {
      let named = try await score("--any-role", "--draws", "0", "--format", "csv", "--range-test", setting)
      #expect(named.status == 0 && named.output == any, "\(setting): \(named.messages)")
    }
  }

  @Test(arguments: [
    (["--format", "json"], Int32(64), "--role"), (["--strategy", "stepest"], 64, "nearest: steepest"),
    (["--dataset", "nothing"], 64, "--dataset nothing"), (["--range-test", "5 steps"], 64, "--range-test"),
    (["--draws", "-1"], 64, "draws"),
  ])
  func `What cannot be scored is said in one line`(_ words: [String], _ status: Int32, _ complaint: String)
    async throws
  {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let copy = runner.path("store")
    try FileManager.default.copyItem(atPath: Self.quick, toPath: copy)
    let outcome = await runner.run(["score", copy] + words)
    #expect(outcome.status == status && outcome.messages.contains(complaint), "\(outcome.messages)")
    #expect(outcome.messages.split(separator: "\n").count == 1 && outcome.output == "")
  }

  @Test func `Where there is no store, one line says so`() async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let outcome = await runner.run("score", runner.path("nowhere"))
    #expect(outcome.status == 66 && outcome.messages.contains("nowhere"))
  }
}
