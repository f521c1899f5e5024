import DocumentFiles
@testable import Comparison
import Testing

/// A file with one mistake, where it is, and what the message says of it.
struct BadFile: Sendable, CustomTestStringConvertible {
  let text: String
  let line: Int
  let column: Int
  let says: [String]
  /// Whether a JSON Schema can see the mistake.
  let isOfForm: Bool

  init(_ text: String, _ line: Int, _ column: Int, _ says: [String], isOfForm: Bool = false) {
    self.text = text
    self.line = line
    self.column = column
    self.says = says
    self.isOfForm = isOfForm
  }

  /// The smallest file with something in place of something else.
  init(
    _ old: String, _ new: String, _ line: Int, _ column: Int, _ says: [String], isOfForm: Bool = false
  ) {
    self.init(SampleFile.smallest.replacing(old, with: new), line, column, says, isOfForm: isOfForm)
  }

  /// The smallest file with further lines, which begin at line 8.
  init(adding lines: String, _ line: Int, _ column: Int, _ says: [String], isOfForm: Bool = false) {
    self.init(SampleFile.smallest + lines, line, column, says, isOfForm: isOfForm)
  }

  var testDescription: String { "\(line):\(column) \(says[0])" }

  static let ofForm: [BadFile] = [
    BadFile(
      "name: test", "nmae: test", 2, 1, ["no key \"nmae\"", "did you mean name?", "range-tests"],
      isOfForm: true),
    BadFile("name: test\n", "", 1, 1, ["the key name is missing"], isOfForm: true),
    BadFile(
      "suggest: 1", "suggest: 2", 1, 10, ["`suggest` needs the number 1, not 2"],
      isOfForm: true
    ),
    BadFile(
      "[1, 2]", 1, 1, ["the file needs a mapping of suggest, name, base, matrix", "not a list"],
      isOfForm: true),
    BadFile(
      "steps: 100", "steps: ten", 7, 10, ["`steps` needs a whole number", "not \"ten\""], isOfForm: true),
    BadFile("steps: 100", "steps: \"100\"", 7, 10, ["without quotes"], isOfForm: true),
    BadFile("steps: 100", "steps: 0", 7, 10, ["from 1 to", "not 0"], isOfForm: true),
    BadFile("steps: 100", "steps: 1.5", 7, 10, ["not 1.5"], isOfForm: true),
    BadFile("steps: 100", "steps:", 7, 9, ["not nothing"], isOfForm: true),
    BadFile("steps: 100", "steps: []", 7, 10, ["`steps` is an empty list"], isOfForm: true),
    BadFile("steps: 100", "steps: [100, [200]]", 7, 16, ["not a list"], isOfForm: true),
    BadFile("steps: 100", "step: 100", 7, 3, ["no key \"step\"", "did you mean steps?"], isOfForm: true),
    BadFile("digits", "digit", 4, 12, ["no data set \"digit\": did you mean digits?"], isOfForm: true),
    BadFile(
      "sgd", "adma", 6, 14, ["no optimizer \"adma\": did you mean adam?", "fastai-adam"], isOfForm: true),
    BadFile(
      "sgd", "{name: sgd, momentum: 1}", 6, 36, ["`momentum` needs a number from 0 to below 1"],
      isOfForm: true),
    BadFile("sgd", "{momentum: 0.5}", 6, 14, ["the key name is missing"], isOfForm: true),
    BadFile(
      "sgd\n", "sgd\n  schedule: onecycle\n", 7, 13, ["no schedule \"onecycle\": did you mean one-cycle?"],
      isOfForm: true),
    BadFile(
      "sgd\n", "sgd\n  weight-decay: -1\n", 7, 17, ["`weight-decay` needs a number from 0"], isOfForm: true),
    BadFile(adding: "grid: {per-decade: 21}\n", 8, 20, ["from 1 to 20"], isOfForm: true),
    BadFile(adding: "grid: {from: 0}\n", 8, 14, ["`from` needs a number from 1e-12"], isOfForm: true),
    BadFile(adding: "grid: {refine: yes}\n", 8, 16, ["needs true or false, not \"yes\""], isOfForm: true),
    BadFile(
      adding: "grid: {ranges: {sdg: {from: 1, to: 2}}}\n", 8, 17, ["no key \"sdg\": did you mean sgd?"],
      isOfForm: true),
    BadFile(adding: "grid: {ranges: {sgd: {from: 1}}}\n", 8, 22, ["the key to is missing"], isOfForm: true),
    BadFile(adding: "range-tests: {seeds: 5}\n", 8, 15, ["no key \"seeds\""], isOfForm: true),
    BadFile(adding: "seeds: {grid: 0}\n", 8, 15, ["from 1 to 1000"], isOfForm: true),
    BadFile(adding: "seeds: {}\n", 8, 8, ["`seeds` is an empty mapping"], isOfForm: true),
    BadFile(
      adding: "strategies: [steepset]\n", 8, 14, ["no strategy \"steepset\": did you mean steepest?"],
      isOfForm: true),
    BadFile(
      adding: "strategies: x-ray-film\n", 8, 13,
      ["no strategy \"x-ray-film\"; `suggest strategies` lists them"],
      isOfForm: true),
    BadFile(
      adding: "strategies: [{name: valley, evaluation: indirect}]\n", 8, 41,
      ["no evaluation \"indirect\"", "direct"],
      isOfForm: true),
  ]

