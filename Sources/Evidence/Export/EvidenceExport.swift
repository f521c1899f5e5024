internal import CurveModel
public import Scoring

/// Evidence as tidy CSV files with a data dictionary.
public struct EvidenceExport: Sendable, Equatable {
  /// The files: tasks, runs, range tests, curves, suggestions, scores, headline.
  public let tables: [CSVTable]

  /// Writes evidence as tables; the rows are in the evidence's order, numbered from 0.
  ///
  /// - Parameters:
  ///   - evidence: What was read.
  ///   - sheets: The scores of this evidence, one sheet a role; without them the tables of scores are empty.
  public init(_ evidence: StoreEvidence, _ sheets: [ScoreSheet] = []) {
    let tables = evidence.tables
    var tasks = EvidenceColumns.tasks
    for (index, task) in tables.tasks.enumerated() {
      tasks.add([
        "\(index)", task.title, task.dataset, task.family, task.model, task.optimizer, task.schedule,
        task.role.rawValue, task.batchSize.map { "\($0)" } ?? "", task.steps.map { "\($0)" } ?? "", task.key,
      ])
    }
    var runs = EvidenceColumns.runs
    for row in tables.outcomes {
      runs.add(
        [
          "\(row.task)", CSVTable.number(row.rate.learningRate), "\(row.seed)", row.isGrid ? "true" : "false",
          row.status.rawValue,
        ]
          + [row.loss, row.bestLoss, row.error, row.untrainedLoss, row.untrainedError, row.seconds]
          .map(CSVTable.number))
    }
    var tests = EvidenceColumns.rangeTests
    var curves = EvidenceColumns.curves
    for (index, row) in tables.rangeTests.enumerated() {
      tests.add([
        "\(index)", "\(row.task)", "\(row.seed)", row.setting, "\(row.steps)", CSVTable.number(row.seconds),
      ])
      let curve = evidence.curves[index]
      for step in 0..<curve.count {
        curves.add([
          "\(index)", "\(step)", CSVTable.number(curve.learningRates[step]),
          curve.rawLosses.map { CSVTable.number($0[step]) } ?? "",
          curve.smoothedLosses.map { CSVTable.number($0[step]) } ?? "",
        ])
      }
    }
    var suggestions = EvidenceColumns.suggestions
    for row in tables.suggestions {
      let strategy = tables.strategies[row.strategy]
      let answer =
        switch row.answer {
        case .rate(let rate): [CSVTable.number(rate.learningRate), "false", "", ""]
        case .abstained(let cause, let reason): ["", "true", cause, reason]
        }
      suggestions.add(
        ["\(row.task)", "\(row.rangeTest)", strategy.name, strategy.version, strategy.meantFor] + answer
          + [row.fittedOn.joined(separator: " ")])
    }
    self.tables = [
      tasks, runs, tests, curves, suggestions, Self.scores(of: sheets, in: tables), Self.headline(of: sheets),
    ]
  }

  /// What every column of every file means, as Markdown.
  public static var dictionary: String {
    var text = """
      # Data dictionary

      What `suggest export csv` writes: UTF-8, a header, cells in quotes only where they hold a comma or a quote. An
      empty cell is a value that is not there or not known; decimal numbers read back as the same double.

      """
    for table in EvidenceColumns.all + ScoreColumns.all {
      text += "\n## \(table.name)\n\n\(table.summary)\n\n| column | unit | meaning |\n|---|---|---|\n"
      for column in table.columns { text += "| `\(column.name)` | \(column.unit) | \(column.meaning) |\n" }
    }
    return text
  }
}
