import Foundation
import Reporting
import Testing

@testable import SuggestCommands

@Suite struct WorkflowNotebookTests {
  let runner: CommandRunner

  init() throws { runner = try CommandRunner() }

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: runner.path(name), encoding: .utf8)
  }

  @Test func `The notebook of a workflow tells every stage, and is the same when written again`() async throws
  {
    defer { runner.remove() }
    let path = try runner.file("test.yaml", SampleWorkflow.whole)
    #expect(await runner.run("workflow", "run", path, "-o", runner.path("w")).status == 0)
    let outcome = await runner.run("workflow", "notebook", runner.path("w"), "-o", runner.path("n"))
    #expect(outcome.status == 0, "\(outcome.messages)")
    #expect(outcome.output == "\(runner.path("n"))/test.ipynb\n")
    let page = try text("n/test.md")
    for words in [
      "# Test\n", "| find | `suggest record --dataset digits --model mlp-8 --num-it 80` |", "## 1. find",
      "## 2. fit", "which steepest read from find: the loss falls fastest", "## 3. again", "trained already",
      "## 4. last", "A training at the rate 1.00e-03, as the workflow says.",
      "`suggest record --dataset digits "
        + "--model mlp-8 --from fit.safetensors`", "## What came out", "together", "- data set: digits",
    ] {
      #expect(page.contains(words), "\(words)")
    }
    // Every strategy answers or abstains, on each of the two range tests.
    let answers = try text("n/data/test-answers.csv").split(separator: "\n")
    let names = await runner.run("strategies", "--format", "json").output.matches(of: /"strategy":"([^"]+)"/)
    #expect(answers.count == 1 + 2 * names.count)
    for name in names {
      #expect(page.split(separator: "\n").count { $0.hasPrefix("\(name.1) ") } >= 2, "\(name.1)")
    }
    for stage in ["find", "fit", "again", "last"] {
      #expect(page.contains("](figures/test-\(stage).png)"))
      #expect(FileManager.default.fileExists(atPath: runner.path("n/figures/test-\(stage).png")))
    }
    let notebook = try JSONResult(text("n/test.ipynb"))
    #expect(try notebook.list("cells").count > 10)
    #expect(await runner.run("workflow", "notebook", runner.path("w"), "-o", runner.path("m")).status == 0)
    for name in ["test.md", "test.ipynb", "data/test-curves.csv", "figures/test-find.png"] {
      #expect(
        FileManager.default.contentsEqual(
          atPath: runner.path("n/\(name)"), andPath: runner.path("m/\(name)")), "\(name)")
    }
  }

  @Test func `Stages that were removed or moved are told so although nothing runs`() async throws {
    defer { runner.remove() }
    func run(_ text: String) async throws -> CommandRunner.Outcome {
      let path = try runner.file("test.yaml", text)
      return await runner.run("workflow", "run", path, "-o", runner.path("w"))
    }
    func told() async throws -> [Substring] {
      let outcome = await runner.run("workflow", "notebook", runner.path("w"), "-o", runner.path("n"))
      #expect(outcome.status == 0, "\(outcome.messages)")
      return try text("n/test.md").matches(of: /\n## \d+\. (\w+)/).map(\.1)
    }
    let stages = SampleWorkflow.whole.components(separatedBy: "  - ")
    #expect(try await run(SampleWorkflow.whole).status == 0)
    #expect(try await told() == ["find", "fit", "again", "last"])
    let moved = [stages[0], stages[1], stages[2], stages[4], stages[3]].joined(separator: "  - ")
    #expect(try await run(moved).output.contains("4 stages done before, 0 stages now"))
    #expect(try await told() == ["find", "fit", "last", "again"])
    let fewer = stages[0..<4].joined(separator: "  - ")
    #expect(try await run(fewer).output.contains("3 stages done before, 0 stages now"))
    #expect(try await told() == ["find", "fit", "again"])
    let lines = try text("w/stages.jsonl").split(separator: "\n").count
    #expect(try await run(fewer).messages == "")
    #expect(try text("w/stages.jsonl").split(separator: "\n").count == lines, "said once")
    // What a stage wrote is not told where it is another.
    try runner.file("w/again.json", "{}")
    let changed = await runner.run("workflow", "notebook", runner.path("w"), "-o", runner.path("n"))
    #expect(changed.status == 65)
    #expect(
      changed.messages.contains("again.json is missing or not what the stage again wrote"),
      "\(changed.messages)")
  }

  @Test func `The dots of a range test lie at the suggested rates, also beyond the curve`() {
    let line = [0.01, 0.1, 1].map { CurveFigure.Point(learningRate: $0, loss: 2 - $0) }
    let figure = CurveFigure(
      title: "", points: line, smoothed: line,
      marks: [
        .init(name: "a", learningRate: 0.1, point: line[2]),
        .init(name: "b", learningRate: 0.001, point: line[0]),
        .init(name: "c", learningRate: 0.5, point: line[1]),
      ])
    #expect(figure.dotPlace == .reading)
    let marked = figure.marking(["a", "b"])
    #expect(marked.dotPlace == .suggestedRate)
    #expect(
      marked.marks.map(\.point.learningRate) == [0.1, 0.001] && marked.marks.map(\.point.loss) == [1.9, 1.99])
  }

  @Test func `An unfinished workflow and a folder without one have no notebook`() async throws {
    defer { runner.remove() }
    let path = try runner.file("test.yaml", SampleWorkflow.small)
    #expect(await runner.run("workflow", "run", path, "-o", runner.path("w"), "--until", "find").status == 0)
    for (folder, status, words) in [
      ("test.yaml", Int32(65), "test.yaml is no workflow's folder"),
      ("w", 66, "stage fit in \(runner.path("w")) is not done yet"),
      ("nowhere", 66, "holds no stage that is done"),
      (".", 65, "is no workflow's folder: name the one that suggest workflow run prints"),
    ] {
      let outcome = await runner.run(
        "workflow", "notebook", runner.path(folder), "-o", runner.path("n"))
      #expect(outcome.status == status, "\(outcome.messages)")
      #expect(outcome.messages.contains(words), "\(outcome.messages)")
      #expect(!FileManager.default.fileExists(atPath: runner.path("n")))
    }
  }
}
