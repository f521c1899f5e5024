import Foundation
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

  @Test func `An unfinished workflow and a folder without one have no notebook`() async throws {
    defer { runner.remove() }
    let path = try runner.file("test.yaml", SampleWorkflow.small)
    #expect(await runner.run("workflow", "run", path, "-o", runner.path("w"), "--until", "find").status == 0)
    for (folder, status, words) in [
      ("w", Int32(66), "stage fit in \(runner.path("w")) is not done yet"),
      ("nowhere", 66, "holds no stage that is done"), (".", 73, "holds no workflow"),
    ] {
      let outcome = await runner.run(
        "workflow", "notebook", runner.path(folder), "-o", runner.path("n"))
      #expect(outcome.status == status, "\(outcome.messages)")
      #expect(outcome.messages.contains(words), "\(outcome.messages)")
      #expect(!FileManager.default.fileExists(atPath: runner.path("n")))
    }
  }
}
