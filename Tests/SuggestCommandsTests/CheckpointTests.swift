import CurveModel
import Foundation
import ModelZoo
import Synchronization
import Testing

@testable import SuggestCommands

/// Weights that are saved, and weights that a training begins with.
@Suite struct CheckpointTests {
  private static let digits = ["--dataset", "digits", "--format", "json"]

  /// Runs `train`, and returns its result.
  private func train(_ runner: CommandRunner, _ words: String...) async throws -> JSONResult {
    let outcome = await runner.run(["train"] + Self.digits + words)
    #expect(outcome.status == 0, "\(outcome.messages)")
    return try JSONResult(outcome.output)
  }

  private func values(_ checkpoint: Checkpoint, where fits: (String) -> Bool) throws -> [[UInt32]] {
    try checkpoint.names.filter(fits).map { name in
      try #require(checkpoint[name]).floats().map(\.bitPattern)
    }
  }

  @Test("what is saved is where the next training begins", arguments: ["mlp-bn-16", "cnn-4", "resnet8"])
  func roundTrip(_ model: String) async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let file = runner.path("weights.safetensors")
    let first = try await train(runner, "--model", model, "--lr", "0.05", "--steps", "15", "--save", file)
    #expect(try first.text("saved") == file)
    let again = runner.path("again.safetensors")
    let second = try await train(
      runner, "--model", model, "--lr", "1e-30", "--steps", "1", "--from", file, "--save", again,
      "--seed", "9", "--momentum", "0")
    // Another seed would have drawn other weights.
    #expect(try second.number("untrainedLoss") == first.number("loss"))
    // A step at no rate to speak of leaves the learned weights as they are.
    let (saved, repeated) = (try Checkpoint.read(from: file), try Checkpoint.read(from: again))
    let isLearned = { (name: String) in !name.contains("running_") }
    #expect(saved.names == repeated.names && saved.names.contains(where: isLearned))
    #expect(try values(saved, where: isLearned) == values(repeated, where: isLearned))
    #expect(saved.metadata["model"] == model && saved.metadata["format"] == "pt")
    let folder = try FileManager.default.contentsOfDirectory(atPath: runner.folder.path)
    #expect(folder.sorted() == ["again.safetensors", "weights.safetensors"], "nothing half-written is left")
  }

  @Test("weights that are no finite numbers are refused", arguments: [Float.nan, .infinity])
  func refusesWorthlessWeights(_ value: Float) async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let file = runner.path("weights.safetensors")
    _ = try await train(runner, "--model", "mlp-16", "--lr", "0.1", "--steps", "1", "--save", file)
    var bytes = try Data(contentsOf: URL(fileURLWithPath: file))
    bytes.replaceSubrange(bytes.count - 4..<bytes.count, with: withUnsafeBytes(of: value) { Data($0) })
    try bytes.write(to: URL(fileURLWithPath: file))
    let outcome = await runner.run(
      ["train"] + Self.digits + ["--model", "mlp-16", "--lr", "0.1", "--steps", "1", "--from", file])
    #expect(outcome.status == 65 && outcome.output.isEmpty)
    #expect(outcome.messages.contains("no finite numbers"))
  }

  @Test("weights are saved although nobody reads the table to its end")
  func savesUnread() async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let file = runner.path("weights.safetensors")
    let surroundings = [
      "SUGGEST_STORE": runner.path("runs"), "SUGGEST_DATA": Repository.folder("datasets").path,
    ]
    let said = Mutex("")
    let console = Console(
      pipedInput: { nil }, output: { _ in throw OutputError.standardOutput(reason: "Broken pipe") },
      message: { text in said.withLock { $0 += text } }, now: { 1_700_000_000 },
      variable: { surroundings[$0] })
    let words = ["train", "--dataset", "digits", "--model", "mlp-16", "--lr", "0.1", "--steps", "2"]
    #expect(await SuggestProgram.run(words + ["--save", file], console: console) == 74)
    #expect(said.withLock { $0 }.contains("Broken pipe"))
    #expect(try Checkpoint.read(from: file).names.count == 4)
    #expect(await SuggestProgram.run(words, console: console) == 74)
  }

  @Test("a frozen body keeps its weights, and a fresh head begins anew")
  func fineTunes() async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let (start, end) = (runner.path("start.safetensors"), runner.path("end.safetensors"))
    _ = try await train(runner, "--model", "mlp-16", "--lr", "0.1", "--steps", "30", "--save", start)
    let tuned = try await train(
      runner, "--model", "mlp-16", "--lr", "0.1", "--steps", "20", "--from", start, "--freeze", "body",
      "--fresh", "head", "--save", end)
    let (before, after) = (try Checkpoint.read(from: start), try Checkpoint.read(from: end))
    #expect(try values(before) { $0.hasPrefix("1.") } == values(after) { $0.hasPrefix("1.") })
    #expect(try values(before) { $0.hasPrefix("3.") } != values(after) { $0.hasPrefix("3.") })
    // A new head guesses; the whole checkpoint does not.
    let whole = try await train(
      runner, "--model", "mlp-16", "--lr", "0.1", "--steps", "1", "--from", start)
    #expect(try whole.number("untrainedLoss") < 0.7 * tuned.number("untrainedLoss"))
    #expect(try tuned.number("loss") < tuned.number("untrainedLoss"))
    let task = try tuned.object("task")
    #expect(try task.text("from") == "start.safetensors" && task.text("fromCRC32").count == 8)
    let groups = try task.list("groups")
    #expect(try groups[0].flag("frozen") && groups[1].flag("fresh"))
  }

  @Test("a range test begins with the checkpoint, by the rule for small losses, also inside train")
  func recordsFromCheckpoint() async throws {
    let runner = try CommandRunner()
    let trainer = try CommandRunner()
    defer {
      runner.remove()
      trainer.remove()
    }
    let file = runner.path("weights.safetensors")
    let first = try await train(
      runner, "--model", "cnn-8", "--lr", "0.1", "--epochs", "3", "--save", file)
    let task = ["--dataset", "digits", "--model", "cnn-8", "--from", file, "--freeze", "body"]
    let recorded = await runner.run(["record"] + task + ["--plot", runner.path("x.gp")])
    #expect(recorded.status == 0 || recorded.status == 3, "\(recorded.messages)")
    let name = "runs/curves/20231114T221320Z-digits-cnn-8-sgd-seed0.jsonl"
    let curve = try Data(contentsOf: URL(fileURLWithPath: runner.path(name)))
    let reading = try CurveReading.read(Array(curve))
    #expect(reading.curve.header.taskLabel("from") == "weights.safetensors")
    // fastai's rule would end the test at once, since such losses differ by more than its factor of four.
    #expect(reading.curve.count > 50 && reading.curve.stop == .diverged)
    let start = try #require(reading.curve.rawLosses?.first)
    #expect(try start < 0.5 * first.number("untrainedLoss"))
    _ = await trainer.run(["train"] + task + ["--lr", "steepest", "--steps", "1"])
    #expect(try Data(contentsOf: URL(fileURLWithPath: trainer.path(name))) == curve)
  }

  @Test("a diverged training writes nothing, and leaves the file that was there")
  func keepsNothingDiverged() async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let file = try runner.file("weights.safetensors", "dear old weights")
    let outcome = await runner.run(["train"] + Self.digits + ["--lr", "1e12", "--save", file])
    #expect(outcome.status == 3)
    #expect(outcome.messages.contains("is not written"))
    #expect(try JSONResult(outcome.output)["saved"] == nil)
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "dear old weights")
  }

  struct BadWeights: Sendable, CustomTestStringConvertible {
    let words: String
    let status: Int32
    let says: String
    var testDescription: String { words }
  }

  /// What is wrong behind `train --dataset digits --model mlp-16 --lr 0.1`; FOLDER holds weights of mlp-8.
  static let refused = [
    BadWeights(words: "--save x.pth", status: 64, says: ".safetensors"),
    BadWeights(words: "--save .safetensors/", status: 64, says: ".safetensors"),
    BadWeights(words: "--save /nowhere/x.safetensors", status: 73, says: "/nowhere/x.safetensors: No such"),
    BadWeights(words: "--save FOLDER/a.safetensors", status: 73, says: "it is no file"),
    BadWeights(
      words: "--model mlp-8 --from FOLDER/b.safetensors --save FOLDER/b.safetensors", status: 64,
      says: "would overwrite the weights of --from"),
    BadWeights(words: "--from FOLDER/none.pth", status: 66, says: "none.pth cannot be read"),
    BadWeights(words: "--from FOLDER", status: 66, says: "it is not a regular file"),
    BadWeights(words: "--from FOLDER/text.pth", status: 65, says: "text.pth: this is no checkpoint"),
    BadWeights(
      words: "--from FOLDER/b.safetensors", status: 65, says: "b.safetensors: the checkpoint does not"),
    BadWeights(words: "--from FOLDER/b.safetensors --fresh head", status: 65, says: "does not fit mlp-16"),
    BadWeights(words: "--fresh head", status: 64, says: "without --from"),
    BadWeights(
      words: "--model mlp-8 --from FOLDER/b.safetensors --fresh haed", status: 64, says: "did you mean head?"),
  ]

  @Test("weights that cannot be read, written or used are refused before the training", arguments: refused)
  func refuses(_ bad: BadWeights) async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    try FileManager.default.createDirectory(
      atPath: runner.path("a.safetensors"), withIntermediateDirectories: true)
    try runner.file("text.pth", "some text")
    _ = try await train(
      runner, "--model", "mlp-8", "--lr", "0.1", "--steps", "1", "--save", runner.path("b.safetensors"))
    let before = try FileManager.default.contentsOfDirectory(atPath: runner.folder.path).sorted()
    let words = bad.words.replacingOccurrences(of: "FOLDER", with: runner.folder.path)
    let outcome = await runner.run(
      ["train", "--dataset", "digits", "--model", "mlp-16", "--lr", "0.1"]
        + words.split(separator: " ").map(String.init))
    #expect(outcome.status == bad.status, "\(outcome.messages)")
    #expect(outcome.output == "")
    #expect(outcome.messages.split(separator: "\n").count == 1, "\(outcome.messages)")
    #expect(outcome.messages.contains(bad.says), "\(outcome.messages)")
    // Nobody is advised to do what was done.
    #expect(
      outcome.messages.contains("--fresh head") == !bad.words.contains("--fresh")
        || bad.says != "does not fit mlp-16")
    let after = try FileManager.default.contentsOfDirectory(atPath: runner.folder.path).sorted()
    #expect(before == after)
  }

  @Test("a curve of trained weights is asked about as fine-tuning, whatever is said")
  func curveOfTrainedWeights() async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let file = runner.path("weights.safetensors")
    _ = try await train(runner, "--model", "mlp-16", "--lr", "0.1", "--steps", "20", "--save", file)
    let recorded = await runner.run([
      "record", "--dataset", "digits", "--model", "mlp-16", "--from", file, "--fresh", "head",
    ])
    #expect(recorded.status == 0, "\(recorded.messages)")
    for use in [[], ["--for", "constant"], ["--for", "fine-tune"]] {
      let asked = await runner.run(["--strategy", "learned"] + use)
      #expect(asked.output.contains("fine-tun"), "\(use): \(asked.output)\(asked.messages)")
    }
  }
}
