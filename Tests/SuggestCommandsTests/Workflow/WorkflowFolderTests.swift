import Foundation
import Testing

@testable import SuggestCommands

/// Folders that are not, or no longer, a workflow's.
@Suite struct WorkflowFolderTests {
  let runner: CommandRunner

  init() throws { runner = try CommandRunner() }

  private func run(_ folder: String, _ words: String...) async throws -> CommandRunner.Outcome {
    let path = try runner.file("test.yaml", SampleWorkflow.small)
    return await runner.run(["workflow", "run", path, "-o", runner.path(folder), "--until", "find"] + words)
  }

  private func expect(
    _ outcome: CommandRunner.Outcome, _ status: Int32, _ words: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(outcome.status == status, "\(outcome.messages)", sourceLocation: sourceLocation)
    #expect(outcome.messages.contains(words), "\(outcome.messages)", sourceLocation: sourceLocation)
    #expect(outcome.messages.split(separator: "\n").count == 1, sourceLocation: sourceLocation)
    #expect(outcome.output == "", sourceLocation: sourceLocation)
  }

  @Test func `What holds something else is refused and left as it is`() async throws {
    defer { runner.remove() }
    try FileManager.default.createDirectory(atPath: runner.path("d"), withIntermediateDirectories: true)
    try runner.file("d/letter.txt", "dear")
    expect(try await run("d"), 73, "d is not empty and holds no workflow")
    #expect(try FileManager.default.contentsOfDirectory(atPath: runner.path("d")) == ["letter.txt"])
    try runner.file("f", "a file")
    expect(try await run("f"), 73, "f")
    expect(try await run("f/w"), 73, "cannot write")
  }

  @Test func `Two workflows do not share a folder`() async throws {
    defer { runner.remove() }
    #expect(try await run("w").status == 0)
    let before = try WorkflowResults(runner.path("w"))
    let other = try runner.file("other.yaml", SampleWorkflow.small.replacing("test", with: "other"))
    for words in [[], ["--dry-run"]] {
      let outcome = await runner.run(["workflow", "run", other, "-o", runner.path("w")] + words)
      expect(outcome, 73, "w holds the workflow test, not other: choose another folder with --output")
    }
    #expect(try WorkflowResults(runner.path("w")) == before)
  }

  @Test func `A damaged list of stages is an error`() async throws {
    defer { runner.remove() }
    #expect(try await run("w").status == 0)
    let path = runner.path("w/stages.jsonl")
    let line = try String(contentsOfFile: path, encoding: .utf8)
    for (text, words) in [
      (line.replacing("\"points\":2", with: "\"points\":3"), "stages.jsonl, line 1: the line was damaged"),
      (line + "hello\n", "stages.jsonl, line 2: no JSON"),
      (line + "{\"a\":1}\n", "line 2: no stage of a workflow"),
      (line + line.replacing("\"measured\":", with: "\"measure\":"), "line 2: the line was damaged"),
      (
        line.replacing("suggestWorkflow\":1", with: "suggestWorkflow\":2"),
        "is of format 2, this program reads 1"
      ),
    ] {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      expect(try await run("w"), 65, words)
      expect(try await run("w", "--dry-run"), 65, words)
    }
  }

  @Test(arguments: [false, true]) func `What a crash left of a line does not count`(_ isNearlyWhole: Bool)
    async throws
  {
    defer { runner.remove() }
    #expect(try await run("w").status == 0)
    let path = runner.path("w/stages.jsonl")
    let line = try String(contentsOfFile: path, encoding: .utf8)
    let rest = isNearlyWhole ? String(line.dropLast()) : "{\"suggest"
    try Data((line + rest).utf8).write(to: URL(fileURLWithPath: path))
    #expect(try await run("w").output.hasPrefix("find is done"))
    #expect(try await run("w", "--set", "find.seed=5").status == 0)
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    #expect(lines.count == 2 && lines[0] == line.dropLast())
  }

  @Test func `Without --output it lies in the store, which stays one`() async throws {
    defer { runner.remove() }
    let path = try runner.file("test.yaml", SampleWorkflow.small)
    let outcome = await runner.run("workflow", "run", path, "--until", "find")
    #expect(outcome.status == 0, "\(outcome.messages)")
    #expect(outcome.output.contains("in \(runner.path("runs"))/workflows/test"))
    #expect(
      await runner.run("record", "--dataset", "digits", "--model", "mlp-8", "--num-it", "20").status == 0)
    #expect(await runner.run("store", "check").status == 0)
    #expect(await runner.run("plot").status == 0)
  }
}
