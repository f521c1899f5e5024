import ArgumentParser
import CurveModel
import Reporting
import StrategyRegistry

/// `suggest export notebook`: notebooks about outcomes, to be read or run.
struct ExportNotebookCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notebook",
    abstract: "Write notebooks about outcomes, with their outputs, as .ipynb and as Markdown.",
    discussion: """
        suggest export notebook datasets/outcomes/standard -o notebooks

      Three notebooks: how a range test works, what each strategy reads, which one wins where. With --learning a fourth, \
      written like a paper: whether a curve can be read better, with ablations; range tests of further lengths, of the same \
      tasks, are part of it where a store has them and --range-test names the one to compare with. Notebooks can be read as \
      they are. Python with pandas and matplotlib runs them again from the tables beside them.
      """)

  @OptionGroup var options: ScoreOptions

  @Option(
    name: [.short, .customLong("output")],
    help: ArgumentHelp("The folder for the files; made if it is not there.", valueName: "folder"))
  var output: String

  @Flag(help: "Write the notebook about learned strategies, and no other.")
  var learning = false

  func run() async throws {
    let console = Console.current
    try OutputFolder.check(output)
    if learning {
      try await write([try LearningStudy(options, console).lesson.notebook], console)
      return
    }
    let lessons = Lessons(try options.sections(console).map { try $0.section(withSensitivity: false) })
    let reading = try lessons.subject.map { subject in
      let strategies =
        options.strategies.strategy.contains { $0.hasSuffix(")") }
        ? try StrategyOptions.chosen(StrategyCatalog.builtIn.names, set: []) : try options.strategies.chosen()
      return CurveFigure(
        of: try SuggestionReport(
          asking: strategies, about: NamedCurve(source: "range test", curve: subject.curve, warnings: []),
          optimizerFamily: subject.optimizer))
    }
    try await write(lessons.notebooks(reading: reading), console)
  }

  private func write(_ notebooks: [Notebook], _ console: Console) async throws {
    let paths = try await NotebookFolder().write(notebooks, to: output)
    try console.output("\(paths.joined(separator: ", "))\n")
  }
}
