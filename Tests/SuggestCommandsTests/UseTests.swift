import Foundation
import Testing

@testable import SuggestCommands

/// Rates for a use, what moved them, and what a curve looks like.
@Suite struct UseTests {
  private func run(_ arguments: String...) async throws -> CommandRunner.Outcome {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let file = try runner.file("recorder.json", CurveText.fastai())
    return await runner.run(arguments + [file])
  }

  private func rate(_ arguments: String...) async throws -> Double {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let file = try runner.file("recorder.json", CurveText.fastai())
    let outcome = await runner.run(
      ["--strategy", "learned", "--optimizer", "adam", "--format", "value"] + arguments + [file])
    #expect(outcome.status == 0, "\(outcome.messages)")
    return try #require(Double(outcome.output.trimmingCharacters(in: .whitespacesAndNewlines)))
  }

  @Test func `The use and the number of steps move the rate`() async throws {
    let peak = try await rate("--for", "one-cycle")
    for schedule in ["cosine", "linear", "exponential", "step", "flat-cosine"] {
      #expect(try await rate("--for", schedule) == peak)
    }
    #expect(try await rate("--for", "constant") < peak)
    #expect(try await rate("--for", "one-cycle", "--steps", "100000") < peak)
  }

  @Test func `Without a use there is a small table by use, with one there is none`() async throws {
    let open = try await run("--strategy", "balanced", "--strategy", "min10")
    #expect(open.output.contains("by use    one-cycle or cosine  constant"))
    let named = try await run("--strategy", "balanced", "--strategy", "min10", "--for", "constant")
    #expect(!named.output.contains("by use"))
    #expect(named.output.contains("warning (min10): the number is meant as the peak of a schedule"))
  }

  @Test func `It says what moved the answer only when it is asked`() async throws {
    let asked = try await run("--strategy", "learned", "--optimizer", "sgd", "--explain")
    #expect(asked.output.contains("learned, against an average curve:"))
    let nothing = try await run("--strategy", "min10", "--explain")
    #expect(nothing.output.contains("no strategy here can say more than its reason"))
    let plain = try await run("--strategy", "learned", "--optimizer", "sgd")
    #expect(!plain.output.contains("against an average curve"))
  }

  @Test func `A misspelled optimizer is asked back about, an unknown one is not`() async throws {
    let misspelled = try await run("--strategy", "min10", "--optimizer", "adma")
    #expect(misspelled.status == 0)
    #expect(
      misspelled.messages.contains(
        "--optimizer adma: no optimizer of that name is known here; did you mean adam"))
    for known in ["adam", "SGD", "muon2000x"] {
      let outcome = try await run("--strategy", "min10", "--optimizer", known)
      #expect(!outcome.messages.contains("did you mean"), "\(known)")
    }
  }

  @Test func `Features are printed for people and programs, and those that are not recorded are not made up`()
    async throws
  {
    let text = try await run("features")
    #expect(text.status == 0)
    #expect(text.output.contains("fall-50"))
    let json = try await run("features", "--format", "json")
    let members = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    let features = try #require(members["features"] as? [String: Any])
    #expect(features["minimum"] is Double)
    #expect(features["distance-10"] is NSNull)
  }

  @Test func `Of several curves each feature has its median and spread, and one that shows nothing is named`()
    async throws
  {
    let runner = try CommandRunner()
    defer { runner.remove() }
    // The same fall at a tenth of the rates: every place lies a decade lower.
    func csv(_ name: String, _ factor: Double, fall: Double = 1) throws -> String {
      let rows = (0..<100).map { step -> String in
        let place = -6 + 0.06 * Double(step)
        let loss = 2.3 - fall / (1 + exp(-3 * (place + 3))) + 2 * fall / (1 + exp(-8 * (place + 0.5)))
        return "\(factor * pow(10, place)),\(loss)"
      }
      return try runner.file(name, (["lr,loss"] + rows).joined(separator: "\n") + "\n")
    }
    let paths = [try csv("a.csv", 1), try csv("b.csv", 0.1), try csv("flat.csv", 1, fall: 0)]
    let json = await runner.run(["features", "--format", "json"] + paths)
    #expect(json.status == 0, "\(json.messages)")
    #expect(json.messages.contains("flat.csv: "), "\(json.messages)")
    let members = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect((members["curves"] as? [Any])?.count == 2)
    let minimum = try #require((members["spread"] as? [String: Any])?["minimum"] as? [String: Double])
    #expect(abs(try #require(minimum["highest"]) - #require(minimum["lowest"]) - 1) < 1e-3)
    #expect(abs(try #require(minimum["median"]) - #require(minimum["lowest"]) - 0.5) < 1e-3)
    #expect(minimum["curves"] == 2)
    let text = await runner.run(["features"] + paths)
    #expect(text.output.hasPrefix("feature ") && text.output.contains("2 of 3"), "\(text.output)")
  }

  @Test(arguments: [
    (["--for", "nothing"], Int32(64), "--for"), (["--steps", "0"], 64, "--steps 0"),
    (["learn", "nowhere"], 66, "nowhere"), (["learn", "--output", "model.txt"], 64, "model.txt"),
    (["learn", "--output", "no-such-folder/model.json"], 73, "no-such-folder/model.json"),
    (["features", "nothing.json"], 66, "nothing.json"),
  ])
  func `A mistake is one line and the right exit code`(_ arguments: [String], _ status: Int32, _ word: String)
    async throws
  {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let outcome = await runner.run(arguments)
    #expect(outcome.status == status)
    #expect(outcome.messages.contains(word))
    #expect(outcome.messages.split(separator: "\n").count == 1)
  }
}
