internal import CurveModel
public import Scoring

extension EvidenceExport {
  /// Every score as a table; tasks are those of `tables`.
  static func scores(of sheets: [ScoreSheet], in tables: EvidenceTables) -> CSVTable {
    var table = ScoreColumns.scores
    let places = Dictionary(uniqueKeysWithValues: tables.tasks.enumerated().map { ($1.key, $0) })
    for sheet in sheets { add(sheet, places, to: &table) }
    return table
  }

  private static func add(_ sheet: ScoreSheet, _ places: [String: Int], to table: inout CSVTable) {
    for task in sheet.taskScores {
      guard let place = places[sheet.tables.tasks[task.task].key] else { continue }
      let contestant = sheet.contestants[task.contestant]
      for score in task.scores {
        let seed = score.suggestion.map { index in
          "\(sheet.tables.rangeTests[sheet.tables.suggestions[index].rangeTest].seed)"
        }
        let numbers = [score.normalisedRegret, score.excess, score.failureRate, score.signedDistance ?? .nan]
        let truths = score.successes.map { $0 ? "true" : "false" }
        table.add(
          ["\(place)", contestant.name, contestant.kind.rawValue, seed ?? ""]
            + [CSVTable.number(score.rate.learningRate), score.abstained ? "true" : "false"]
            + [score.evaluation.rawValue] + numbers.map(CSVTable.number) + truths
            + [CSVTable.number(score.weight)])
      }
    }
  }

  /// The headlines as a table, in the order of the sheets.
  public static func headline(of sheets: [ScoreSheet]) -> CSVTable {
    var table = ScoreColumns.headline
    for sheet in sheets { add(headlineOf: sheet, to: &table) }
    return table
  }

  private static func add(headlineOf sheet: ScoreSheet, to table: inout CSVTable) {
    let roles = TaskDescription.Role.allCases.filter { role in
      sheet.tables.tasks.contains { $0.role == role }
    }.map(\.rawValue).joined(separator: " ")
    for row in sheet.headline {
      let contestant = sheet.contestants[row.contestant]
      let interval = row.regret.interval
      let regrets: [Double?] = [
        row.regret.value, interval?.lowerBound, interval?.upperBound, row.interquartileRegret.value,
      ]
      let shares: [Double?] = [
        row.successAtOnePercent, row.success.value, row.successAtTenPercent, row.failureRate.value,
        row.abstentionRate,
      ]
      let others: [Double?] = [
        row.distance, row.signedDistance, row.spread, row.wideSpreadShare, row.cost, row.directShare,
        row.gapClosed, row.timeToTarget,
      ]
      table.add(
        [contestant.name, contestant.kind.rawValue, roles, "\(row.tasks)"]
          + (regrets + shares + others).map { CSVTable.number($0 ?? .nan) })
    }
  }
}
