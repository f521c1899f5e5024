import DatasetKit
import Foundation
import ImageCodec
import Testing

@testable import SuggestCommands

@Suite struct PhotographCommandTests {
  /// A folder of photographs, `Cat_*.jpg` below `a` and `dog_*.jpg` below `b`, and a broken one.
  private func photographs(in runner: CommandRunner) throws -> String {
    for (folder, name) in [("a", "Cat"), ("b", "dog")] {
      let path = runner.path("photographs/\(folder)")
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      for index in 0..<5 {
        let picture = Picture(width: 30, height: 20, red: UInt8(40 * index), green: 9, blue: 200)
        try Data(picture.jpeg()).write(to: URL(fileURLWithPath: "\(path)/\(name)_\(index).jpg"))
      }
    }
    try Data("<html>".utf8).write(to: URL(fileURLWithPath: runner.path("photographs/a/page.jpg")))
    return runner.path("photographs")
  }

  /// A `curl` that cannot reach anything.
  private func unreachable(in runner: CommandRunner) throws -> [String: String] {
    let programs = runner.path("programs")
    try FileManager.default.createDirectory(atPath: programs, withIntermediateDirectories: true)
    let curl = "\(programs)/curl"
    try Data("#!/bin/sh\necho 'curl: (6) Could not resolve host' >&2\nexit 6\n".utf8)
      .write(to: URL(fileURLWithPath: curl))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: curl)
    return [
      "SUGGEST_DATA": runner.path("cache"), "SUGGEST_WEIGHTS": runner.path("weights"),
      "PATH": "\(programs):/usr/bin:/bin",
    ]
  }

  @Test func `A folder is shown with its classes, split and skipped files, and a sheet is drawn`()
    async throws
  {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let folder = try photographs(in: runner)
    let sheet = runner.path("sheet.jpg")
    let outcome = await runner.run(
      "data", "show", folder, "--size", "32", "--sheet", sheet, "--count", "3", "--train")
    #expect(outcome.status == 0, "\(outcome.messages)")
    for words in [
      "8 to train, 2 to validate", "32×32×3", "2 classes", "50.00 %", "page.jpg", "a text page", sheet,
    ] {
      #expect(outcome.output.contains(words), "\(words)")
    }
    let picture = try JPEGPicture([UInt8](Data(contentsOf: URL(fileURLWithPath: sheet))))
    #expect(picture.header.width == 2 * 38 + 6)
    let named = await runner.run("data", "show", folder, "--labels", "capital-initial", "--split-seed", "3")
    #expect(named.status == 0 && named.output.contains("cat") && named.output.contains("(split 3)"))
    #expect(named.output.contains("224×224×3"))
    // Nobody asked for more than there are.
    let whole = await runner.run("data", "show", folder, "--size", "32", "--sheet", sheet, "--count", "500")
    #expect(whole.status == 0, "\(whole.messages)")
  }

  @Test(arguments: [
    (["digits", "--size", "32"], "--size: digits"), (["digits", "--sheet", "x.jpg"], "--sheet: digits"),
    (["letter", "--train"], "--train: letter"), (["FOLDER", "--count", "3"], "--sheet FILE"),
    (["FOLDER", "--train"], "--sheet FILE"), (["FOLDER", "--size", "7"], "8 to 1024"),
    (["FOLDER", "--size", "0"], "8 to 1024"), (["FOLDER", "--labels", "(a"], "no regular expression"),
    (["FOLDER", "--labels", "a"], "no group"), (["FOLDER", "--augment", "flip"], "augment"),
    (["FOLDER", "--split-seed", "-1"], "split-seed"),
    (["FOLDER", "--sheet", "x.jpg", "--count", "0"], "--count 0"),
    (["FOLDER", "--sheet", "x.jpg", "--count", "9999"], "million"), (["pet"], "use pets"),
    (["FOLDER", "--sheet", "s.png"], "end the name in .jpg"), (["FOLDER", "--sheet", "-"], "end the name in .jpg"),
    (["FOLDER", "--split-seed", "-1"], "--split-seed -1: it must not be negative, 0 or more; see suggest data show --help"),
  ])
  func `Mistakes are one line and end with 64`(_ words: [String], _ complaint: String) async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let folder = try photographs(in: runner)
    let outcome = await runner.run(["data", "show"] + words.map { $0 == "FOLDER" ? folder : $0 })
    #expect(outcome.status == 64 && outcome.messages.contains(complaint), "\(outcome.messages)")
    #expect(outcome.messages.split(separator: "\n").count == 1 && outcome.output == "")
  }

  @Test func `A sheet takes the place of another at once`() async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let folder = try photographs(in: runner)
    // Another name of the old file shows whether its bytes were written over.
    try runner.file("sheet.jpeg", "old")
    try FileManager.default.linkItem(atPath: runner.path("sheet.jpeg"), toPath: runner.path("old"))
    let outcome = await runner.run("data", "show", folder, "--size", "16", "--sheet", runner.path("sheet.jpeg"))
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

  @Test func `A sheet that cannot be written is found before the work`() async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let folder = try photographs(in: runner)
    let outcome = await runner.run("data", "show", folder, "--sheet", runner.path("nowhere/x.jpg"))
    #expect(outcome.status == 73 && outcome.output == "")
    #expect(await runner.run("data", "show", runner.path("nothing")).status == 66)
  }

  @Test func `Pets that cannot be downloaded end with 69 and say what to do`() async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let environment = try unreachable(in: runner)
    for name in ["pets", "pets-breeds", "resnet34"] {
      let outcome = await runner.run("data", "fetch", name, environment: environment)
      #expect(outcome.status == 69 && outcome.messages.contains("--from FILE"), "\(outcome.messages)")
    }
    let wrong = try runner.file("images.tar.gz", "no archive")
    let refused = await runner.run("data", "fetch", "pets", "--from", wrong, environment: environment)
    #expect(refused.status == 65 && refused.messages.contains("791918971"), "\(refused.messages)")
    let absent = await runner.run(
      "data", "fetch", "pets", "--from", runner.path("x"), environment: environment)
    #expect(absent.status == 66)
    let weights = await runner.run("data", "fetch", "resnet34", "--from", wrong, environment: environment)
    #expect(weights.status == 65 && weights.messages.contains("b627a593"), "\(weights.messages)")
    let both = await runner.run(
      "data", "fetch", "pets", "resnet34", "--from", wrong, environment: environment)
    #expect(both.status == 64 && both.messages.contains("one at a time"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: runner.path("cache")) == [])
    #expect(try FileManager.default.contentsOfDirectory(atPath: runner.path("weights")) == [])
  }

  @Test func `Photographs that are here are replaced when asked to, by better ones`() async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let environment = try unreachable(in: runner)
    let folder = try photographs(in: runner)
    #expect(await runner.run("data", "fetch", "pets", "--from", folder, environment: environment).status == 0)
    let here = await runner.run("data", "fetch", "pets", "--from", "http://x/", environment: environment)
    #expect(here.status == 64 && here.output == "", "\(here.messages)")
    #expect(here.messages.contains("pets is here (\(runner.path("cache/pets"))); add --again to replace it by http://x/"))
    try FileManager.default.createDirectory(atPath: runner.path("texts"), withIntermediateDirectories: true)
    try runner.file("texts/a.jpg", "text")
    for origin in [runner.path("texts"), "http://x/images.tar.gz"] {
      let bad = await runner.run("data", "fetch", "pets", "--again", "--from", origin, environment: environment)
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
    let words = ["train", "--dataset", folder, "--size", "8", "--model", "mlp-4", "--lr", "0.1", "--batch-size", "4"]
    let outcome = await runner.run(words + ["--steps", "1", "--format", "json"])
    #expect(outcome.status == 0 && outcome.messages.contains("1 step ("), "\(outcome.messages)")
    let task = try JSONResult(outcome.output).object("task")
    #expect(try task.number("photographs") == 10 && task.text("photographVersion").count == 16)
  }

  @Test func `A folder of photographs becomes pets and pets-breeds`() async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let environment = try unreachable(in: runner)
    let folder = try photographs(in: runner)
    let fetched = await runner.run("data", "fetch", "pets", "--from", folder, environment: environment)
    #expect(fetched.status == 0 && fetched.output == "pets is fetched: \(runner.path("cache/pets"))\n")
    #expect(fetched.messages.contains("cannot be compared"))
    let breeds = await runner.run("data", "fetch", "pets-breeds", environment: environment)
    #expect(breeds.output == "pets-breeds is here: \(runner.path("cache/pets"))\n")
    let shown = await runner.run("data", "show", "pets", "--size", "16", environment: environment)
    #expect(shown.status == 0 && shown.output.contains("8 to train, 2 to validate"), "\(shown.messages)")
    #expect(await runner.run("data", "check", "pets", "pets-breeds", environment: environment).status == 0)
    #expect(await runner.run("data", "check", "resnet18", environment: environment).status == 66)
    let check = await runner.run("data", "check", "pets", environment: environment)
    #expect(check.output.hasPrefix("pets  partial  \(runner.path("cache/pets")): 11 of 7390 photographs, 1 cannot be decoded"))
    #expect(shown.output.contains("11 of 7390"))
    let list = await runner.run("data", "list", environment: environment)
    #expect(list.output.split(separator: "\n").count { $0.hasPrefix("pets") && $0.hasSuffix(" here") } == 2)
  }
}