  static let ofYAML: [BadFile] = [
    BadFile("", 1, 1, ["the file is empty"]),
    BadFile("# only a comment\n", 1, 1, ["the file is empty"]),
    BadFile("suggest: [1\nname: x\n", 2, 5, ["this is not YAML"]),
    BadFile("suggest: 1\n\tname: x\n", 2, 1, ["this is not YAML"]),
    BadFile("suggest: 1\nname: a\u{1}b\n", 2, 8, ["this is not YAML", "control characters"]),
    BadFile("suggest: 1\nname: test\nname: other\n", 2, 1, ["the key name stands more than once"]),
    BadFile("suggest: 1\n---\nsuggest: 1\n", 3, 1, ["one document"]),
    BadFile("{[1, 2]: 3}", 1, 2, ["a key is a word"]),
    BadFile("suggest: *nowhere\n", 1, 10, ["this is not YAML", "undefined alias"]),
    BadFile("a: [" + String(repeating: "*a, ", count: 17) + "]\n", 1, 69, ["more than 16 aliases"]),
  ]

  static let ofMeaning: [BadFile] = [
    BadFile("test", "a/b", 2, 7, ["the name \"a/b\""]),
    BadFile("mlp-64", "mpl-64", 5, 10, ["no model \"mpl-64\": did you mean mlp"]),
    BadFile("  steps: 100\n", "", 4, 3, ["the key steps is missing"]),
    BadFile("digits", "[digits, letter, digits]", 4, 29, ["`dataset` names the same twice"]),
    BadFile("sgd", "[sgd, {name: sgd}]", 6, 20, ["`optimizer` names the same twice"]),
    BadFile("sgd", "{name: adagrad, momentum: 0.5}", 6, 40, ["adagrad has no momentum"]),
    BadFile(
      "mlp-64", "gru", 5, 10, ["data set digits and model gru-128 do not go together", "needs sequences"]),
    BadFile(
      "digits\n  model: mlp-64", "letter\n  model: [mlp-64, cnn]", 5, 19, ["letter", "needs pictures"]),
    BadFile(
      "digits\n  model: mlp-64", "letter\n  model: gru", 5, 10, ["letter", "the model is one of text"]),
    BadFile("digits\n", "shakespeare\n", 5, 10, ["shakespeare", "use a model of text, such as gru"]),
    BadFile("mlp-64", "transformer-heads3", 5, 10, ["do not go together"]),
    BadFile("sgd\n", "sgd\n  batch-size: [64, 2000]\n", 7, 20, ["digits has 1437 samples", "2000"]),
    BadFile("steps: 100", "steps: 5", 7, 10, ["5 steps cannot be evaluated 10 times"]),
    BadFile(
      "sgd\n", "sgd\n  schedule: {name: constant, final-rate: 1}\n", 7, 42,
      ["constant has no use for final-rate"]),
    BadFile(
      "sgd\n", "sgd\n  schedule: {name: one-cycle, warm-up: 0.1}\n", 7, 40,
      ["one-cycle has no use for warm-up"]),
    BadFile(
      "sgd\n", "sgd\n  schedule: {name: cosine, milestones: [0.5]}\n", 7, 40,
      ["cosine has no use for milestones"]),
    BadFile("sgd\n", "sgd\n  schedule: {name: step, milestones: [0.5, 0.5]}\n", 7, 44, ["milestones rise"]),
    BadFile("sgd\n", "sgd\n  schedule: {name: exponential, final-rate: 0}\n", 7, 45, ["never reaches 0"]),
    BadFile(
      "steps: 100", "zip: [{steps: 100}, {steps: 1, model: cnn}]", 7, 34,
      ["`model` stands in the product too"]),
    BadFile(
      "steps: 100", "zip: [{steps: 100}, {batch-size: 1, steps: 1}]", 7, 24,
      ["`batch-size` is not in the first mapping"]),
    BadFile(
      "steps: 100", "zip: [{steps: 100, batch-size: 1}, {steps: 1}]", 7, 38, ["`batch-size` is missing here"]),
    BadFile("sgd\n", "sgd\n  exclude: [{model: cnn}]\n", 7, 13, ["this excludes nothing"]),
    BadFile("sgd\n", "sgd\n  exclude: [{model: mlp-64}]\n", 4, 3, ["excludes all of its tasks"]),
    BadFile(
      SampleFile.matrix(
        """
        dataset: digits
        model: [\((1...1001).map { "mlp-\($0)" }.joined(separator: ", "))]
        optimizer: sgd
        steps: [\((100...1099).map(String.init).joined(separator: ", "))]
        """), 4, 3, ["more than 1000000 tasks"]),
    BadFile(adding: "range-tests: {start: 1, end: 1}\n", 8, 30, ["its start 1.0 is not below its end 1.0"]),
    BadFile(adding: "range-tests: [{end: 1}, {end: 1}]\n", 8, 25, ["`range-tests` names the same twice"]),
    BadFile(adding: "evaluation: {count: 2, averaged: 3}\n", 8, 34, ["the last 3 of 2"]),
    BadFile(adding: "grid: {from: 1, to: 0.1}\n", 8, 21, ["the grid is empty"]),
    BadFile(adding: "grid: {extend: {from: 1e-3}}\n", 8, 16, ["widen `extend`"]),
    BadFile(adding: "grid: {ranges: {sgd: {from: 1, to: 1e5}}}\n", 8, 22, ["100000.0", "widen `extend`"]),
    BadFile(adding: "seeds: {grid: [1, 2, 1]}\n", 8, 22, ["seed 1 stands twice"]),
    BadFile(adding: "seeds: {grid: 3, range-tests: [7, 2]}\n", 8, 31, ["seed 2 is both"]),
    BadFile(adding: "seeds: {grid: [1003]}\n", 8, 15, ["seed 1003 is both"]),
    BadFile(adding: "seeds: {grid: 2, suggestions: 3}\n", 8, 31, ["the first of the grid's, which are 2"]),
    BadFile(adding: "seeds: {grid: [4, 5], suggestions: [5]}\n", 8, 36, ["the first of the grid's"]),
    BadFile(adding: "strategies: [valley, {name: valley}]\n", 8, 22, ["valley stands twice"]),
    BadFile(adding: "strategies: [{name: all, set: {depth: 1}}]\n", 8, 31, ["name it in place of all"]),
    BadFile(
      adding: "strategies: [{name: steepest, set: {bandwith: 1}}]\n", 8, 37,
      ["no parameter of steepest \"bandwith\": did you mean bandwidth?"]),
    BadFile(adding: "strategies: [{name: steepest, set: {bandwidth: wide}}]\n", 8, 48, ["expected a number"]),
    BadFile(
      adding: "strategies: [{name: steepest, set: {bandwidth: [1, 9]}}]\n", 8, 52, ["allowed is 0.02 to 2"]),
    BadFile(adding: "strategies: [{name: ignite, set: {depth: 1}}]\n", 8, 35, ["ignite has no parameters"]),
  ]
}

