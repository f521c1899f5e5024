import ArgumentParser
import CurveModel
import Reporting

/// `suggest plot`: draws a curve with every suggestion on it.
struct PlotCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plot",
    abstract: "Draw a loss curve with the suggestions marked on it.",
    discussion: """
      Without --output it draws in the terminal.

        suggest plot --output figure.svg --strategy steepest --strategy valley
      """)

  @OptionGroup var strategies: StrategyOptions

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("The file: .svg, .png, .pdf, or .gp for the gnuplot script.", valueName: "file"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "The optimizer's family, where the curve does not say it: sgd, adam, …", valueName: "family"))
  var optimizer: String?

  @OptionGroup var curve: CurveOptions

  func run() async throws {
    let console = Console.current
    let chosen = try strategies.chosen()
    if let output { _ = try FigureFormat(path: output) }
    if let output, output == curve.curve {
      throw UsageError("--output \(output) would overwrite the curve it draws: choose another file")
    }
    let report = try SuggestionReport(asking: chosen, about: curve.read(console), optimizerFamily: optimizer)
    let figure = CurveFigure(of: report)
    if let output {
      try await FigureRenderer().write(figure, to: output)
    } else {
      try console.output(TerminalPlot(console).text(of: figure) + "\n")
    }
    if report.allAbstained { throw ExitStatus.abstained }
  }
}
