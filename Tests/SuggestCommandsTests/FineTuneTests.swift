import ArgumentParser
import CurveModel
import Foundation
import ModelZoo
import Synchronization
import Testing
import TrainingEngine

@testable import SuggestCommands

@Suite struct FineTuneTests {
  private static let model = [
    "--dataset", "digits", "--model", "resnet18-small-width4-fastai", "--batch-size", "32",
  ]

  /// Weights of a backbone with its published classifier, as a user brings them.
  private func backbone(_ runner: CommandRunner) async throws -> String {
    let path = runner.path("backbone.safetensors")
    let outcome = await runner.run(
      [
        "train", "--dataset", "digits", "--model", "resnet18-small-width4", "--lr", "0.02", "--steps", "30",
        "--save", path,
      ])
    #expect(outcome.status == 0, "\(outcome.messages)")
    return path
  }

  private func tensors(_ path: String) throws -> [String: [Float]] {
    let checkpoint = try Checkpoint.read(from: path)
    return try Dictionary(
      uniqueKeysWithValues: checkpoint.names.map { name in
        (name, try #require(checkpoint[name]).floats())
      })
  }

  @Test("fine-tune trains the head first, then everything, and learns; the same bits with two threads")
  func twoPhases() async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let weights = try await backbone(runner)
    var saved: [Data] = []
    for threads in ["1", "2"] {
      let path = runner.path("tuned-\(threads).safetensors")
      let outcome = await runner.run(
        ["train"] + Self.model + [
          "--from", weights, "--fresh", "head", "--optimizer", "fastai-adam", "--schedule", "fine-tune",
          "--epochs", "2",
          "--lr", "0.01", "--threads", threads, "--save", path, "--format", "json",
          "--report", runner.path("page.html"),
        ])
      #expect(outcome.status == 0, "\(outcome.messages)")
      let result = try JSONResult(outcome.output)
      #expect(try result.text("status") == "finished")
      #expect(try result.object("task").text("schedule") == "fine-tune")
      #expect(try result.number("stepsTaken") == 3 * 44)
      #expect(try result.number("error") < 0.25)
      saved.append(try Data(contentsOf: URL(fileURLWithPath: path)))
    }
    #expect(saved[0] == saved[1])
    // The page tells the groups of both phases.
    let page = try String(contentsOfFile: runner.path("page.html"), encoding: .utf8)
    #expect(page.contains("<dt>Parameter groups, frozen body</dt>"))
    #expect(page.contains("<dt>Parameter groups, everything</dt>") && page.contains("rate × 0.01"))
  }

  @Test("an interruption while the trained network classifies is said")
  func interruptsClassification() async throws {
    let said = Mutex("")
    let console = Console(
      output: { _ in }, message: { text in said.withLock { $0 += text } }, now: { 0 },
      variable: { $0 == "SUGGEST_DATA" ? Repository.folder("datasets").path : nil })
    let words = ["--dataset", "digits", "--model", "mlp-4", "--lr", "0.1", "--report", "x.html"]
    let plan = try Console.$current.withValue(console) { try TrainCommand.parse(words).plan(console) }
    let task = try LoadedTask(plan.training, console: console)
    // As a signal, the end of the task that it runs in ends it between two batches.
    let isClassified = try await Task {
      let trainer = try task.trainer(seed: 0)
      withUnsafeCurrentTask { $0?.cancel() }
      var result = TrainResult()
      result.end = .finished
      let interruption = Interruption()
      defer { interruption.stopListening() }
      return TrainRun(plan: plan, console: console).classify(by: trainer, task, after: result, interruption)?
        .result != nil
    }.value
    #expect(!isClassified)
    #expect(said.withLock { $0 }.contains("interrupted while the held-out samples were classified"))
  }

  @Test("a frozen body keeps its weights, and with --train-norms only its batch norms move")
  func trainsNorms() async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let weights = try await backbone(runner)
    let before = try tensors(weights)
    for norms in [false, true] {
      let path = runner.path("frozen-\(norms).safetensors")
      let outcome = await runner.run(
        ["train"] + Self.model + [
          "--from", weights, "--fresh", "head", "--freeze", "body", "--lr", "0.01", "--steps", "5", "--save",
          path,
        ] + (norms ? ["--train-norms"] : []))
      #expect(outcome.status == 0, "\(outcome.messages)")
      let after = try tensors(path)
      for (name, values) in before where !name.hasPrefix("fc.") {
        let isStatistic = name.contains("running_")
        let isNorm = name.contains("bn") || name.contains("downsample.1")
        #expect((after[name] == values) == !(isStatistic || isNorm && norms), "\(name)")
      }
    }
  }

  @Test("the rate may come from a strategy's look at the frozen phase")
  func suggestedRate() async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let outcome = await runner.run(
      ["train"] + Self.model + [
        "--from", try await backbone(runner), "--fresh", "head", "--schedule", "fine-tune", "--epochs", "1",
        "--freeze-epochs", "2", "--lr", "min10", "--format", "json",
      ])
    #expect(outcome.status == 0, "\(outcome.messages)")
    let result = try JSONResult(outcome.output)
    #expect(try result.object("task").text("schedule") == "fine-tune(frozenEpochs: 2)")
    #expect(try result.object("suggestion").text("strategy") == "min10")
    #expect(outcome.messages.contains("suggests"))
  }

  @Test(
    "what does not go together is said in one line",
    arguments: [
      (
        ["--schedule", "fine-tune", "--from", "w.pth", "--freeze", "body"],
        "--freeze body does not go with --schedule fine-tune"
      ),
      (
        ["--schedule", "fine-tune", "--from", "w.pth", "--rate-factor", "body=0.1"],
        "--rate-factor body=0.1 does not go with"
      ),
      (["--schedule", "fine-tune"], "--schedule fine-tune: without --from there are no trained weights"),
      (["--schedule", "fine-tune", "--final-lr", "0"], "--final-lr does not go with --schedule fine-tune"),
      (["--schedule", "fine-tune", "--warm-up", "0.1"], "--warm-up does not go with --schedule fine-tune"),
      (["--schedule", "fine-tune", "--freeze-epochs=-1"], "--freeze-epochs -1"),
      (["--freeze-epochs", "1"], "--freeze-epochs 1 goes with --schedule fine-tune only"),
      (["--train-norms"], "--train-norms: without --freeze"),
      (["--size", "64"], "--size: digits is no data set of photographs"),
      (["--schedule", "fine-tun"], "fine-tune"),
    ])
  func misuse(arguments: [String], words: String) async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let outcome = await runner.run(["train"] + Self.model + ["--lr", "0.01"] + arguments)
    #expect(outcome.status == 64)
    #expect(outcome.messages.contains(words), "\(outcome.messages)")
    #expect(outcome.output.isEmpty)
  }
}
