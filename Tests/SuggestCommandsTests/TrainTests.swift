import DatasetKit
import Foundation
import ModelZoo
import Testing
import TrainingEngine

@testable import SuggestCommands

@Suite struct TrainTests {
  /// A training of two seconds at most, as JSON.
  private static let words = ["train", "--dataset", "digits", "--model", "mlp-32", "--format", "json"]

  private func result(_ outcome: CommandRunner.Outcome) throws -> JSONResult {
    #expect(outcome.output.split(separator: "\n").count == 1, "\(outcome.output)")
    return try JSONResult(outcome.output)
  }

  private func train(_ words: String...) async throws -> JSONResult { try await train(words) }

  private func train(_ words: [String]) async throws -> JSONResult {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let outcome = await runner.run(Self.words + words)
    #expect(outcome.status == 0, "\(outcome.messages)")
    return try result(outcome)
  }

  @Test("a training is an outcome: the task, the rate, and what came of it")
  func trains() async throws {
    let result = try await train("--lr", "0.1", "--epochs", "3")
    #expect(try result.text("kind") == "outcome" && result.text("status") == "finished")
    let task = try result.object("task")
    #expect(try task.text("dataset") == "digits" && task.text("schedule") == "constant")
    let steps = try task.number("steps")
    #expect(try result.number("stepsTaken") == steps)
    let rows = try result.list("evaluations")
    // Before the first step and after each epoch.
    #expect(try rows.map { try $0.number("epoch") } == [0, 1, 2, 3])
    #expect(try rows[3].number("step") == steps)
    #expect(try result.number("loss") == rows[3].number("loss"))
    #expect(try result.number("untrainedLoss") == rows[0].number("loss"))
    #expect(try result.number("loss") < 0.5 * result.number("untrainedLoss"))
    #expect(try result.number("error") < 0.3)
    for name in ["instructionSet", "openblasCore", "openblas", "suggest"] {
      #expect(try !result.object("versions").text(name).isEmpty)
    }
  }

