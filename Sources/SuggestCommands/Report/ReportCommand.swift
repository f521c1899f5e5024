import ArgumentParser
import Evidence
import Reporting
import Scoring

/// `suggest report`: the scores as a page to look at.
struct ReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write the scores, every task's curves and how they were made as one page of HTML.",
    discussion: """
        suggest report datasets/outcomes/standard -o report
        suggest report --strategy steepest --strategy fastai-valley -o report mine

      The page, report.html in the folder, needs nothing but itself: it opens offline, sorts, filters, and prints. What is \
      scored and how is chosen as for suggest score.
      """)

  @OptionGroup var options: ScoreOptions

  @Option(
    name: [.short, .customLong("output")],
    help: ArgumentHelp("The folder for report.html; made if it is not there.", valueName: "folder"))
  var output: String

  @Option(help: ArgumentHelp("The page's headline.", valueName: "text"))
  var title = "Learning-rate suggestion, scored"

  @Flag(help: "Leave out the panel on changed range tests, which asks every strategy five times more.")
  var noSensitivity = false

  func run() async throws {
    let console = Console.current
    try OutputFolder.check(output, for: ["report.html"])
    let sections = try options.sections(console)
    let content = ReportContent(
      title: title, sections: try sections.map { try $0.section(withSensitivity: !noSensitivity) },
      provenance: ReportProvenance(sections, options).facts, notices: sections.first?.evidence.notices ?? [])
    let path = try await ReportPage().write(content, toFolder: output)
    let tasks = sections.reduce(0) { $0 + $1.sheet.studies.count }
    try console.output(
      "\(path): \(Quantity.text(tasks, "task")) in \(Quantity.text(sections.count, "section"))\n")
  }
}

extension ScoredEvidence {
  /// The section of a report.
  func section(withSensitivity: Bool) throws -> ReportContent.Section {
    let title =
      switch evidence.roles {
      case [.constant]: "Rates that stay constant"
      case [.peak]: "Rates that are the peak of a schedule"
      default: "All tasks"
      }
    return ReportContent.Section(
      title: title, sheet: sheet, settings: settings, curves: curves,
      sensitivity: withSensitivity ? try sensitivity() : [])
  }

  /// How far rates move when the range tests of the section are changed.
  private func sensitivity() throws -> [ReportContent.Sensitivity] {
    try SensitivityStudy(evidence).rows.map { row in
      ReportContent.Sensitivity(
        strategy: row.strategy, change: row.change.title, medianShift: row.medianShift,
        tests: row.shifts.count,
        lost: row.lost)
    }
  }
}