struct BadFileTests {
  @Test(arguments: BadFile.ofForm + BadFile.ofYAML + BadFile.ofMeaning)
  func `Every mistake is found at its place`(file: BadFile) throws {
    let error = #expect(throws: ComparisonFileError.self) { _ = try SampleFile.comparison(file.text) }
    guard let error else { return }
    #expect("\(error.line):\(error.column)" == "\(file.line):\(file.column)", "\(error)")
    #expect(error.description.hasPrefix("test.yaml:\(file.line):\(file.column): "))
    for words in file.says {
      #expect(error.problem.contains(words), "\(error) does not say: \(words)")
    }
    #expect(!error.problem.contains("\n"))
  }

  @Test func `Bytes that are not UTF-8 are found at their place`() {
    let bytes = Array("suggest: 1\nname: é".utf8) + [0xff] + Array("\n".utf8)
    #expect(
      throws: ComparisonFileError(
        path: "x.yaml", line: 2, column: 8, problem: "this is not UTF-8; save the file in that encoding")
    ) { try Comparison(parsing: bytes, path: "x.yaml") }
  }

  @Test func `Aliases that multiply are stopped`() {
    var text = "l0: &l0 [x, x, x, x, x, x, x, x]\n"
    for level in 1...9 {
      let aliases = Array(repeating: "*l\(level - 1)", count: 8).joined(separator: ", ")
      text += "l\(level): &l\(level) [\(aliases)]\n"
    }
    #expect(throws: ComparisonFileError.self) { try SampleFile.comparison(text) }
  }

  @Test(arguments: ["[", "{a: ", "- "])
  func `Deep nesting is an error`(bracket: String) {
    let text = String(repeating: bracket, count: 100_000)
    let error = #expect(throws: ComparisonFileError.self) { try SampleFile.comparison(text) }
    #expect(error?.problem.hasPrefix("the file is nested too deeply") ?? false)
  }

  @Test func `A file beyond a mebibyte is an error`() {
    let text = SampleFile.smallest + String(repeating: "# comment\n", count: 110_000)
    #expect(throws: ComparisonFileError.self) { try SampleFile.comparison(text) }
  }
}
