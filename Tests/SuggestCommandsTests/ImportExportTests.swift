import Foundation
import Testing

@testable import SuggestCommands

struct ImportExportTests {
  private static let line =
    #"{"kind":"outcome","task":{"dataset":"letter","model":"mlp","optimizer":"adam"},"learningRate":0.001,"seed":0,"#
    + #""status":"finished","loss":0.41,"untrainedLoss":3.3}"#

  @Test func `Shipped outcomes come back the same through export and import`() async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let shipped = runner.path("shipped")
    try FileManager.default.copyItem(
      atPath: Repository.folder("datasets/outcomes/quick").path, toPath: shipped)
    let first = await runner.run("export", "outcomes", "--store", shipped)
    #expect(first.status == 0)
    let file = try runner.file("quick.jsonl", first.output)
    let imported = await runner.run("import", "outcomes", file, "--store", runner.path("again"))
    #expect(imported.status == 0, "\(imported.messages)")
    let second = await runner.run("export", "outcomes", "--store", runner.path("again"))
    let lines = { (text: String) in text.split(separator: "\n").sorted() }
    #expect(lines(second.output) == lines(first.output))
    // Every table but those with times, which are not exported.
    let strategies = ["--strategy", "steepest", "--strategy", "fastai-valley"]
    for store in ["shipped", "again"] {
      let words = ["export", "csv", "--store", runner.path(store), "-o", runner.path("csv-" + store)]
      let outcome = await runner.run(words + strategies)
      #expect(outcome.status == 0, "\(outcome.messages)")
    }
    for name in ["tasks.csv", "curves.csv", "suggestions.csv", "README.md"] {
      let texts = try ["shipped", "again"].map {
        try String(contentsOfFile: runner.path("csv-\($0)/\(name)"), encoding: .utf8)
      }
      #expect(texts[0] == texts[1], "\(name)")
    }
  }

  @Test func `What was exported and imported has the same scores`() async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let shipped = runner.path("shipped")
    try FileManager.default.copyItem(
      atPath: Repository.folder("datasets/outcomes/quick").path, toPath: shipped)
    let lines = await runner.run("export", "outcomes", "--store", shipped)
    // Rates that were trained only because a strategy suggested them are no part of the grid.
    #expect(lines.output.contains(#""suggested":true"#))
    let file = try runner.file("quick.jsonl", lines.output)
    _ = await runner.run("import", "outcomes", file, "--store", runner.path("again"))
    var scores: [String] = []
    for store in ["shipped", "again"] {
      let outcome = await runner.run(
        "score", runner.path(store), "--role", "peak", "--draws", "200", "--format", "csv")
      #expect(outcome.status == 0 && outcome.messages == "", "\(outcome.messages)")
      scores.append(outcome.output)
    }
    #expect(scores[0] == scores[1])
  }

  @Test func `Standard input is a file too, and importing twice says so`() async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let first = await runner.run("import", "outcomes", "-", input: Self.line)
    #expect(first.output.hasPrefix("1 outcome and 0 curves imported"))
    let again = await runner.run("import", "outcomes", "-", input: Self.line)
    #expect(again.output.contains("0 outcomes and 0 curves"))
    #expect(again.output.contains("1 there already"))
  }

  @Test(arguments: [
    ("", "empty"), ("rate,loss\n1,2\n", "columns"), ("{", "line 1"), ("[1]", "columns"),
    (#"{"kind":"outcome"}"#, "task"),
  ])
  func `A file that is no outcomes is refused in one line, and no store is made`(
    _ text: String, _ named: String
  ) async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let result = await runner.run("import", "outcomes", try runner.file("bad", text))
    #expect(result.status == ExitStatus.unusableData.rawValue)
    #expect(result.messages.split(separator: "\n").count == 1)
    #expect(result.messages.contains(named), "\(result.messages)")
    #expect(!FileManager.default.fileExists(atPath: runner.path("runs")))
  }

  @Test func `What is missing is named`() async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    #expect(await runner.run("import", "outcomes", runner.path("none")).status == 66)
    #expect(await runner.run("export", "outcomes").status == 66)
    #expect(await runner.run("export", "csv", "-o", runner.path("out")).status == 66)
    _ = await runner.run("import", "outcomes", "-", input: Self.line)
    #expect(await runner.run("export", "csv", "-o", runner.path("no/such/folder")).status == 73)
    #expect(await runner.run("export", "csv", "--strategy", "none", "-o", runner.path("out")).status == 64)
  }
}
