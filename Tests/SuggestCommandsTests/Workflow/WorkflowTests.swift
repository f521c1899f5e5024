import CurveModel
import Foundation
import Testing

@testable import SuggestCommands

@Suite struct WorkflowTests {
  let runner: CommandRunner

  init() throws { runner = try CommandRunner() }

  private func run(_ text: String = SampleWorkflow.whole, to folder: String = "w", _ words: String...)
    async throws
    -> CommandRunner.Outcome
  {
    let path = try runner.file("test.yaml", text)
    return await runner.run(["workflow", "run", path, "-o", runner.path(folder)] + words)
  }

  private func results(_ folder: String = "w") throws -> WorkflowResults {
    try WorkflowResults(runner.path(folder))
  }

  @Test func `All stages are done once, and give the same bits in another folder`() async throws {
    defer { runner.remove() }
    let outcome = try await run()
    #expect(outcome.status == 0, "\(outcome.messages)")
    #expect(outcome.output.hasSuffix("test: 0 stages done before, 4 stages now, in \(runner.path("w"))\n"))
    #expect(outcome.output.contains("fit: rate ") && outcome.output.contains("(steepest on find)"))
    let first = try results()
    #expect(first.names == ["find", "fit", "again", "last"])
    let expected = ["find", "again"].flatMap { ["\($0).jsonl", "\($0).json", "\($0).svg"] }
    #expect(Set(expected + ["fit.safetensors", "last.safetensors"]).isSubset(of: first.files.keys))
    #expect(!FileManager.default.fileExists(atPath: runner.path("w/unfinished")))
    let again = try await run()
    #expect(again.output.hasPrefix("find is done\nfit is done\nagain is done\nlast is done\n"))
    #expect(again.messages == "")
    #expect(try results() == first)
    #expect(try await run(to: "other", "--set", "threads=2").status == 0)
    let other = try results("other")
    #expect(other.files["fit.safetensors"] == first.files["fit.safetensors"])
    #expect(other.files["last.safetensors"] == first.files["last.safetensors"])
    #expect(other.files["find.json"] == first.files["find.json"])
    #expect(try await run(to: "third").status == 0)
    #expect(try results("third").differences(from: first) == [])
  }

