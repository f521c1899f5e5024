import Foundation
import Testing

@testable import SuggestCommands

/// Each kind of bad input: one clear line on standard error, the right exit code, nothing written.
@Suite struct BadInputTests {
  struct BadFile: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    let says: String
    var status: Int32 = 65
    var testDescription: String { name }

    init(_ name: String, _ text: String, _ says: String, status: Int32 = 65) {
      self.init(name, bytes: Array(text.utf8), says, status: status)
    }

    init(_ name: String, bytes: [UInt8], _ says: String, status: Int32 = 65) {
      self.name = name
      self.bytes = bytes
      self.says = says
      self.status = status
    }
  }

  static let files = [
    BadFile("an empty file", "", "the file is empty"),
    BadFile("white space", " \n\n ", "the file is empty"),
    BadFile("binary", bytes: [0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3], "binary"),
    BadFile("a JSON list", "[1, 2]", "a list"),
    BadFile("other JSON", "{\"epoch\": [1], \"acc\": [0.5]}", "\"epoch\", \"acc\""),
    BadFile("broken JSON", "{\"lrs\": [1e-3, 1e-2", "line 1, column 20"),
    BadFile("both forms at once", "{\"lrs\":[1],\"losses\":[1],\"lr\":[1],\"loss\":[1]}", "unclear which"),
    BadFile(
      "mismatched lengths", "{\"lrs\":[1e-3,1e-2],\"losses\":[1]}", "2 learning rates but 1 smoothed losses"),
    BadFile(
      "falling rates", "{\"lrs\":[1e-2,1e-3],\"losses\":[1,2]}", "point 1 is 0.001, not above the 0.01"),
    BadFile("a rate of zero", "{\"lrs\":[0,1e-3],\"losses\":[1,2]}", "point 0 is 0.0"),
    BadFile("a negative rate", "{\"lrs\":[-1,1e-3],\"losses\":[1,2]}", "point 0 is -1.0"),
    BadFile("no points", "{\"lrs\":[],\"losses\":[]}", "no points"),
    BadFile(
      "text for numbers", "{\"lrs\":[1e-3],\"losses\":[\"low\"]}",
      "\"losses\"[0] should be a number without quotes"),
    BadFile("rates per group", "{\"lr\":[[1e-3,1e-2],[1e-2,1e-1]],\"loss\":[1,2]}", "--group", status: 64),
    BadFile("CSV without a rate", "epoch,loss\n1,2\n", "no rate column among \"epoch\", \"loss\""),
    BadFile("CSV with two losses", "lr,loss,train_loss\n1,2,3\n", "several columns may be the loss"),
    BadFile("a ragged CSV", "lr,loss\n1e-3,1\n1e-2\n", "line 3 has 1 cells"),
    BadFile("a newer format", "{\"suggestCurve\":99}", "format 99"),
    BadFile("a picture's text", "<svg></svg>", "no rate column"),
  ]

  @Test("a bad curve", arguments: files)
  func badCurve(_ bad: BadFile) async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let path = runner.path("curve")
    try Data(bad.bytes).write(to: URL(fileURLWithPath: path))
    let outcome = await runner.run(path)
    #expect(outcome.status == bad.status)
    #expect(outcome.output == "")
    let lines = outcome.messages.split(separator: "\n")
    #expect(lines.count == 1, "\(outcome.messages)")
    #expect(outcome.messages.contains(bad.says), "\(outcome.messages)")
    if bad.status == 65 { #expect(outcome.messages.contains(path)) }
  }

  struct BadArguments: Sendable, CustomTestStringConvertible {
    let words: [String]
    let status: Int32
    let says: String
    var testDescription: String { words.joined(separator: " ") }
  }

  static let arguments = [
    BadArguments(words: ["--strategy", "stepest"], status: 64, says: "nearest: steepest"),
    BadArguments(
      words: ["--strategy", "min10", "--set", "min10.divisor=0"], status: 64, says: "1.0 to 1000.0"),
    BadArguments(
      words: ["--strategy", "min10", "--set", "min10.divisor=ten"], status: 64, says: "expected a number"),
    BadArguments(
      words: ["--strategy", "min10", "--set", "min10.size=1"], status: 64, says: "has no parameter size"),
    BadArguments(
      words: ["--strategy", "min10", "--set", "divisor=1"], status: 64, says: "strategy.parameter=value"),
    BadArguments(
      words: ["--strategy", "min10", "--set", "slide.share=1"], status: 64, says: "add --strategy slide"),
    BadArguments(words: ["--format", "value"], status: 64, says: "exactly one --strategy"),
    BadArguments(words: ["--format", "xml"], status: 64, says: "xml"),
    BadArguments(words: ["--colour"], status: 64, says: "--colour"),
    BadArguments(words: ["nowhere.json"], status: 66, says: "there is no file nowhere.json"),
    BadArguments(words: ["recrod"], status: 66, says: "did you mean the command suggest record?"),
    BadArguments(words: ["--store", "/dev/null"], status: 73, says: "no store of curves"),
    BadArguments(words: ["/"], status: 66, says: "cannot read /"),
    BadArguments(words: ["-"], status: 64, says: "nothing is piped"),
    BadArguments(words: [], status: 66, says: "no curve has been recorded"),
    BadArguments(words: ["--plot", "x.bmp"], status: 64, says: ".svg"),
    BadArguments(words: ["strategies", "steep"], status: 64, says: "nearest: steepest"),
    BadArguments(words: ["record"], status: 64, says: "--dataset"),
    BadArguments(words: ["record", "--dataset", "imagenet"], status: 64, says: "fashion-mnist"),
    BadArguments(words: ["record", "--dataset", "digits", "--model", "resnet"], status: 64, says: "mlp"),
    BadArguments(words: ["record", "--dataset", "digits", "--optimizer", "adm"], status: 64, says: "adam"),
    BadArguments(
      words: ["record", "--dataset", "digits", "--model", "cnn-8-8-8-8"], status: 64, says: "too small"),
    BadArguments(words: ["record", "--dataset", "digits", "--start", "0"], status: 64, says: "start rate"),
    BadArguments(words: ["record", "--dataset", "digits", "--end", "1e-9"], status: 64, says: "end rate"),
    BadArguments(words: ["record", "--dataset", "digits", "--num-it", "0"], status: 64, says: "no points"),
    BadArguments(words: ["record", "--dataset", "digits", "--seeds", "0"], status: 64, says: "--seeds"),
    BadArguments(
      words: ["record", "--dataset", "digits", "--batch-size", "0"], status: 64, says: "--batch-size"),
    BadArguments(
      words: ["record", "--dataset", "digits", "--batch-size", "100000"], status: 64,
      says: "training samples only"),
    BadArguments(
      words: ["record", "--dataset", "digits", "--plot", "/nowhere/x.svg"], status: 73, says: "/nowhere/x.svg"
    ),
    BadArguments(
      words: ["record", "--dataset", "digits", "--momentum", "1"], status: 64, says: "--momentum"),
    BadArguments(words: ["record", "--dataset", "digits", "--plot", "x.bmp"], status: 64, says: ".svg"),
    BadArguments(
      words: ["record", "--dataset", "fashion-mnist", "--data", "/nowhere"], status: 66,
      says: "apt-get install dataset-fashion-mnist"),
    BadArguments(
      words: ["record", "--dataset", "digits", "--store", "/dev/null/runs"], status: 73,
      says: "/dev/null/runs"),
    BadArguments(
      words: ["record", "--dataset", "digits", "--accumulate", "0"], status: 64, says: "--accumulate"),
    BadArguments(
      words: ["record", "--dataset", "digits", "--label-smoothing", "1"], status: 64,
      says: "--label-smoothing"
    ),
    BadArguments(
      words: ["record", "--dataset", "digits", "--clip-norm", "0"], status: 64, says: "--clip-norm"),
    BadArguments(words: ["record", "--dataset", "digits", "--threads", "0"], status: 64, says: "--threads"),
  ]

  /// What is wrong behind `suggest train --dataset digits --lr 0.1`; a later `--lr` replaces that one.
  static let trainArguments = [
    BadArguments(words: ["--lr", "0"], status: 64, says: "--lr 0"),
    BadArguments(words: ["--epochs", "1", "--accumulate", "1000"], status: 64, says: "fewer than one step"),
    BadArguments(
      words: ["--model", "mlp-16", "--groups", "stem=qqq"], status: 64, says: "its modules are 1, 3"),
    BadArguments(words: ["--lr", "nan"], status: 64, says: "--lr nan"),
    BadArguments(words: ["--lr", "1e999"], status: 64, says: "--lr 1e999"),
    BadArguments(words: ["--lr", "stepest"], status: 64, says: "nearest: steepest"),
    BadArguments(words: ["--lr", "1e-3x"], status: 64, says: "--lr 1e-3x: it is no number"),
    BadArguments(words: ["--set", "steepest.bandwidth=0.3"], status: 64, says: "asks no strategy"),
    BadArguments(
      words: ["--lr", "steepest", "--set", "min10.divisor=3"], status: 64,
      says: "min10 is not asked; give --lr min10"),
    BadArguments(
      words: ["--lr", "learned", "--optimizer", "lion"], status: 64,
      says: "not for lion; give another strategy"),
    BadArguments(
      words: ["--lr", "learned", "--optimizer", "prodigy"], status: 64,
      says: "not for prodigy; leave --lr out, which is 1 then"),
    BadArguments(
      words: ["--lr", "steepest", "--store", "/dev/null/runs"], status: 73, says: "/dev/null/runs"),
    BadArguments(
      words: ["--schedule", "triangle"], status: 64,
      says: "provide one of constant, linear, exponential, cosine, one-cycle"),
    BadArguments(words: ["--final-lr", "0.01"], status: 64, says: "--schedule constant"),
    BadArguments(words: ["--schedule", "linear", "--final-lr", "nan"], status: 64, says: "--final-lr"),
    BadArguments(words: ["--schedule", "exponential", "--final-lr", "0"], status: 64, says: "--final-lr"),
    BadArguments(words: ["--warm-up", "1"], status: 64, says: "--warm-up"),
    BadArguments(
      words: ["--schedule", "one-cycle", "--warm-up", "0.1"], status: 64, says: "rises by itself"),
    BadArguments(
      words: ["--schedule", "one-cycle", "--momentum", "0.8"], status: 64, says: "moves the momentum itself"),
    BadArguments(words: ["--milestones", "0.5"], status: 64, says: "--schedule constant"),
    BadArguments(words: ["--schedule", "step", "--milestones", "0.5,0.2"], status: 64, says: "--milestones"),
    BadArguments(words: ["--schedule", "step", "--milestones", "half"], status: 64, says: "--milestones"),
    BadArguments(words: ["--schedule", "step", "--milestones", "1"], status: 64, says: "--milestones"),
    BadArguments(words: ["--epochs", "0"], status: 64, says: "--epochs 0"),
    BadArguments(words: ["--steps", "0"], status: 64, says: "--steps 0"),
    BadArguments(words: ["--steps", "5", "--epochs", "2"], status: 64, says: "give one"),
    BadArguments(words: ["--evaluate-every", "0"], status: 64, says: "--evaluate-every"),
    BadArguments(words: ["--seed", "-1"], status: 64, says: "--seed"),
    BadArguments(words: ["--export", "x.bmp"], status: 64, says: "end its name in .csv, .svg"),
    BadArguments(words: ["--export", "curves"], status: 64, says: "--export curves"),
    BadArguments(words: ["--export", "/nowhere/x.csv"], status: 73, says: "/nowhere/x.csv"),
    BadArguments(words: ["--export", ""], status: 64, says: "--export"),
    BadArguments(
      words: ["--export", "x.csv", "--export", "x.csv"], status: 64, says: "x.csv would be written twice"),
    BadArguments(words: ["--report", "x.pdf"], status: 64, says: "end its name in .html"),
    BadArguments(words: ["--report", "/nowhere/x.html"], status: 73, says: "/nowhere/x.html"),
    BadArguments(words: ["--worst", "3"], status: 64, says: "page of --report"),
    BadArguments(words: ["--report", "x.html", "--worst", "1000"], status: 64, says: "0 to 200"),
    BadArguments(words: ["--report", "x.html", "--worst", "few"], status: 64, says: "few"),
    BadArguments(words: ["--format", "csv"], status: 64, says: "csv"),
    BadArguments(words: ["--batch-size", "100000"], status: 64, says: "training samples only"),
    BadArguments(words: ["--data", "/nowhere"], status: 66, says: "/nowhere"),
    BadArguments(words: ["--freeze", "bdy"], status: 64, says: "did you mean body?"),
    BadArguments(words: ["--freeze", "head,body"], status: 64, says: "nothing is left to train"),
    BadArguments(words: ["--freeze", "body,"], status: 64, says: "beside a comma"),
    BadArguments(words: ["--groups", "head"], status: 64, says: "head=fc"),
    BadArguments(words: ["--groups", "head="], status: 64, says: "head=fc"),
    BadArguments(words: ["--groups", "head=fc"], status: 64, says: "no module fc"),
    BadArguments(words: ["--groups", "head=5.weigth"], status: 64, says: "nearest: 5"),
    BadArguments(words: ["--groups", "body=1"], status: 64, says: "3.weight of mlp-256-128 is in no group"),
    BadArguments(words: ["--groups", "a=1", "--groups", "a=3"], status: 64, says: "two groups a"),
    BadArguments(
      words: ["--groups", "a=1", "--groups", "b=1.bias"], status: 64, says: "left for the group b"),
    BadArguments(words: ["--rate-factor", "body"], status: 64, says: "body=0.1"),
    BadArguments(words: ["--rate-factor", "body=0"], status: 64, says: "positive number"),
    BadArguments(words: ["--rate-factor", "body=x"], status: 64, says: "positive number"),
    BadArguments(words: ["--rate-factor", "bdy=2"], status: 64, says: "did you mean body?"),
    BadArguments(words: ["--rate-factor", "head=2"], status: 64, says: "head is the last group"),
    BadArguments(
      words: ["--rate-factor", "body=2", "--rate-factor", "body=3"], status: 64, says: "two factors"),
    BadArguments(
      words: ["--freeze", "body", "--rate-factor", "body=2"], status: 64, says: "body is frozen"),
    BadArguments(words: ["--model", "logistic", "--freeze", "body"], status: 64, says: "no group body"),
  ]

  @Test("bad arguments of train", arguments: trainArguments)
  func badTrainArguments(_ bad: BadArguments) async throws {
    try await badArguments(
      BadArguments(
        words: ["train", "--dataset", "digits", "--lr", "0.1"] + bad.words, status: bad.status, says: bad.says
      ))
  }

  @Test("a training needs a rate")
  func needsRate() async throws {
    try await badArguments(
      BadArguments(words: ["train", "--dataset", "digits"], status: 64, says: "--lr"))
  }

  @Test("bad arguments", arguments: arguments)
  func badArguments(_ bad: BadArguments) async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let outcome = await runner.run(bad.words)
    #expect(outcome.status == bad.status, "\(outcome.messages)")
    #expect(outcome.output == "")
    #expect(outcome.messages.split(separator: "\n").count == 1, "\(outcome.messages)")
    #expect(
      outcome.messages.hasPrefix("suggest: ") && outcome.messages.contains(bad.says), "\(outcome.messages)")
    #expect(!FileManager.default.fileExists(atPath: runner.path("runs")), "nothing may be written")
  }

  @Test(
    "a store of a newer format, or a folder of something else, is left as it is",
    arguments: [
      ("store.json", "{\"suggestStore\":2}\n", Int32(65)), ("store.json", "garbage", 65),
      ("letter.txt", "Dear …", 73),
    ])
  func leavesForeignStores(_ file: String, _ text: String, _ status: Int32) async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    try FileManager.default.createDirectory(atPath: runner.path("runs"), withIntermediateDirectories: true)
    try runner.file("runs/" + file, text)
    let outcome = await runner.run("record", "--dataset", "digits")
    #expect(outcome.status == status, "\(outcome.messages)")
    #expect(outcome.messages.split(separator: "\n").count == 1)
    #expect(try FileManager.default.contentsOfDirectory(atPath: runner.path("runs")) == [file])
    #expect(try String(contentsOfFile: runner.path("runs/" + file), encoding: .utf8) == text)
  }
}
