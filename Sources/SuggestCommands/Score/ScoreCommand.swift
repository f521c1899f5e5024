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
        suggest score --role peak --format json > scores.json

      Regret is 0 where a suggestion is as good as the best rate of the task, and 1 where it is as bad as not training. \
      Every number is a mean or median over tasks; strategies are compared on the tasks that all of them could be \
      scored on. A rate that is meant as the peak of a schedule is not judged where rates stay constant, so tasks of \
      each role have a table of their own. docs/scoring.md explains the method, docs/score-format.md the forms json and csv.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, csv }

  @OptionGroup var options: ScoreOptions

  @Option(help: "The form of the output; csv is the headline table alone.")
  var format: Format = .text

  @Flag(
    help:
      "Print mean ranks too, with the groups that Nemenyi's test does not tell apart; they depend on who is ranked."
  )
  var nemenyi = false

  var isQuick: Bool { true }

  func runQuickly() throws {
    let console = Console.current
    switch format {
    case .text:
      let width = console.outputIsTerminal ? console.width : 100
      let pages = try options.sections(console).map { ScoreText($0, width: width, withRanks: nemenyi).text }
      try console.output(pages.joined(separator: "\n\n"))
    case .json: try console.output(try options.scored(console).json.text + "\n")
    case .csv:
      try console.output(EvidenceExport.headline(of: try options.sections(console).map(\.sheet)).text)
    }
  }
}
