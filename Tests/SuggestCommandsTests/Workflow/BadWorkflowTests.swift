import Foundation
import Testing

@testable import SuggestCommands

/// A workflow file with one mistake, where it is, and what the message says of it.
struct BadWorkflow: Sendable, CustomTestStringConvertible {
  let text: String
  let line: Int
  let column: Int
  let says: [String]
  let status: Int32

  init(_ text: String, _ line: Int, _ column: Int, _ says: [String], status: Int32 = 65) {
    self.text = text
    self.line = line
    self.column = column
    self.says = says
    self.status = status
  }

  /// The small workflow with something in place of something else.
  init(_ old: String, _ new: String, _ line: Int, _ column: Int, _ says: [String], status: Int32 = 65) {
    self.init(
      SampleWorkflow.small.replacing(old, with: new, maxReplacements: 1), line, column, says, status: status)
  }

  var testDescription: String { "\(line):\(column) \(says[0])" }

  static let ofYAML: [BadWorkflow] = [
    BadWorkflow("", 1, 1, ["the file is empty; see docs/workflow-files.md"]),
    BadWorkflow("workflow: [1\nstages: x\n", 2, 7, ["this is not YAML"]),
    BadWorkflow("workflow: a\n---\nworkflow: b\n", 3, 1, ["a workflow file has one document"]),
    BadWorkflow("workflow: a\nworkflow: b\n", 1, 1, ["the key workflow stands more than once"]),
    BadWorkflow("[1, 2]", 1, 1, ["the file needs a mapping of workflow, defaults, stages, not a list"]),
  ]

  static let ofForm: [BadWorkflow] = [
    BadWorkflow("workflow: test\n", "", 1, 1, ["the key workflow is missing in the file"]),
    BadWorkflow("workflow: test", "workflow: a/b", 1, 11, ["the name of a workflow", "not \"a/b\""]),
    BadWorkflow("workflow: test", "workflow: [a]", 1, 11, ["the name of a workflow", "not a list"]),
    BadWorkflow("workflow:", "workflw:", 1, 1, ["no key \"workflw\": did you mean workflow?"]),
    BadWorkflow("workflow: test\n", 1, 1, ["the key stages is missing"]),
    BadWorkflow("workflow: test\nstages: []\n", 2, 9, ["`stages` needs a list of 1 to 1000 stages"]),
    BadWorkflow("workflow: test\nstages: {find: 1}\n", 2, 9, ["`stages` needs a list"]),
    BadWorkflow(
      "workflow: test\nstages: [find]\n", 2, 10, ["a stage needs a mapping of name, record, train"]),
    BadWorkflow(
      "  - name: find\n    record:", "  - record:", 6, 5, ["the key name is missing in this stage"]),
    BadWorkflow("name: find", "name: 'a b'", 6, 11, ["the name of a stage", "not \"a b\""]),
    BadWorkflow("name: find", "name: stages", 6, 11, ["no stage can be called stages"]),
    BadWorkflow("name: again", "name: find", 13, 11, ["there is a stage find already"]),
    BadWorkflow("    record:\n", "    recrod:\n", 7, 5, ["no key \"recrod\": did you mean record?"]),
    BadWorkflow(
      "    record:\n      num-it: 20\n", "", 6, 5,
      ["stage find does nothing; give it the key record or train"]),
    BadWorkflow(
      "      num-it: 20\n", "      num-it: 20\n    train: {lr: 1}\n", 9, 5,
      ["stage find is one of record and train"]),
    BadWorkflow(
      "    record:\n      num-it: 20\n", "    record: 20\n", 7, 13, ["needs a mapping of options, not 20"]),
    BadWorkflow(
      "defaults:\n  dataset: digits\n  model: mlp-8", "defaults: digits", 2, 11,
      ["`defaults` needs a mapping"]),
    BadWorkflow("  model: mlp-8", "  train: mlp-8", 4, 10, ["`train` needs a mapping of options"]),
    BadWorkflow("  model:", "  modle:", 4, 3, ["no key \"modle\": did you mean model"]),
    BadWorkflow(
      "  model: mlp-8", "  save: x.safetensors", 4, 3, ["`save` is not set here", "later stages begin with"]),
    BadWorkflow("num-it", "num-iterations", 8, 7, ["no key \"num-iterations\": did you mean num-it"]),
    BadWorkflow("num-it", "epochs", 8, 7, ["no key \"epochs\""]),
    BadWorkflow("num-it: 20", "seeds: 3", 8, 7, ["`seeds` is not set here", "a stage for each seed"]),
    BadWorkflow("num-it: 20", "num-it:", 8, 14, ["`num-it` needs a value, not nothing"]),
    BadWorkflow("num-it: 20", "num-it: ''", 8, 15, ["`num-it` needs a value, not \"\""]),
    BadWorkflow("num-it: 20", "num-it: ~", 8, 15, ["no default gives `num-it`"]),
    BadWorkflow("num-it: 20", "num-it: [1, 2]", 8, 15, ["`num-it` takes one value, not a list"]),
    BadWorkflow("num-it: 20", "freeze: []", 8, 15, ["`freeze` is an empty list"]),
    BadWorkflow("num-it: 20", "freeze: [a, [b]]", 8, 19, ["`freeze` needs a value, not a list"]),
    BadWorkflow("num-it: 20", "num-it: {a: 1}", 8, 15, ["`num-it` needs a value, not a mapping"]),
    BadWorkflow("num-it: 20", "exact: 3", 8, 14, ["`exact` needs true or false, not 3"]),
  ]

