import Foundation
import Testing

@testable import SuggestCommands

/// What only a real process shows: signals, and two programs at once.
@Suite struct WorkflowProcessTests {
  let runner: CommandRunner
  let program: Program

  init() throws {
    runner = try CommandRunner()
    program = try Program.built()
    try runner.file("test.yaml", SampleWorkflow.whole)
    // Long enough for a signal to come while it trains.
    try runner.file(
      "long.yaml", SampleWorkflow.whole.replacing("epochs: 1", with: "steps: 100000000", maxReplacements: 1))
  }

  private func shell(_ line: String) throws -> Program.Outcome {
    try program.shell(
      line, in: runner.folder, environment: ["SUGGEST_DATA": Repository.folder("datasets").path])
  }

  @Test func `Killed again and again, it ends with what an undisturbed run gives`() throws {
    defer { runner.remove() }
    let whole = try shell("suggest workflow run test.yaml -o whole")
    #expect(whole.status == 0, "\(whole.messages)")
    // Ever later, so that every stage and what is between them is hit; each time goes on from where it was.
    let outcome = try shell(
      """
      for pause in 0.15 0.25 0.35 0.45 0.55 0.65 0.75 0.85 0.95 1.1 1.3 1.5; do
        suggest workflow run test.yaml -o killed >>out.txt 2>>err.txt & pid=$!
        sleep $pause
        kill -9 $pid 2>/dev/null
        wait $pid
      done
      suggest workflow run test.yaml -o killed
      """)
    #expect(outcome.status == 0, "\(outcome.messages)")
    let results = try WorkflowResults(runner.path("killed"))
    #expect(results == (try WorkflowResults(runner.path("whole"))))
    #expect(results.names.count == 4)
  }

  @Test(arguments: [("INT", Int32(130)), ("TERM", 143)])
  func `A signal ends the stage at hand, and the same command goes on`(_ signal: String, _ status: Int32)
    throws
  {
    defer { runner.remove() }
    let outcome = try shell(
      """
      env --default-signal=INT suggest workflow run long.yaml -o w 2>err.txt & pid=$!
      while ! grep -q 'validation loss' err.txt; do kill -0 $pid 2>/dev/null || break; sleep 0.05; done
      suggest workflow run long.yaml -o w; echo $? >second.txt
      kill -\(signal) $pid
      wait $pid
      """)
    let messages = try String(contentsOfFile: runner.path("err.txt"), encoding: .utf8)
    #expect(outcome.status == status, "\(messages)")
    #expect(messages.contains("interrupted in stage fit: the same command goes on with it"))
    // Meanwhile nobody else may work in the folder.
    #expect(outcome.messages.contains("another program runs a workflow in w"), "\(outcome.messages)")
    #expect(try String(contentsOfFile: runner.path("second.txt"), encoding: .utf8) == "73\n")
    let results = try WorkflowResults(runner.path("w"))
    #expect(results.names == ["find"])
    #expect(results.files["fit.safetensors"] == nil)
    let again = try shell("suggest workflow run test.yaml -o w")
    #expect(again.output.hasPrefix("find is done\nfit: "), "\(again.messages)")
  }

  @Test func `The commands that are shown give the weights that the workflow gives`() throws {
    defer { runner.remove() }
    #expect(try shell("suggest workflow run test.yaml -o w").status == 0)
    let script = try shell("suggest workflow show test.yaml -o w >w.sh; cp -r w v; sh -e w.sh")
    #expect(script.status == 0, "\(script.messages)")
    for stage in ["fit", "last"] {
      #expect(try shell("cmp w/\(stage).safetensors v/\(stage).safetensors").status == 0, "\(stage)")
    }
    // The curves went into the store; but for its name the first is that of the workflow.
    #expect(try shell("cmp \"runs/curves/$(ls -tr runs/curves | head -n 1)\" w/find.jsonl").status == 0)
  }
}
