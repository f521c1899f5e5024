import Foundation
import Testing

/// Runs every `suggest` command printed in the README and in the page on workflows, as printed, with the real program.
@Suite struct DocumentationTests {
  /// The commands of the README's `sh` blocks that call the program.
  static let commands = commands(of: "README.md")

  /// The commands of a page's `sh` blocks that call the program.
  private static func commands(of page: String) -> [String] {
    let text =
      (try? String(contentsOf: Repository.root.appendingPathComponent(page), encoding: .utf8)) ?? ""
    var inside = false
    var commands: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") { inside = line == "```sh" }
      if inside, line.hasPrefix("suggest") { commands.append(String(line)) }
    }
    return commands
  }

  /// The lesson on painted photographs with a small network; other commands as they are.
  private static func smaller(_ command: String) -> String {
    guard command.hasPrefix("suggest workflow run workflows/cats-vs-dogs.yaml") else { return command }
    let backbone =
      "suggest train --dataset ./photographs --labels capital-initial --size 32 --batch-size 16 --lr 0.01 --epochs 1 "
      + "--model resnet18-small-width4 --save backbone.safetensors"
    let settings = [
      "dataset=./photographs", "size=32", "model=resnet18-small-width4-fastai", "from=backbone.safetensors",
      "fine-tune.lr=9e-3",
    ]
    return "\(backbone) && \(command) " + settings.map { "--set \($0)" }.joined(separator: " ")
  }

  @Test("the README prints commands")
  func findsCommands() { #expect(Self.commands.count >= 10) }

  @Test("every command of the README works, one after the other in one folder")
  func runsCommands() throws {
    let program = try Program.built()
    let runner = try CommandRunner()
    defer { runner.remove() }
    try runner.file("recorder.json", CurveText.fastai())
    for folder in ["comparisons", "workflows", "datasets/outcomes"] {
      let target = runner.folder.appendingPathComponent(folder)
      try FileManager.default.createDirectory(
        at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
      try FileManager.default.copyItem(at: Repository.root.appendingPathComponent(folder), to: target)
    }
    let rates = (0..<60).map { pow(10, -6 + Double($0) / 10) }
    let rows = zip(rates, CurveText.losses(rates)).map { "\($0),\($1)" }
    try runner.file("history.csv", (["lr,loss"] + rows).joined(separator: "\n"))
    let hasFashion = FileManager.default.fileExists(atPath: "/usr/share/datasets/fashion-mnist")
    let needsFashion = { (command: String) in
      command.contains("fashion-mnist") || command.contains("quick.yaml --limit")
    }
    try PaintedPets.write(into: runner.path("photographs"))
    for command in Self.commands where hasFashion || !needsFashion(command) {
      // It would download 0.8 GB; DataFetchTests fetch from a server of their own.
      guard !command.hasPrefix("suggest data fetch pets") else { continue }
      let outcome = try program.shell(Self.smaller(command), in: runner.folder)
      #expect(outcome.status == 0, "\(command): \(outcome.messages)")
      #expect(outcome.output != "" || command.contains("--output"), "\(command) printed nothing")
    }
  }

  @Test("every command of docs/workflow-files.md works, one after the other in one folder")
  func runsWorkflowCommands() throws {
    let program = try Program.built()
    let runner = try CommandRunner()
    defer { runner.remove() }
    try FileManager.default.copyItem(
      at: Repository.folder("workflows"), to: runner.folder.appendingPathComponent("workflows"))
    let commands = Self.commands(of: "docs/workflow-files.md")
    #expect(commands.count >= 5)
    for command in commands {
      let outcome = try program.shell(command, in: runner.folder)
      #expect(outcome.status == 0, "\(command): \(outcome.messages)")
      #expect(outcome.output != "", "\(command) printed nothing")
    }
  }

  @Test("the mistake that docs/workflow-files.md shows is what the program says")
  func showsMistakes() async throws {
    let page = try String(
      contentsOf: Repository.root.appendingPathComponent("docs/workflow-files.md"), encoding: .utf8)
    let runner = try CommandRunner()
    defer { runner.remove() }
    let yaml = try #require(page.firstMatch(of: /```yaml\n((?s:.)*?)```/)).1
    let file = String(yaml).replacing("lr: steepest", with: "lr: steepset")
    let outcome = await runner.run("workflow", "show", try runner.file("digits.yaml", file))
    let said = outcome.messages.replacing("suggest: \(runner.folder.path)/", with: "")
    #expect(outcome.status == 65 && page.contains("\n" + said), "\(said)")
  }

  @Test("every test that docs/pitfalls.md names is there")
  func namesTests() throws {
    let page = try String(
      contentsOf: Repository.root.appendingPathComponent("docs/pitfalls.md"), encoding: .utf8)
    let rows = page.split(separator: "\n").filter { $0.hasPrefix("| ") && $0.first { $0.isNumber } != nil }
    let names = rows.compactMap { $0.matches(of: /`([^`]+)` \|$/).last?.1 }
    #expect(names.count == 26)
    var tests = ""
    let folder = Repository.root.appendingPathComponent("Tests")
    for case let file as String in FileManager.default.enumerator(atPath: folder.path) ?? .init()
    where file.hasSuffix(".swift") {
      tests += try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
    }
    for name in names {
      let isThere = tests.contains("func `\(name)`") || tests.contains("\"\(name)\"")
      #expect(isThere, "\(name)")
    }
  }
}
