import ArgumentParser
import CurveModel
import Reporting
import StrategyKit

/// `suggest`: reads a curve and prints what the strategies suggest.
struct SuggestCommand: AsyncParsableCommand, QuickCommand {
  static let configuration = CommandConfiguration(
    commandName: "suggest",
    abstract: "Suggest a learning rate from the loss curve of a range test.",
    discussion: """
      Without CURVE it reads standard input if something is piped in, else the newest curve of the store.

        suggest record --dataset digits          record a range test
        suggest                                  what every strategy says
        suggest --strategy steepest recorder.json
        suggest --for constant --optimizer adam  the rate for that use
        suggest --plot figure.svg history.csv    draw it, too
        suggest train --dataset digits --lr steepest
                                                 train at what a strategy says

      Exit codes: 0 done; 3 every strategy abstained, or the training diverged; 64 usage; 65 unusable data; \
      66 missing input; 69 a program is missing or failed; 70 our bug; 73 cannot create or write; 74 input/output failed; \
      130 or 143 interrupted.
      """,
    version: SuggestProgram.version,
    subcommands: Subcommands.all)

  @OptionGroup var strategies: StrategyOptions

  @OptionGroup var use: UseOptions

  @Flag(help: "Say what moved each answer, and by how much.")
  var explain = false

  @Option(help: "The form of the output: text, json, csv, or value (the rate alone, of one strategy).")
  var format: ReportFormat = .text

  @Option(
    help: ArgumentHelp(
      "Also draw the curve with every suggestion: .svg, .png, .pdf or .gp.", valueName: "file"))
  var plot: String?

  @OptionGroup var curve: CurveOptions

  func validate() throws {
    if format == .value, strategies.strategy.count != 1 {
      throw ValidationError("--format value prints one rate: give exactly one --strategy")
    }
  }

  var isQuick: Bool { plot == nil }

  func runQuickly() throws { try present(report()) }

  func run() async throws {
    let format = try plot.map(FigureFormat.init(path:))
    if let plot, let input = curve.curve, plot == input {
      throw UsageError("--plot \(plot) would overwrite the curve it draws: choose another file")
    }
    let report = try report()
    if format != nil, let plot { try await FigureRenderer().write(CurveFigure(of: report), to: plot) }
    try present(report)
  }

  private func report() throws -> SuggestionReport {
    let chosen = try strategies.chosen()
    let read = try curve.read(.current)
    let doubts = [use.doubt, use.doubt(about: read), use.doubt(aboutUseOf: read)]
    for doubt in doubts.compactMap(\.self) { Console.current.report(doubt) }
    return try SuggestionReport(
      asking: chosen, about: read, optimizerFamily: use.optimizer,
      use: use.use, trainingSteps: use.steps)
  }

  /// - Throws: ``ExitStatus/abstained`` if no strategy gave a rate.
  private func present(_ report: SuggestionReport) throws {
    let console = Console.current
    try console.output(
      format.text(of: report, width: console.outputIsTerminal ? console.width : nil, explains: explain))
    // These forms have no place for a doubt, and a script should not lose it.
    if format == .value || format == .csv { report.reportWarnings(console) }
    if format == .text, console.outputIsTerminal {
      try console.output("\n" + TerminalPlot(console).text(of: CurveFigure(of: report)) + "\n")
    }
    guard report.allAbstained else { return }
    if format == .value, let answer = report.answers.first {
      console.report("\(answer.descriptor.name) abstains: \(answer.abstention?.reason ?? "")")
    }
    throw ExitStatus.abstained
  }
}
