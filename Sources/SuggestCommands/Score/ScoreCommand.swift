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
        suggest score --across-optimizers --any-role mine datasets/outcomes/standard

      Regret is 0 where a suggestion is as good as the best rate of the task, and 1 where it is as bad as not training. \
      Every number is a mean or median over tasks; strategies are compared on the tasks that all of them could be \
      scored on. A rate that is meant as the peak of a schedule is not judged where rates stay constant, so tasks of \
      each role have a table of their own.

      --across-optimizers compares optimizers instead, each with every way to its rate, on problems (tasks without their \
      optimizer) that were trained with all of them: regret is 0 at the best rate of the best optimizer. Without \
      --strategy it asks \(ComparedOptimizers.standardStrategies.joined(separator: ", ")).

      docs/scoring.md explains the method, docs/score-format.md the forms json and csv.
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

  @Flag(help: "Compare optimizers at equal steps and at equal time, learning-rate-free ones among them.")
  var acrossOptimizers = false

  @Option(
    help: ArgumentHelp(
      "With --across-optimizers: whose time the others get, as in 'adam: steepest'. (default: Adam with the first strategy)",
      valueName: "contender"))
  var reference: String?

  var isQuick: Bool { true }

  func runQuickly() throws {
    let console = Console.current
    guard !acrossOptimizers else { return try compareOptimizers(console) }
    if reference != nil { throw UsageError("--reference goes with --across-optimizers alone") }
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
  private func compareOptimizers(_ console: Console) throws {
    if nemenyi { throw UsageError("--nemenyi ranks strategies: it does not go with --across-optimizers") }
    switch format {
    case .text:
      let width = console.outputIsTerminal ? console.width : 100
      let pages = try options.comparedOptimizers(console, reference: reference)
        .map { ContenderText($0, width: width).text }
      try console.output(pages.joined(separator: "\n\n"))
    case .json:
      try console.output(
        try options.comparedOptimizersOfOneRole(console, reference: reference).json.text + "\n")
    case .csv:
      let sheets = try options.comparedOptimizers(console, reference: reference).map(\.sheet)
      try console.output(EvidenceExport.contenders(of: sheets).text)
    }
  }
}
