import DatasetKit
import Foundation
import ImageCodec
import Testing

@testable import SuggestCommands

@Suite struct PhotographCommandTests {
  /// A folder of photographs, `Cat_*.jpg` below `a` and `dog_*.jpg` below `b`, and a broken one.
  func photographs(in runner: CommandRunner) throws -> String {
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
  func unreachable(in runner: CommandRunner) throws -> [String: String] {
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
    (["FOLDER", "--sheet", "s.png"], "end the name in .jpg"),
    (["FOLDER", "--sheet", "-"], "end the name in .jpg"),
    (
      ["FOLDER", "--split-seed", "-1"],
      "--split-seed -1: it must not be negative; see suggest data show --help"
    ),
  ])
  func `Mistakes are one line and end with 64`(_ words: [String], _ complaint: String) async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let folder = try photographs(in: runner)
    let outcome = await runner.run(["data", "show"] + words.map { $0 == "FOLDER" ? folder : $0 })
    #expect(outcome.status == 64 && outcome.messages.contains(complaint), "\(outcome.messages)")
    #expect(outcome.messages.split(separator: "\n").count == 1 && outcome.output == "")
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
    #expect(
      check.output.hasPrefix(
        "pets  partial  \(runner.path("cache/pets")): 11 of 7390 photographs, 1 cannot be decoded"))
    #expect(shown.output.contains("11 of 7390"))
    let list = await runner.run("data", "list", environment: environment)
    #expect(list.output.split(separator: "\n").count { $0.hasPrefix("pets") && $0.hasSuffix(" here") } == 2)
  }
}