  static let ofCommands: [BadWorkflow] = [
    BadWorkflow("num-it: 20", "num-it: ten", 8, 15, ["stage find", "'ten'", "--num-it"]),
    BadWorkflow("num-it: 20", "num-it: -5", 8, 15, ["stage find"]),
    BadWorkflow("num-it: 20", "num-it: 100_000_000", 8, 15, ["--num-it 100000000: it must be at most"]),
    BadWorkflow("num-it: 20", "start: 20", 8, 14, ["stage find", "20"]),
    BadWorkflow("  dataset: digits\n", "", 6, 5, ["stage find", "--dataset"]),
    BadWorkflow("digits", "digit", 3, 12, ["stage find", "digits"]),
    BadWorkflow("mlp-8", "mpl-8", 4, 10, ["no model \"mpl-8\""]),
    BadWorkflow("  model: mlp-8", "  schedule: one-cycle", 4, 13, ["stage find", "one-cycle"]),
    BadWorkflow("  model: mlp-8", "  batch-size: 0", 4, 15, ["--batch-size 0: it must be at least 1"]),
    BadWorkflow("epochs: 1", "epochs: 0", 12, 15, ["stage fit: --epochs 0"]),
    BadWorkflow("epochs: 1", "steps: 5\n      epochs: 1", 13, 15, ["--epochs and --steps"]),
    BadWorkflow("      lr: steepest\n", "", 10, 5, ["stage fit", "--lr"]),
    BadWorkflow("lr: steepest", "lr: steepset", 11, 11, ["steepset", "steepest"]),
    BadWorkflow("lr: steepest", "lr: 0", 11, 11, ["--lr 0: it must be a positive number"]),
    BadWorkflow("epochs: 1", "set: steepest.bandwith=1", 12, 12, ["bandwith"]),
    BadWorkflow("epochs: 1", "freeze: body,", 12, 15, ["--freeze body,: a name is missing"]),
    BadWorkflow("epochs: 1", "fresh: head", 12, 14, ["--fresh head: without --from"]),
  ]

  static let ofStages: [BadWorkflow] = [
    BadWorkflow("from: fit", "from: again", 15, 13, ["again does not come before again"]),
    BadWorkflow("from: fit", "from: find", 15, 13, ["find records a range test and saves no weights"]),
    BadWorkflow(
      "from: fit", "from: fti", 15, 13, ["there is no file fti, and no stage", "earlier trainings are fit"],
      status: 66),
    BadWorkflow("num-it: 20", "from: fit", 8, 13, ["fit does not come before find"]),
    BadWorkflow(
      "epochs: 1", "lr-from: again", 12, 16, ["no earlier stage again records", "those that do are find"]),
    BadWorkflow("epochs: 1", "lr-from: fit", 12, 16, ["no earlier stage fit records"]),
    BadWorkflow(
      "lr: steepest", "lr: 1e-3\n      lr-from: find", 12, 16, ["lr is a number, which is read from no stage"]
    ),
    BadWorkflow(
      "    record:\n      num-it: 20\n", "    train:\n      lr: 0.1\n", 11, 11,
      ["no range test comes before for steepest to read"]),
  ]
}

