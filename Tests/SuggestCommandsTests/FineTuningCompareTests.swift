import CurveModel
import Foundation
import Testing

/// Comparisons whose tasks begin with weights, beside `suggest train` with the same weights.
@Suite struct FineTuningCompareTests {
  private static let training = ["--dataset", "digits", "--model", "mlp-16", "--batch-size", "32"]

  private let runner: CommandRunner
  private let program: Program

  init() throws {
    program = try Program.built()
    runner = try CommandRunner()
  }

  /// Saves a trained network, whose loss on digits is low.
  private func save(_ name: String, seed: Int) async throws {
    let outcome = await runner.run(
      ["train"] + Self.training + [
        "--lr", "0.1", "--steps", "60", "--seed", "\(seed)", "--save", runner.path(name),
      ])
    #expect(outcome.status == 0, "\(outcome.messages)")
  }

  private func shell(_ line: String) throws -> Program.Outcome {
    try program.shell(
      line, in: runner.folder, environment: ["SUGGEST_DATA": Repository.folder("datasets").path])
  }

  private func write(_ file: String, fresh: String = "fresh: head, ") throws {
    try runner.file(
      file,
      """
      suggest: 1
      name: tuning
      matrix: {dataset: digits, model: mlp-16, optimizer: sgd, batch-size: 32, steps: 20,
        schedule: [constant, one-cycle], \(fresh)from: start.safetensors}
      range-tests: {iterations: 40}
      grid: {per-decade: 1, from: 1e-3, to: 1, extend: false, refine: false}
      seeds: {grid: 1, range-tests: 1}
      evaluation: {count: 1, samples: 1000, averaged: 1}
      strategies: [min10]
      """)
  }

  private func records(_ store: String, _ kind: String) throws -> [JSONValue] {
    try shell("suggest store records --canonical --store \(store)").output.split(separator: "\n")
      .map { try JSONValue(parsing: Array($0.utf8)) }.filter { $0["kind"]?.string == kind }
  }

  @Test("a run of a comparison is, bit for bit, what train gives from the same weights")
  func sameAsTrain() async throws {
    defer { runner.remove() }
    try await save("start.safetensors", seed: 5)
    try write("tuning.yaml")
    let compared = try shell("suggest compare tuning.yaml --store s --jobs 2")
    #expect(compared.status == 0, "\(compared.messages)")
    let outcomes = try records("s", "outcome")
    #expect(outcomes.count >= 8)
    for outcome in outcomes {
      let rate = try #require(outcome["learningRate"]?.double)
      let task = try #require(outcome["task"])
      #expect(task["fresh"] == .string("head") && task["fromSHA256"]?.string?.count == 64)
      #expect(!task.text.contains("start.safetensors"))
      let trained = await runner.run(
        ["train"] + Self.training + [
          "--optimizer", "sgd", "--lr", "\(rate)", "--steps", "20", "--seed", "0", "--from",
          runner.path("start.safetensors"), "--fresh", "head", "--schedule",
          try #require(task["schedule"]?.string), "--format", "json",
        ])
      #expect(trained.status == 0, "\(trained.messages)")
      let result = try JSONResult(trained.output)
      #expect(try result.number("loss") == outcome["loss"]?.double)
      #expect(try result.number("error") == outcome["error"]?.double)
      #expect(try result.number("untrainedLoss") == outcome["untrainedLoss"]?.double)
    }
  }

  @Test("photographs of a folder are those that train sees, for each rule of labels")
  func photographs() async throws {
    defer { runner.remove() }
    try PaintedPets.write(into: runner.path("pets"))
    try runner.file(
      "pets.yaml",
      """
      suggest: 1
      name: pets
      matrix: {dataset: ./pets, model: cnn-4, optimizer: sgd, batch-size: 16, steps: 10,
        photographs: [{labels: capital-initial, size: 16}, {labels: '^(.+)_', size: 16, augment: none}]}
      range-tests: {iterations: 10}
      grid: {per-decade: 1, from: 1e-2, to: 0.1, extend: false, refine: false}
      seeds: {grid: 1, range-tests: 1}
      evaluation: {count: 1, samples: 1000, averaged: 1}
      strategies: [min10]
      """)
    let compared = try shell("suggest compare pets.yaml --store s --jobs 1")
    #expect(compared.status == 0, "\(compared.messages)")
    let outcomes = try records("s", "outcome")
    #expect(outcomes.count >= 4)
    for outcome in outcomes {
      let task = try #require(outcome["task"])
      #expect(task["dataset"] == .string("pets") && !task.text.contains(runner.folder.path))
      let trained = await runner.run([
        "train", "--dataset", runner.path("pets"), "--model", "cnn-4", "--batch-size", "16", "--steps", "10",
        "--lr", "\(try #require(outcome["learningRate"]?.double))", "--size", "16", "--format", "json",
        "--labels", try #require(task["labels"]?.string),
        "--augment", try #require(task["augmentation"]?.string),
      ])
      #expect(trained.status == 0, "\(trained.messages)")
      let result = try JSONResult(trained.output)
      #expect(try result.number("loss") == outcome["loss"]?.double)
      #expect(try result.object("task").text("photographVersion") == task["dataVersion"]?.string)
    }
    #expect(Set(outcomes.compactMap { $0["task"]?["labels"]?.string }).count == 2)
  }

  @Test("range tests begin with the weights, and other weights are other tasks")
  func rangeTestsAndIdentity() async throws {
    defer { runner.remove() }
    try await save("start.safetensors", seed: 5)
    try write("whole.yaml", fresh: "")
    #expect(try shell("suggest compare whole.yaml --store s").status == 0)
    for curve in try records("s", "curve") {
      guard case .numbers(let losses)? = curve["raw_losses"] else {
        Issue.record("a curve without losses")
        continue
      }
      // A network of random weights guesses: 2.3.
      #expect(try #require(losses.first) < 1)
    }
    #expect(try shell("suggest compare whole.yaml --store s").output.hasPrefix("nothing to train"))
    #expect(try shell("suggest compare whole.yaml --print-config > resolved.yaml").status == 0)
    #expect(
      try shell("suggest compare whole.yaml --dry-run --format json --store t > plan.jsonl").status == 0)
    let before = try shell("suggest score s")
    #expect(before.status == 0, "\(before.messages)")

    try await save("start.safetensors", seed: 6)
    let again = try shell("suggest compare whole.yaml --store s --dry-run")
    #expect(again.output.contains("0 runs in s") && again.output.contains("10 to do"), "\(again.output)")
    // What was planned with the weights of before is not done with others.
    for line in ["worker --store t --plan plan.jsonl", "compare resolved.yaml --store t"] {
      let refused = try shell("suggest \(line)")
      #expect(refused.status == 65 && refused.messages.contains("start.safetensors has the SHA-256"))
      #expect(refused.messages.split(separator: "\n").count == 1, "\(refused.messages)")
    }
    // Scoring needs no weights.
    #expect(try shell("rm start.safetensors").status == 0)
    let after = try shell("suggest score s")
    #expect(after.status == 0 && after.output == before.output, "\(after.messages)")
    let missing = try shell("suggest compare whole.yaml --store s")
    #expect(missing.status == 65 && missing.messages.contains("whole.yaml:4:"), "\(missing.messages)")
  }
}
