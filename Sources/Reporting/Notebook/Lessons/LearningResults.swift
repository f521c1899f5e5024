internal import CurveModel
internal import Scoring

/// One section's part of the notebook about learning: results, differences, what quirks cost, where it fails.
struct LearningResults {
  let index: Int
  let section: ReportContent.Section
  private var sheet: ScoreSheet { section.sheet }

  /// The strategy that all are compared with.
  private static let subject = "learned"
  /// Copies of other projects' rules, with this toolkit's own reading of the same idea.
  private static let copies = [
    ("fastai-minimum", "min10"), ("fastai-julia-minimum", "min10"), ("ktrain-minimum", "min10"),
    ("dataiku", "min10"), ("fastai-steep", "steepest"), ("fastai-1-gradient", "steepest"),
    ("fastai-julia-steepest", "steepest"), ("torch-lr-finder", "steepest"), ("monai", "steepest"),
    ("ignite", "steepest"), ("ktrain-gradient", "steepest"), ("lightning-2.5.2", "steepest"),
    ("lightning", "lightning-2.5.2"), ("fastai-valley", "valley"), ("ktrain-valley", "valley"),
    ("fastai-slide", "slide"),
  ]
  private static let worst = 12

  var tables: [ShownTable] { [results, differences, quirks, failureTable].filter { !$0.rows.isEmpty } }

  var cells: [Notebook.Cell] {
    let forest = ForestFigure(sheet: sheet, rows: sheet.ranked)
    return [
      .text("### \(section.title)\n\n\(sheet.verdict.map(\.text).joined(separator: " "))"),
      .code(
        results.showing + "\n" + Self.drawing, prints: results.lines,
        picture: Notebook.Picture(
          name: "learning-\(index)", says: forest.says, script: forest.script.text(.png))),
    ] + shown(differences, LearningText.differences) + shown(quirks, LearningText.quirks)
  }

  var failures: [Notebook.Cell] { shown(failureTable, "\(section.title):") }

  private func shown(_ table: ShownTable, _ text: String) -> [Notebook.Cell] {
    table.rows.isEmpty ? [] : [.text(text), table.cell]
  }

  private static let drawing = """

    plt.figure(figsize=(8, 8))
    error = [table.regret - table["from"], table["to"] - table.regret]
    plt.errorbar(table.regret, table["who"], xerr=error, fmt="o")
    plt.gca().invert_yaxis()
    plt.xlabel("mean normalised regret")
    plt.show()
    """

  // MARK: Tables

  private var results: ShownTable {
    ShownTable(
      "learning-results-\(index)", ["who", "regret", "from", "to", "above .05", "fails", "abstains"],
      sheet.ranked.map { row in
        [
          .word(sheet.contestants[row.contestant].name), .number(row.regret.value),
          .number(row.regret.interval?.lowerBound ?? .nan), .number(row.regret.interval?.upperBound ?? .nan),
          .number(shareAbove(0.05, row.contestant)), .number(row.failureRate.value),
          .number(row.abstentionRate),
        ]
      })
  }

  /// The share of informative tasks on which a contestant's regret is above a limit.
  private func shareAbove(_ limit: Double, _ contestant: Int) -> Double {
    let regrets = self.regrets(contestant)
    return Double(regrets.count { $0.regret > limit }) / Double(max(regrets.count, 1))
  }

  private func regrets(_ contestant: Int) -> [(task: TaskDescription, regret: Double)] {
    WinnersLesson.Lines(section).regrets(contestant).map { ($0.task, $0.regret) }
  }

  private func contestant(_ name: String) -> Int? {
    sheet.headline.map(\.contestant).first { sheet.contestants[$0].name == name }
  }

  private func row(_ title: String, _ pair: PairComparison) -> [ShownTable.Cell] {
    [
      .word(title), .number(pair.difference.value),
      .number(pair.difference.interval?.lowerBound ?? .nan),
      .number(pair.difference.interval?.upperBound ?? .nan), .number(pair.adjustedPValue),
    ]
  }

  private static let pairColumns = ["difference", "from", "to", "Holm p"]

  private var differences: ShownTable {
    guard let subject = contestant(Self.subject) else { return ShownTable("", [], []) }
    return ShownTable(
      "learning-differences-\(index)", ["\(Self.subject) minus"] + Self.pairColumns,
      sheet.rankedStrategies.compactMap { other in
        sheet.pair(subject, other.contestant).map { row(sheet.contestants[other.contestant].name, $0) }
      })
  }

  private var quirks: ShownTable {
    ShownTable(
      "learning-quirks-\(index)", ["copy minus own"] + Self.pairColumns,
      Self.copies.compactMap { copy, own in
        guard let first = contestant(copy), let second = contestant(own),
          let pair = sheet.pair(first, second)
        else { return nil }
        return row("\(copy) - \(own)", pair)
      })
  }

  private var failureTable: ShownTable {
    guard let subject = contestant(Self.subject) else { return ShownTable("", [], []) }
    let rows = regrets(subject).sorted { (-$0.regret, $0.task.title) < (-$1.regret, $1.task.title) }
    return ShownTable(
      "learning-failures-\(index)", ["task", "regret"],
      rows.prefix(Self.worst).map { [.word($0.task.title), .number($0.regret)] })
  }
}