  @Test("people get a line for each epoch and one for the end, within 80 columns")
  func printsText() async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let outcome = await runner.run("train", "--dataset", "digits", "--lr", "0.1", "--epochs", "2")
    #expect(outcome.status == 0 && outcome.messages == "", "\(outcome.messages)")
    let lines = outcome.output.split(separator: "\n")
    // What is trained, the heading, before the first step, two epochs, the end.
    #expect(lines.count == 6 && lines.allSatisfy { $0.count <= 80 }, "\(outcome.output)")
    #expect(lines.last?.hasPrefix("finished: validation loss") == true)
    #expect(!FileManager.default.fileExists(atPath: runner.path("runs")), "a number needs no store")
  }

  @Test(
    "a strategy's rate is that of the curve that record records, and training then is as without the test")
  func followsAStrategy() async throws {
    let runner = try CommandRunner()
    let recorder = try CommandRunner()
    defer {
      runner.remove()
      recorder.remove()
    }
    let task = ["--dataset", "digits", "--model", "mlp-bn-16", "--optimizer", "adam", "--seed", "4"]
    let further = ["--accumulate", "2", "--label-smoothing", "0.1", "--clip-norm", "1"]
    let length = ["--steps", "20", "--format", "json"]
    let trained = await runner.run(
      ["train"] + task + further + length + ["--lr", "steepest", "--set", "steepest.bandwidth=0.4"])
    #expect(trained.status == 0, "\(trained.messages)")
    let trainedResult = try result(trained)
    let recorded = await recorder.run(
      ["record"] + task + further + [
        "--format", "json", "--strategy", "steepest", "--set", "steepest.bandwidth=0.4", "--plot",
        recorder.path("x.gp"),
      ])
    #expect(recorded.status == 0, "\(recorded.messages)")
    let name = "runs/curves/20231114T221320Z-digits-mlp-bn-16-adam-seed4.jsonl"
    let curves = try [runner, recorder].map { try Data(contentsOf: URL(fileURLWithPath: $0.path(name))) }
    #expect(curves[0] == curves[1])
    let suggestions = try result(recorded).list("suggestions")
    let rate = try trainedResult.number("learningRate")
    #expect(try rate == suggestions[0].number("learningRate"))
    #expect(try trainedResult.object("suggestion").text("curve") == runner.path(name))
    #expect(trained.messages.contains("steepest suggests"))
    // The same rate as a number: everything that follows is the same to the last bit.
    let typed = await runner.run(["train"] + task + further + length + ["--lr", "\(rate)"])
    let typedResult = try result(typed)
    for name in ["task", "learningRate", "loss", "error", "evaluations", "versions"] {
      #expect(typedResult[name] != nil && typedResult[name] == trainedResult[name], "\(name)")
    }
  }

  @Test("where the strategy abstains nothing is trained, and the exit code says so")
  func abstains() async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    // A gradient scaled to nothing never moves the loss.
    let outcome = await runner.run(
      "train", "--dataset", "digits", "--model", "logistic", "--optimizer", "sgd", "--clip-norm", "1e-30",
      "--lr", "steepest")
    #expect(outcome.status == 3, "\(outcome.messages)")
    #expect(outcome.output == "")
    #expect(outcome.messages.contains("steepest abstains: "))
    #expect(outcome.messages.contains("runs/curves/"), "the recording is kept")
  }

  @Test("a diverged training is a result, with an exit code of its own kind", arguments: ["text", "json"])
  func diverges(_ format: String) async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let outcome = await runner.run("train", "--dataset", "digits", "--lr", "1e12", "--format", format)
    #expect(outcome.status == 3)
    #expect(outcome.messages.contains("suggest: the training diverged"))
    if format == "json" {
      let result = try result(outcome)
      #expect(try result.text("status") == "diverged")
      #expect(result["loss"] == nil && result["untrainedLoss"] != nil)
      let taken = try result.number("stepsTaken")
      #expect(taken >= 1 && taken < 100)
    } else {
      #expect(outcome.output.split(separator: "\n").last?.hasPrefix("diverged: ") == true)
    }
  }

  @Test("weights that the very last step spoils are a divergence too")
  func divergesAtTheEnd() async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let outcome = await runner.run(Self.words + ["--lr", "1e38", "--steps", "1"])
    #expect(outcome.status == 3, "\(outcome.output)")
    #expect(try result(outcome).text("status") == "diverged")
  }

  @Test("each schedule is the engine's", arguments: TypedSchedule.all)
  func schedules(_ typed: TypedSchedule) async throws {
    let words = ["--lr", "0.1", "--steps", "20", "--evaluate-every", "1", "--schedule"] + typed.words
    let rows = try await train(words).list("evaluations")
    #expect(rows.count == 21)
    for (index, row) in rows.dropFirst().enumerated() {
      #expect(try row.number("learningRate") == typed.schedule.value(step: index, of: 20))
    }
  }

  struct TypedSchedule: Sendable, CustomTestStringConvertible {
    let words: [String]
    let schedule: Schedule
    var testDescription: String { words.joined(separator: " ") }

    init(_ words: String, _ schedule: Schedule) {
      self.words = words.split(separator: " ").map(String.init)
      self.schedule = schedule
    }

    static let all = [
      TypedSchedule("constant", .constant(0.1)),
      TypedSchedule("constant --warm-up 0.5", .constant(0.1).warmedUp(during: 0.5)),
      TypedSchedule("linear", .linear(from: 0.1, to: 0)),
      TypedSchedule("linear --final-lr 0.05", .linear(from: 0.1, to: 0.05)),
      TypedSchedule("exponential", .exponential(from: 0.1, to: 0.001)),
      TypedSchedule("exponential --final-lr 1e-4", .exponential(from: 0.1, to: 1e-4)),
      TypedSchedule("cosine", .cosine(peak: 0.1)),
      TypedSchedule(
        "cosine --final-lr 0.01 --warm-up 0.2", .cosine(peak: 0.1, end: 0.01, warmUp: 0.2)),
      TypedSchedule("one-cycle", .oneCycle(peak: 0.1)),
      TypedSchedule("one-cycle --final-lr 0.001", .oneCycle(peak: 0.1, finalDivisor: 0.1 / 0.001)),
      TypedSchedule("flat-cosine", .flatThenCosine(peak: 0.1)),
      TypedSchedule("step", .step(from: 0.1, milestones: [0.5, 0.75])),
      TypedSchedule("step --milestones 0.1,0.2", .step(from: 0.1, milestones: [0.1, 0.2])),
    ]
  }

  @Test("one-cycle moves the momentum too, where the optimizer has one")
  func cyclesMomentum() async throws {
    let network = try ModelSpecification(parsing: "logistic").network(inputShape: [8, 8, 1], outputCount: 10)
    let data = try Dataset.load("digits", from: DataFolders(option: Repository.folder("datasets").path))
    for optimizer in ["sgd", "adam", "adagrad"] {
      let trainer = try Trainer(
        network: network, loss: .crossEntropy, optimizer: OptimizerConfiguration(parsing: optimizer),
        batchSize: 64, seed: 0)
      let loop = TrainingLoop(
        steps: 10, learningRate: .oneCycle(peak: 0.1),
        momentum: optimizer == "adagrad" ? nil : .oneCycleMomentum())
      var losses: [Double] = []
      _ = loop.run(trainer, batches: ShuffledBatches(data.train, batchSize: 64, seed: 0)) { _, _, report in
        losses.append(report.loss)
      }
      let runner = try CommandRunner()
      defer { runner.remove() }
      let outcome = await runner.run(
        "train", "--dataset", "digits", "--model", "logistic", "--optimizer", optimizer, "--lr", "0.1",
        "--schedule", "one-cycle", "--steps", "10", "--evaluate-every", "1", "--format", "json")
      let rows = try result(outcome).list("evaluations").dropFirst()
      #expect(try rows.map { try $0.number("trainingLoss") } == losses)
    }
  }

  @Test("threads change no bit of a convolutional network's training, and are recorded", arguments: [2, 3])
  func recordsThreads(_ threads: Int) async throws {
    let words = ["--model", "cnn-8", "--lr", "0.1", "--steps", "12", "--evaluate-every", "3"]
    let plain = try await train(words)
    let threaded = try await train(words + ["--threads", "\(threads)"])
    #expect(try threaded.list("evaluations") == plain.list("evaluations"))
    #expect(threaded["task"] == plain["task"])
    #expect(try threaded.object("versions").number("threads") == Double(threads))
  }

  @Test("the exact kernels are recorded, and differ from the fast ones by rounding only")
  func recordsExactKernels() async throws {
    let words = ["--model", "cnn-8-16", "--lr", "0.01", "--steps", "3"]
    let (fast, exact) = (try await train(words), try await train(words + ["--exact"]))
    #expect(try !fast.object("versions").flag("exact") && exact.object("versions").flag("exact"))
    #expect(try abs(fast.number("loss") / exact.number("loss") - 1) < 1e-4)
  }

  @Test("evaluations come after as many steps as asked for, and at the end")
  func evaluatesAsAsked() async throws {
    let result = try await train("--lr", "0.1", "--steps", "25", "--evaluate-every", "10")
    #expect(try result.list("evaluations").map { try $0.number("step") } == [0, 10, 20, 25])
  }
}
