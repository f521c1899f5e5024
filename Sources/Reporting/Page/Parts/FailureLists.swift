internal import CurveModel
internal import Scoring

/// What went wrong, by strategy and task, with the reasons.
struct FailureLists {
  let sheet: ScoreSheet

  /// Suggested rates at which trainings failed.
  var failures: SortableTable {
    let rows = sheet.taskScores.filter { sheet.contestants[$0.contestant].kind == .strategy }
      .flatMap { score in
        score.scores.filter { $0.failureRate > 0 && !$0.abstained }.map { (score, $0) }
      }
    return SortableTable(
      caption: "Every suggested rate at which trainings failed: diverged, or no better than untrained.",
      columns: ["strategy", "task", "rate", "failed trainings"].enumerated().map {
        SortableTable.Column(name: $0.element, isNumber: $0.offset > 1)
      },
      rows: rows.map { score, suggestion in
        SortableTable.Row(
          contestant: score.contestant,
          cells: [
            SortableTable.Cell("\(sheet.contestants[score.contestant].name)"),
            SortableTable.Cell("\(sheet.tables.tasks[score.task].title)"),
            SortableTable.Cell(
              "\(NumberText.rate(suggestion.rate.learningRate))", value: suggestion.rate.learningRate),
            SortableTable.Cell("\(Cells.percent(suggestion.failureRate))", value: suggestion.failureRate),
          ])
      })
  }

  /// Why strategies abstained: a line a strategy and reason.
  var abstentions: SortableTable {
    var lines: [(strategy: Int, reason: String, count: Int, first: String)] = []
    for row in sheet.tables.suggestions {
      guard case .abstained(_, let reason) = row.answer else { continue }
      if let known = lines.firstIndex(where: { $0.strategy == row.strategy && $0.reason == reason }) {
        lines[known].count += 1
      } else {
        let seed = sheet.tables.rangeTests[row.rangeTest].seed
        lines.append((row.strategy, reason, 1, "seed \(seed) of \(sheet.tables.tasks[row.task].title)"))
      }
    }
    lines.sort { ($0.strategy, -$0.count) < ($1.strategy, -$1.count) }
    return SortableTable(
      caption: "Every reason to abstain; a fallback rate is scored in its place.",
      columns: ["strategy", "range tests", "reason", "first seen"].enumerated().map {
        SortableTable.Column(name: $0.element, isNumber: $0.offset == 1)
      },
      rows: lines.map { line in
        SortableTable.Row(
          contestant: line.strategy,
          cells: [
            SortableTable.Cell("\(sheet.contestants[line.strategy].name)"),
            SortableTable.Cell("\(line.count)", value: Double(line.count)),
            SortableTable.Cell("\(line.reason)"),
            SortableTable.Cell("\(line.first)"),
          ])
      })
  }

  /// What was left out of the scores: a line a reason, all subjects in it.
  var exclusions: HTML {
    let reasons = sheet.exclusionsByReason
    guard !reasons.isEmpty else { return "<p>Nothing was left out.</p>" }
    return HTML(markup: "<ul class=\"reasons\">")
      + reasons.map { reason, all -> HTML in
        all.count == 1
          ? "<li>\(all[0]): \(reason)</li>"
          : "<li><details><summary>\(all.count) × \(reason)</summary><ul>\(all.map { subject -> HTML in "<li>\(subject)</li>" })</ul></details></li>"
      }.reduce("", +) + "</ul>"
  }
}
