import DatasetKit
import Foundation
import ImageCodec
import ModelZoo
import Reporting
import Testing
import TrainingEngine

@testable import SuggestCommands

/// `train --export` and `--report`; figures and the page itself are tested with `Reporting`.
@Suite(
  .enabled(
    if: FileManager.default.isExecutableFile(atPath: "/usr/bin/gnuplot"),
    "gnuplot is not installed: apt-get install gnuplot-nox"))
struct TrainResultsTests {
  private static let words = ["train", "--dataset", "digits", "--model", "mlp-32"]

  private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

  @Test func `The table holds every step, and what the outcome says of them`() async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let path = runner.path("curves.csv")
    let outcome = await runner.run(
      Self.words + [
        "--lr", "0.1", "--schedule", "one-cycle", "--epochs", "2", "--evaluate-every", "15", "--format",
        "json",
        "--export", path,
      ])
    #expect(outcome.status == 0, "\(outcome.messages)")
    #expect(outcome.messages.hasSuffix("suggest: wrote \(path)\n"))
    let result = try JSONResult(outcome.output)
    #expect(try result.list("written") == [.string(path)] && result["classification"] == nil)
    let lines = try text(path).split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    #expect(
      lines[0] == ["step", "epoch", "learning_rate", "training_loss", "validation_loss", "error"])
    let steps = try Int(result.number("stepsTaken"))
    #expect(lines.count == steps + 2 && lines.dropFirst().map { $0[0] } == (0...steps).map(String.init))
    #expect(lines[1][2] == "" && lines[1][3] == "")
    var last = 0
    for row in try result.list("evaluations") {
      let step = try Int(row.number("step"))
      let cells = lines[step + 1].map { Double($0) }
      #expect(try cells[1] == row.number("epoch") && cells[4] == row.number("loss"))
      #expect(try cells[5] == row.number("error"))
      guard step > 0 else { continue }
      #expect(try cells[2] == row.number("learningRate"))
      let losses = lines[(last + 2)...(step + 1)].compactMap { Double($0[3]) }
      #expect(try losses.reduce(0, +) / Double(step - last) == row.number("trainingLoss"))
      last = step
    }
    #expect(last == steps)
    #expect(try lines.count { $0[4] != "" } == result.list("evaluations").count + 1)
  }

  @Test func `Every form is written, and the same training gives the same bytes`() async throws {
    let (first, second) = (try CommandRunner(), try CommandRunner())
    defer {
      first.remove()
      second.remove()
    }
    let names = ["a.csv", "a.svg", "a.png", "a.pdf", "a.gp", "page.html"]
    for runner in [first, second] {
      let outcome = await runner.run(
        Self.words + ["--lr", "0.1", "--steps", "30", "--report", runner.path("page.html")]
          + names.dropLast().flatMap { ["--export", runner.path($0)] })
      #expect(outcome.status == 0, "\(outcome.messages)")
      #expect(outcome.output.split(separator: "\n").last?.hasPrefix("finished: ") == true)
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: runner.folder.path).sorted() == names.sorted())
    }
    for name in names {
      let files = try [first, second].map { try Data(contentsOf: URL(fileURLWithPath: $0.path(name))) }
      #expect(files[0] == files[1] && files[0].count > 1000, "\(name)")
    }
  }

  @Test func `The page and the outcome count the same errors, and show the worst first`() async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let path = runner.path("page.html")
    let outcome = await runner.run(
      Self.words + [
        "--lr", "steepest", "--epochs", "2", "--format", "json", "--report", path, "--worst", "5",
      ])
    #expect(outcome.status == 0, "\(outcome.messages)")
    let result = try JSONResult(outcome.output)
    let classification = try result.object("classification")
    #expect(try classification.list("classes") == (0..<10).map { .string("\($0)") })
    let matrix = try classification.list("confusion").map { row -> [Double] in
      guard case .array(let cells) = row else { return [] }
      return cells.map { if case .number(let count) = $0 { count } else { .nan } }
    }
    let total = matrix.joined().reduce(0, +)
    let right = (0..<10).reduce(0) { $0 + matrix[$1][$1] }
    #expect(total == 360)
    #expect(try (total - right) / total == result.number("error"))
    let worst = try classification.list("worst")
    let losses = try worst.map { try $0.number("loss") }
    #expect(losses.count == 5 && losses == losses.sorted(by: >))
    let page = try text(path)
    #expect(page.contains("\(Int(total - right)) of 360 held-out samples were classified wrongly"))
    #expect(page.ranges(of: "data:image/jpeg;base64,").count == 5)
    for sample in worst {
      #expect(page.contains(try "held-out sample \(Int(sample.number("index")))"))
      #expect(page.contains(try "<b>\(sample.text("predicted"))</b> / \(sample.text("actual"))"))
    }
    // The range test is there with its dot.
    #expect(page.ranges(of: "<svg class=\"figure\"").count == 2 && page.contains("steepest "))
  }

  @Test func `Photographs are in the page with their files' names, and nowhere else`() async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let folder = runner.folder.appendingPathComponent("data/pets")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for number in 0..<10 {
      for (name, red) in [("Cat", UInt8(200)), ("dog", 40)] {
        let picture = Picture(width: 40, height: 30, red: red, green: UInt8(10 * number), blue: 90)
        try Data(picture.jpeg()).write(to: folder.appendingPathComponent("\(name)_\(number).jpg"))
      }
    }
    let path = runner.path("page.html")
    let outcome = await runner.run(
      "train", "--dataset", "pets", "--data", runner.path("data"), "--model", "logistic", "--lr", "1e-4",
      "--batch-size", "4", "--steps", "2", "--format", "json", "--report", path)
    #expect(outcome.status == 0, "\(outcome.messages)")
    let worst = try JSONResult(outcome.output).object("classification").list("worst")
    // A fifth of each is held out.
    #expect(worst.count == 4)
    let page = try text(path)
    #expect(page.ranges(of: "data:image/jpeg;base64,").count == 4)
    for sample in worst {
      let file = try sample.text("file")
      #expect(FileManager.default.fileExists(atPath: file))
      #expect(
        page.contains("title=\"\(file)\"")
          && page.contains(">\(file.split(separator: "/").last ?? "")</span>"))
      #expect(try ["cat", "dog"].contains(sample.text("actual")))
    }
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: runner.folder.path).sorted() == [
        "data", "page.html",
      ])
  }

  /// Writes a table that fits a registered data set: targets are class numbers or numbers.
  private func table(_ name: String, in runner: CommandRunner) throws {
    let entry = try Dataset.entry(named: name)
    let folder = runner.folder.appendingPathComponent("data/\(entry.folderName)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let columns = entry.sampleShape.count
    let rows = (0..<entry.sampleCount).map { row in
      (0..<columns).map { "\((row * 7 + $0 * 13) % 31)" }.joined(separator: ",")
        + ",\(entry.kind == .classification ? row % entry.outputCount : row % 97 + 1)"
    }
    let header = (0..<columns).map { "x\($0)," }.joined() + "target"
    try Data(([header] + rows).joined(separator: "\n").utf8)
      .write(to: folder.appendingPathComponent(entry.files[0].name))
  }

  @Test func `Numbers as targets, texts and tables have a page too, which says what they have not`()
    async throws
  {
    let runner = try CommandRunner()
    defer { runner.remove() }
    try table("concrete", in: runner)
    try table("breast-cancer", in: runner)
    let text = runner.folder.appendingPathComponent("data/shakespeare")
    try FileManager.default.createDirectory(at: text, withIntermediateDirectories: true)
    try Data((0..<1_000_000).map { UInt8(33 + $0 * 7919 % 10007 % 76) }).write(
      to: text.appendingPathComponent(try Dataset.entry(named: "shakespeare").files[0].name))
    for (name, model, says) in [
      ("concrete", "mlp-4", "concrete has numbers as targets, not classes: nothing is classified."),
      ("shakespeare", "gru-4", "there is no matrix of them"),
      ("breast-cancer", "mlp-4", "Top losses"),
    ] {
      let path = runner.path("\(name).html")
      let outcome = await runner.run(
        "train", "--dataset", name, "--data", runner.path("data"), "--model", model, "--lr", "1e-3",
        "--steps",
        "2", "--report", path, "--export", runner.path("\(name).svg"))
      #expect(outcome.status == 0, "\(outcome.messages)")
      let page = try self.text(path)
      #expect(page.contains(says) && !page.contains("<img"), "\(name)")
    }
  }

  @Test func `A training that diverges leaves its curves, and a page without classes`() async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let outcome = await runner.run(
      Self.words + [
        "--lr", "1e12", "--export", runner.path("x.csv"), "--export", runner.path("x.svg"), "--report",
        runner.path("x.html"), "--save", runner.path("x.safetensors"), "--format", "json",
      ])
    #expect(outcome.status == 3, "\(outcome.messages)")
    let result = try JSONResult(outcome.output)
    let steps = try Int(result.number("stepsTaken"))
    let lines = try text(runner.path("x.csv")).split(separator: "\n")
    #expect(lines.count == steps + 2)
    #expect(lines[steps + 1].split(separator: ",")[3].contains(#/^(nan|inf)$/#))
    #expect(try text(runner.path("x.html")).contains("The training diverged: its network answers nothing"))
    #expect(result["classification"] == nil)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: runner.folder.path).sorted() == [
        "x.csv", "x.html", "x.svg",
      ])
  }

  @Test func `What is in the way is named before anything is trained`() async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    try FileManager.default.createDirectory(
      atPath: runner.path("taken.csv"), withIntermediateDirectories: true)
    for words in [["--export", runner.path("taken.csv")], ["--report", runner.path("no/page.html")]] {
      let outcome = await runner.run(Self.words + ["--lr", "steepest"] + words)
      #expect(outcome.status == 73 && outcome.output == "", "\(outcome.messages)")
      #expect(outcome.messages.hasPrefix("suggest: cannot write \(words[1])"), "\(outcome.messages)")
    }
    #expect(!FileManager.default.fileExists(atPath: runner.path("runs")))
  }

  @Test(arguments: ["digits", "a folder"])
  func `A classification and an evaluation find the same errors and losses`(_ name: String) throws {
    let data =
      name == "digits"
      ? try Dataset.load("digits", from: DataFolders(option: Repository.folder("datasets").path))
      : try Photographs.data()
    guard let data else { return }
    let network = try ModelSpecification(parsing: "cnn-4").network(
      inputShape: data.sampleShape, outputCount: data.outputCount)
    let trainer = try Trainer(
      network: network, loss: .crossEntropy, optimizer: OptimizerConfiguration(parsing: "sgd"), batchSize: 7,
      seed: 3)
    let classification = try #require(trainer.classification(of: data))
    let evaluation = try #require(trainer.evaluate(data.validation) { false })
    #expect(classification.count == data.validation.count && classification.count == evaluation.count)
    #expect(abs(classification.errorRate - (evaluation.errorRate ?? .nan)) < 1e-12)
    #expect(abs(classification.meanLoss / evaluation.loss - 1) < 1e-5)
    #expect(classification.samples.map { Int32($0.actual) } == data.validation.labels)
    #expect(trainer.classification(of: data) { true } == nil)
  }
}

/// The photographs beside the project; read only, never copied.
private enum Photographs {
  /// A few small ones of each kind, where they are here.
  static func data() throws -> Dataset? {
    let folder = Repository.root.deletingLastPathComponent()
      .appendingPathComponent("shared/datasets/oxford-pets-sample").path
    guard FileManager.default.fileExists(atPath: folder) else { return nil }
    return try Dataset.load(
      folder, from: DataFolders(paths: []), photographs: PhotographOptions(labels: .capitalInitial, side: 32))
  }
}
