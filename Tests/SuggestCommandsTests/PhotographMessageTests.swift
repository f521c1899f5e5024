import Foundation
import ImageCodec
import Testing

@testable import SuggestCommands

/// What is said about photographs that are here, and what they become.
extension PhotographCommandTests {
  @Test func `A sheet takes the place of another at once`() async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let folder = try photographs(in: runner)
    // Another name of the old file shows whether its bytes were written over.
    try runner.file("sheet.jpeg", "old")
    try FileManager.default.linkItem(atPath: runner.path("sheet.jpeg"), toPath: runner.path("old"))
    let outcome = await runner.run(
      "data", "show", folder, "--size", "16", "--sheet", runner.path("sheet.jpeg"))
    #expect(outcome.status == 0, "\(outcome.messages)")
    #expect(try String(contentsOfFile: runner.path("old"), encoding: .utf8) == "old")
    #expect(try Data(contentsOf: URL(fileURLWithPath: runner.path("sheet.jpeg"))).starts(with: [0xff, 0xd8]))
  }

  @Test func `A folder without its slash is told; reading many photographs is said`() async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let program = try Program.built()
    _ = try photographs(in: runner)
    let bare = try program.shell("suggest data show photographs", in: runner.folder)
    #expect(bare.status == 64 && bare.messages.contains("say ./photographs"), "\(bare.messages)")
    let bytes = try Data(Picture(width: 8, height: 8, red: 1, green: 2, blue: 3).jpeg())
    for index in 0..<90 {
      try bytes.write(to: URL(fileURLWithPath: runner.path("photographs/a/more\(index).jpg")))
    }
    let many = await runner.run("data", "show", runner.path("photographs"))
    #expect(many.status == 0 && many.messages == "suggest: reading 101 photographs\n", "\(many.messages)")
  }

  @Test func `Help shows no stray backslashes, and examples line by line`() async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let shown = await runner.run("data", "show", "--help")
    #expect(shown.output.contains("--labels") && !shown.output.contains(" \\ "), "\(shown.output)")
    #expect(!shown.output.split(separator: "\n").contains { $0.hasSuffix("\\") })
    let train = await runner.run("train", "--help")
    #expect(train.output.contains("--epochs 5 \\\n"), "\(train.output)")
  }

  @Test func `Photographs that are here are replaced when asked to, by better ones`() async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let environment = try unreachable(in: runner)
    let folder = try photographs(in: runner)
    #expect(await runner.run("data", "fetch", "pets", "--from", folder, environment: environment).status == 0)
    let here = await runner.run("data", "fetch", "pets", "--from", "http://x/", environment: environment)
    #expect(here.status == 64 && here.output == "", "\(here.messages)")
    #expect(
      here.messages.contains(
        "pets is here (\(runner.path("cache/pets"))); add --again to replace it by http://x/"))
    try FileManager.default.createDirectory(atPath: runner.path("texts"), withIntermediateDirectories: true)
    try runner.file("texts/a.jpg", "text")
    for origin in [runner.path("texts"), "http://x/images.tar.gz"] {
      let bad = await runner.run(
        "data", "fetch", "pets", "--again", "--from", origin, environment: environment)
      #expect(bad.status == (origin.hasPrefix("http") ? 69 : 65), "\(bad.messages)")
    }
    let still = await runner.run("data", "show", "pets", "--size", "16", environment: environment)
    #expect(still.status == 0 && still.output.contains("8 to train"), "\(still.messages)")
    // Somebody else spoils the folder.
    try FileManager.default.removeItem(atPath: runner.path("cache/pets"))
    try FileManager.default.copyItem(atPath: runner.path("texts"), toPath: runner.path("cache/pets"))
    for words in [["show", "pets"], ["check", "pets-breeds"]] {
      let spoilt = await runner.run(["data"] + words, environment: environment)
      let said = spoilt.messages + spoilt.output
      #expect(spoilt.status == 65 && said.contains("suggest data fetch \(words[1]) --again"), "\(said)")
    }
  }

  @Test func `A training tells which photographs it saw`() async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let folder = try photographs(in: runner)
    let words = [
      "train", "--dataset", folder, "--size", "8", "--model", "mlp-4", "--lr", "0.1", "--batch-size", "4",
    ]
    let outcome = await runner.run(words + ["--steps", "1", "--format", "json"])
    #expect(outcome.status == 0 && outcome.messages.contains("1 step ("), "\(outcome.messages)")
    let task = try JSONResult(outcome.output).object("task")
    #expect(try task.number("photographs") == 10 && task.text("photographVersion").count == 16)
  }
}
