import CurveModel
import Foundation
import Testing

@testable import SuggestCommands

@Suite struct RecordTests {
  @Test("a recording is stored whole and says what was trained")
  func records() async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let outcome = await runner.run(
      "record", "--dataset", "digits", "--model", "mlp-32", "--num-it", "60", "--stop", "none", "--plot",
      runner.path("x.gp"))
    #expect(outcome.status == 0, "\(outcome.messages)")
    let files = try FileManager.default.contentsOfDirectory(atPath: runner.path("runs/curves"))
    #expect(files == ["20231114T221320Z-digits-mlp-32-sgd-seed0.jsonl"])
    let bytes = try Data(contentsOf: URL(fileURLWithPath: runner.path("runs/curves/" + files[0])))
    let reading = try CurveReading.read(Array(bytes))
    #expect(reading.warnings == [])
    #expect(reading.curve.count == 60 && reading.curve.stop == .completed)
    #expect(reading.curve.header.taskLabel("dataset") == "digits")
    #expect(reading.curve.header.schedule?.steps == 60)
    let versions = reading.curve.header.versions.map(\.name)
    for name in ["suggest", "instructionSet", "openblas", "openblasCore", "threads", "exact"] {
      #expect(versions.contains(name))
    }
    #expect(reading.curve.diagnostics.validationLoss != nil && reading.curve.diagnostics.gradientNorm != nil)
    #expect(outcome.output.contains("steepest") && outcome.output.contains("1e-6"))
  }

  @Test("the same task and seed record the same bytes, one seed or several at once")
  func isDeterministic() async throws {
    let first = try CommandRunner()
    let second = try CommandRunner()
    defer {
      first.remove()
      second.remove()
    }
    let words = [
      "record", "--dataset", "digits", "--model", "mlp-bn-16", "--optimizer", "adam", "--num-it", "40",
      "--plot",
    ]
    let one = await first.run(words + [first.path("x.gp"), "--seed", "1"])
    let several = await second.run(words + [second.path("x.gp"), "--seeds", "3"])
    #expect(one.status == 0 && several.status == 0, "\(one.messages) \(several.messages)")
    let name = "runs/curves/20231114T221320Z-digits-mlp-bn-16-adam-seed1.jsonl"
    let alone = try Data(contentsOf: URL(fileURLWithPath: first.path(name)))
    #expect(alone == (try Data(contentsOf: URL(fileURLWithPath: second.path(name)))))
    #expect(FileManager.default.fileExists(atPath: second.path("x-seed2.gp")))
  }

  @Test("several seeds give the median in log10 rate and the spread")
  func summarisesSeeds() async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let outcome = await runner.run(
      "record", "--dataset", "digits", "--model", "mlp-32", "--seeds", "3", "--strategy", "steepest",
      "--format", "json",
      "--plot", runner.path("x.gp"))
    #expect(outcome.status == 0, "\(outcome.messages)")
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    let seeds = try #require(report["seeds"] as? [[String: Any]])
    let rates = try seeds.map { seed in
      let suggestion = try #require((seed["suggestions"] as? [[String: Any]])?.first)
      return try #require(suggestion["learningRate"] as? Double)
    }.sorted()
    #expect(rates.count == 3)
    let row = try #require((report["summary"] as? [[String: Any]])?.first)
    let middle = try #require(row["medianLearningRate"] as? Double)
    let spread = try #require(row["spreadDecades"] as? Double)
    #expect(abs(middle / rates[1] - 1) < 1e-9)
    #expect(abs(spread - log10(rates[2] / rates[0])) < 1e-9)
  }

  @Test("a linear schedule and the rebound rule are recorded too")
  func recordsLinearSchedules() async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let outcome = await runner.run(
      "record", "--dataset", "digits", "--model", "logistic", "--schedule", "linear", "--start", "0.001",
      "--end", "1",
      "--stop", "rebound", "--strategy", "steepest", "--strategy", "fastai-valley", "--plot",
      runner.path("x.gp"))
    #expect(outcome.status == 0 || outcome.status == 3, "\(outcome.messages)")
    #expect(outcome.output.contains("fastai cannot record linear schedules"))
  }
}