@Suite struct BadWorkflowTests {
  @Test(arguments: BadWorkflow.ofYAML + BadWorkflow.ofForm + BadWorkflow.ofCommands + BadWorkflow.ofStages)
  func `Every mistake is found at its place before anything runs`(file: BadWorkflow) async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let path = try runner.file("test.yaml", file.text)
    let outcome = await runner.run("workflow", "run", path)
    #expect(outcome.status == file.status, "\(outcome.messages)")
    #expect(outcome.output == "")
    #expect(outcome.messages.split(separator: "\n").count == 1, "\(outcome.messages)")
    let start = "suggest: \(path):\(file.line):\(file.column): "
    #expect(outcome.messages.hasPrefix(start), "\(outcome.messages)")
    for words in file.says {
      #expect(outcome.messages.contains(words), "\(outcome.messages) does not say: \(words)")
    }
    #expect(!outcome.messages.contains("comparison"))
    #expect(!FileManager.default.fileExists(atPath: runner.path("runs")))
  }

  @Test func `A file that is not there is missing`() async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    #expect(await runner.run("workflow", "run", runner.path("nowhere.yaml")).status == 66)
  }

  @Test(arguments: [
    ("seed", Int32(64), "expected KEY=VALUE"), (".seed=3", 64, "expected KEY=VALUE"),
    ("sede=3", 64, "--set sede=3: there is no key \"sede\": did you mean "),
    ("fti.seed=3", 64, "--set fti.seed=3: there is no stage \"fti\": did you mean fit?"),
    ("find.epochs=3", 64, "there is no key \"epochs\""), ("seed=x", 64, "--set seed=x: stage find"),
    ("fit.lr=", 64, "needs a value"), ("fit.from=nowhere", 66, "there is no file nowhere"),
    ("plot=x.svg", 64, "`plot` is not set here"), ("record.lr=1", 64, "there is no key \"lr\""),
    ("exact=maybe", 64, "needs true or false"),
  ])
  func `A setting that is wrong is named as typed`(_ setting: String, _ status: Int32, _ words: String)
    async throws
  {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let path = try runner.file("test.yaml", SampleWorkflow.small)
    let outcome = await runner.run("workflow", "show", path, "--set", setting)
    #expect(outcome.status == status, "\(outcome.messages)")
    #expect(outcome.messages.contains(words), "\(outcome.messages)")
    #expect(outcome.messages.split(separator: "\n").count == 1)
  }

  @Test(arguments: ["dataset=./nosuchfolder", "data=/nowhere"])
  func `A dry run looks for the data`(_ setting: String) async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let path = try runner.file("test.yaml", SampleWorkflow.small)
    let outcome = await runner.run("workflow", "run", path, "--dry-run", "--set", setting)
    #expect(outcome.status == 66 && outcome.output == "", "\(outcome.messages)")
    #expect(
      outcome.messages.contains("stage find")
        && outcome.messages.contains("nowhere") != setting.contains("./"))
    #expect(await runner.run("workflow", "run", path, "--dry-run").status == 0)
  }

  @Test func `Data, weights and networks that are wrong are found before the first stage begins`()
    async throws
  {
    let runner = try CommandRunner()
    defer { runner.remove() }
    for (old, new, status, place) in [
      ("mlp-8", "gru", Int32(65), "4:10"), ("from: fit", "from: fit\n      freeze: bdoy", 65, "16:15"),
      ("  model: mlp-8", "  batch-size: 2000", 65, "4:15"),
      ("  model: mlp-8", "  data: /nowhere", 66, "3:12"),
      // What an earlier stage will save is known before it does.
      ("from: fit", "from: fit\n      model: mlp-16", 65, "16:14"),
    ] {
      let path = try runner.file("test.yaml", SampleWorkflow.small.replacing(old, with: new))
      let outcome = await runner.run("workflow", "run", path)
      #expect(outcome.status == status, "\(outcome.messages)")
      #expect(outcome.messages.contains("\(path):\(place): stage "), "\(outcome.messages)")
      #expect(outcome.output == "")
    }
  }
}
