import ArgumentParser
import CurveModel
import Reporting
import StrategyKit

/// `suggest`: reads a curve and prints what the strategies suggest.
struct SuggestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "suggest",
    abstract: "Suggest a learning rate from the loss curve of a range test.",
    discussion: """
      Without CURVE it reads standard input if something is piped in, else the newest curve of the store.

        suggest record --dataset digits          record a range test
        suggest                                  what every strategy says
        suggest --strategy steepest recorder.json
        suggest --plot figure.svg history.csv    draw it, too

      Exit codes: 0 done; 3 every strategy abstained; 64 usage; 65 unusable data; 66 missing input; \
      69 a program is missing or failed; 70 our bug; 73 cannot create or write; 74 input/output failed; \
      130 or 143 interrupted.
      """,
    version: SuggestProgram.version,
    subcommands: Subcommands.all)

  @OptionGroup var strategies: StrategyOptions

  @Option(
    help: ArgumentHelp(
      "The optimizer's family, where the curve does not say it: sgd, adam, …", valueName: "family"))
  var optimizer: String?

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

  func run() async throws {
    let console = Console.current
    let chosen = try strategies.chosen()
    if let plot { _ = try FigureFormat(path: plot) }
    let report = try SuggestionReport(asking: chosen, about: curve.read(console), optimizerFamily: optimizer)
    if let plot { try await FigureRenderer().write(CurveFigure(of: report), to: plot) }
    try console.output(format.text(of: report))
    if format == .text, console.outputIsTerminal {
      try console.output("\n" + TerminalPlot(console).text(of: CurveFigure(of: report)) + "\n")
    }
    if report.allAbstained {
      if format == .value, let answer = report.answers.first {
        console.report("\(answer.descriptor.name) abstains: \(answer.abstention?.reason ?? "")")
      }
      throw ExitStatus.abstained
    }
  }
}

extension TerminalPlot {
  /// A plot that fits the console, in colour on a terminal unless NO_COLOR is set.
  init(_ console: Console) {
    let plain = console.environment["NO_COLOR"].map { !$0.isEmpty } ?? false
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { console.environment[$0] }.first {
      !$0.isEmpty
    }
    // An unset locale is the C locale, but most terminals draw Unicode all the same; only a locale that says
    // otherwise gets ASCII.
    let ascii = locale.map { !$0.lowercased().contains("utf") } ?? false
    self.init(width: min(console.width, 100), ascii: ascii, color: console.outputIsTerminal && !plain)
  }
}
