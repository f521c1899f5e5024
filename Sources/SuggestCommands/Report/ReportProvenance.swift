import CurveModel
import Reporting
import Scoring

/// How a report was made, in facts that do not change when it is made again.
struct ReportProvenance {
  private let sections: [ScoredEvidence]
  private let options: ScoreOptions

  init(_ sections: [ScoredEvidence], _ options: ScoreOptions) {
    self.sections = sections
    self.options = options
  }

  var facts: [ReportContent.Fact] {
    guard let first = sections.first else { return [] }
    let tables = sections.map(\.sheet.tables)
    let settings = first.settings
    let draws = settings.draws == 0 ? "none" : "\(settings.draws) draws, seeded by the keys of the runs"
    return [
      .init("Program", "suggest \(SuggestProgram.version), curve format \(CurveLines.version)"),
      .init("Command", "suggest report \(ShellWords.text(of: first.stores + options.words)) -o DIR"),
      .init("Stores", first.stores.joined(separator: ", ")),
      .init("Outcome", "\(settings.outcome.rawValue), clipped at the untrained loss"),
      .init("Oracle", settings.oracle.rawValue), .init("Intervals", "95 %, bootstrap with \(draws)"),
      .init("Roles", settings.roles.rawValue),
      .init("Range tests", settings.rangeTestSetting ?? "none"),
      .init("Seeds of range tests", Self.list(tables.flatMap { $0.rangeTests.map(\.seed) })),
      .init("Seeds of trainings", Self.list(tables.flatMap { $0.outcomes.map(\.seed) })),
      .init(
        "Amount",
        "\(tables.reduce(0) { $0 + $1.outcomes.count }) trainings, \(tables.reduce(0) { $0 + $1.rangeTests.count })"
          + " range tests, \(tables.reduce(0) { $0 + $1.suggestions.count }) suggestions"),
      .init(
        "Strategies",
        first.sheet.tables.strategies.map { "\($0.name) \($0.version)" }.joined(separator: ", ")),
    ]
  }

  /// Numbers as ranges: `0–4, 100–102`.
  private static func list(_ seeds: [UInt64]) -> String {
    var ranges: [ClosedRange<UInt64>] = []
    for seed in Set(seeds).sorted() {
      if let last = ranges.last, last.upperBound + 1 == seed {
        ranges[ranges.count - 1] = last.lowerBound...seed
      } else {
        ranges.append(seed...seed)
      }
    }
    return ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)–\($0.upperBound)" }
      .joined(separator: ", ")
  }
}
