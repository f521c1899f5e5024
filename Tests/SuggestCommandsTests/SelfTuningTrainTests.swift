import Testing
import TrainingEngine

@Suite struct SelfTuningTrainTests {
  private static let task = ["--dataset", "digits", "--model", "mlp-16"]
  private static let finding = SelfTuning.Method.allCases.filter { !SelfTuning($0).needsRate }
  private static let averaging = SelfTuning.Method.allCases.filter { SelfTuning($0).needsRate }

  private func run(_ runner: CommandRunner, _ method: SelfTuning.Method, _ words: [String]) async
    -> CommandRunner.Outcome
  {
    await runner.run(["train"] + Self.task + ["--optimizer", method.rawValue, "--steps", "10"] + words)
  }

  @Test("without --lr the rate is 1, and the rate that was found is printed", arguments: finding)
  func findsItsRate(_ method: SelfTuning.Method) async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let result = try JSONResult(await run(runner, method, ["--format", "json"]).output)
    #expect(try result.number("learningRate") == 1 && result.number("estimatedLearningRate") > 0)
    let typed = try JSONResult(await run(runner, method, ["--format", "json", "--lr", "1"]).output)
    #expect(try typed.number("loss") == result.number("loss"))
    let text = await run(runner, method, []).output
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(text)")
    let estimate = try result.number("estimatedLearningRate")
    let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("the optimizer's own rate") })
    let printed = try #require(line.split(separator: " ").last.flatMap { Double($0) })
    #expect(abs(printed / estimate - 1) < 0.01)
  }

  @Test(
    "the schedule-free ones need a rate, and keep the weights they are evaluated with", arguments: averaging)
  func keepsTheAverage(_ method: SelfTuning.Method) async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let without = await run(runner, method, [])
    #expect(without.status == 64 && without.messages.contains("--lr"), "\(without.messages)")
    let file = runner.path("weights.safetensors")
    let first = try JSONResult(
      await run(runner, method, ["--format", "json", "--lr", "0.1", "--save", file]).output)
    #expect(throws: (any Error).self) { try first.number("estimatedLearningRate") }
    let second = try JSONResult(
      await run(runner, method, ["--format", "json", "--lr", "0.1", "--from", file, "--seed", "3"]).output)
    #expect(try second.number("untrainedLoss") == first.number("loss"))
  }

  @Test("record takes them too", arguments: SelfTuning.Method.allCases)
  func records(_ method: SelfTuning.Method) async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let words = ["--optimizer", method.rawValue, "--num-it", "20", "--format", "json"]
    let outcome = await runner.run(["record"] + Self.task + words)
    #expect([0, 3].contains(outcome.status), "\(outcome.messages)")
  }
}
