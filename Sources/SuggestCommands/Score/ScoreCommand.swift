import ArgumentParser
import CurveModel
import Evidence
import Scoring

/// `suggest score`: which strategy to trust.
struct ScoreCommand: QuickCommand {
  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract: "Score strategies against what training at their rates really gave.",
    discussion: """
        suggest score datasets/outcomes/standard
        suggest score --strategy steepest --strategy fastai-valley --optimizer 'adam*' mine
        suggest score --format json > scores.json

      Regret is 0 where a suggestion is as good as the best rate of the task, and 1 where it is as bad as not training. \
      Every number is a mean or median over tasks; strategies are compared on the tasks that all of them could be \
      scored on. docs/scoring.md explains the method, docs/score-format.md the forms json and csv.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, csv }

  @OptionGroup var options: ScoreOptions

  @Option(help: "The form of the output; csv is the headline table alone.")
  var format: Format = .text

  var isQuick: Bool { true }

  func runQuickly() throws {
    let console = Console.current
    let scored = try options.scored(console)
    switch format {
    case .text:
      try console.output(ScoreText(scored, width: console.outputIsTerminal ? console.width : 100).text)
    case .json: try console.output(scored.json.text + "\n")
    case .csv: try console.output(EvidenceExport.headline(of: scored.sheet).text)
    }
  }
}