  @Test
  func `A strategy is told the use, the optimizer and the steps, as train and the printed command tell it`()
    async throws
  {
    defer { runner.remove() }
    let text = """
      workflow: told
      defaults: {dataset: digits, model: mlp-64, seed: 3}
      stages:
        - name: find
          record: {num-it: 100}
        - name: fit
          train: {lr: learned, epochs: 2}
      """
    let shown = await runner.run([
      "workflow", "show", try runner.file("test.yaml", text), "-o", runner.path("w"),
    ])
    let words = "suggest --strategy learned --for constant --optimizer sgd --steps 44 --format value "
    #expect(shown.output.contains("$(\(words)"), "\(shown.output) \(shown.messages)")
    let outcome = try await run(text)
    #expect(outcome.status == 0, "\(outcome.messages)")
    let asked = await runner.run(
      words.split(separator: " ").dropFirst().map(String.init) + [runner.path("w/find.jsonl")])
    let rate = try #require(Double(asked.output.trimmingCharacters(in: .whitespacesAndNewlines)))
    #expect(
      outcome.output.contains("fit: rate \(rate.text(digits: 3)) (learned on find)"), "\(outcome.output)")
  }

  @Test func `A change does its stage again, and those that build on it; threads change nothing`()
    async throws
  {
    defer { runner.remove() }
    #expect(try await run().status == 0)
    #expect(try await run(to: "w", "--set", "threads=2").messages == "")
    #expect(
      try await run(to: "w", "--set", "last.lr=2e-3").output.contains("3 stages done before, 1 stage now"))
    #expect(try await run(to: "w", "--set", "last.lr=0.002").messages == "")
    let changed = try await run(to: "w", "--set", "fit.epochs=2", "--set", "last.lr=0.002")
    #expect(changed.output.hasPrefix("find is done\nfit: "))
    #expect(try results().names == ["find", "fit", "again", "last", "last", "fit", "again", "last"])
    // The files are those of the latest change, so that going back does it again.
    #expect(try await run().output.contains("1 stage done before, 3 stages now"))
    let seed = try await run(to: "w", "--set", "seed=3", "--dry-run")
    #expect(seed.output.contains("find is to do: what decides it has changed"))
    #expect(seed.output.contains("fit is to do after find"))
  }

  @Test func `A file that is missing or changed makes its stage run again`() async throws {
    defer { runner.remove() }
    #expect(try await run().status == 0)
    let first = try results()
    try FileManager.default.removeItem(atPath: runner.path("w/fit.safetensors"))
    #expect(try await run(to: "w", "--dry-run").output.contains("fit.safetensors is missing"))
    let outcome = try await run()
    // The same weights come out, so that nothing else changes.
    #expect(outcome.output.contains("3 stages done before, 1 stage now"), "\(outcome.output)")
    #expect(try results().files == first.files)
    try runner.file("w/again.json", "{}")
    #expect(try await run(to: "w", "--dry-run").output.contains("again.json is not what the stage wrote"))
    #expect(try await run().status == 0)
    #expect(try results().files == first.files)
  }

  @Test func `A strategy that abstains and a training that diverges end it with 3`() async throws {
    defer { runner.remove() }
    let outcome = try await run(SampleWorkflow.whole.replacing("num-it: 80", with: "num-it: 3"))
    #expect(outcome.status == 3)
    #expect(outcome.messages.contains("stage fit: steepest abstains on the range test of find: "))
    #expect(outcome.messages.contains("give lr another strategy or a number"))
    #expect(try results().names == ["find"])
    let listing = try await run(
      SampleWorkflow.whole.replacing("num-it: 80", with: "num-it: 3"), to: "w", "--dry-run")
    #expect(listing.output.contains("fit cannot be done: stage fit: steepest abstains"))
    let diverged = try await run(SampleWorkflow.whole.replacing("lr: steepest", with: "lr: 1e30"), to: "d")
    #expect(diverged.status == 3)
    #expect(
      diverged.messages.contains(
        "stage fit is not done: a training that diverges leaves no weights; give it a lower lr"))
    #expect(try results("d").names == ["find"])
  }

  @Test func `A stage can be the last; a dry run creates nothing`() async throws {
    defer { runner.remove() }
    let listing = try await run(SampleWorkflow.whole, to: "w", "--dry-run")
    #expect(listing.status == 0)
    #expect(listing.output.hasPrefix("find is to do: new\n  suggest record --dataset digits"))
    #expect(!FileManager.default.fileExists(atPath: runner.path("w")))
    #expect(try await run(SampleWorkflow.whole, to: "w", "--until", "fit").status == 0)
    #expect(try results().names == ["find", "fit"])
    let wrong = try await run(SampleWorkflow.whole, to: "w", "--until", "fti")
    #expect(wrong.status == 64)
    #expect(wrong.messages.contains("the stages of test are find, fit, again, last"))
  }

  @Test func `Defaults, those of one command and settings each give way to the next`() async throws {
    defer { runner.remove() }
    let text = SampleWorkflow.small.replacing(
      "  model: mlp-8",
      with: """
          model: mlp-8
          weight-decay: 0.1
          exact: true
          seed: 1
          record: {seed: 2, validation-samples: 5}
          train: {freeze: [body], set: [steepest.bandwidth=0.4]}
        """
    ).replacing("      epochs: 1", with: "      epochs: 1\n      weight-decay: ~\n      exact: false")
    let path = try runner.file("test.yaml", text)
    let shown = await runner.run(
      "workflow", "show", path, "-o", "w", "--set", "fit.freeze=body", "--set", "seed=7")
    #expect(shown.status == 0, "\(shown.messages)")
    #expect(
      shown.output == """
        # find
        suggest record --dataset digits --model mlp-8 --weight-decay 0.1 --exact --num-it 20 --seed 2 --validation-samples 5

        # fit
        suggest train --dataset digits --model mlp-8 --lr "$(suggest --strategy steepest --set 'steepest.bandwidth=0.4' --format value w/find.jsonl)" --epochs 1 --freeze body --seed 7 --save w/fit.safetensors

        # again
        suggest record --dataset digits --model mlp-8 --weight-decay 0.1 --from w/fit.safetensors --exact --seed 2 --validation-samples 5

        """)
    let set = await runner.run("workflow", "show", path, "--set", "record.seed=9", "--set", "again.seed=10")
    #expect(set.output.contains("--num-it 20 --seed 9") && set.output.contains("--exact --seed 10"))
    // A stage called as a command is meant, not all that do the same.
    try runner.file("test.yaml", text.replacing("name: find", with: "name: record"))
    let named = await runner.run("workflow", "show", path, "--set", "record.num-it=30")
    #expect(named.output.contains("--num-it 30") && named.output.ranges(of: "--num-it").count == 1)
  }

  @Test func `The shipped workflow of digits shows its four stages`() async throws {
    defer { runner.remove() }
    let shown = await runner.run("workflow", "show", Repository.folder("workflows/digits.yaml").path)
    #expect(shown.status == 0, "\(shown.messages)")
    #expect(shown.output.split(separator: "\n").count { $0.hasPrefix("suggest ") } == 4)
  }

  @Test(arguments: ["cats-vs-dogs", "cats-vs-dogs-from-scratch", "pet-breeds"])
  func `The shipped workflows of photographs are workflows`(_ name: String) async throws {
    defer { runner.remove() }
    // Their weights may not be here; a stage without any cannot have a fresh head.
    let weights = try runner.file("weights.safetensors", "")
    let words = name.hasSuffix("scratch") ? [] : ["--set", "from=\(weights)"]
    let shown = await runner.run(
      ["workflow", "show", Repository.folder("workflows/\(name).yaml").path] + words)
    #expect(shown.status == 0, "\(shown.messages)")
    #expect(shown.output.contains("suggest train --dataset pets"))
  }
}
