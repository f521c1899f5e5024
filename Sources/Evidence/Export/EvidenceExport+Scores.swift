internal import CurveModel
public import Scoring

extension EvidenceExport {
  /// Every score as a table; empty without a sheet.
  static func scores(of sheet: ScoreSheet?) -> CSVTable {
    var table = ScoreColumns.scores
    guard let sheet else { return table }
    for task in sheet.taskScores {
      let contestant = sheet.contestants[task.contestant]
      for score in task.scores {
        let seed = score.suggestion.map { index in
          "\(sheet.tables.rangeTests[sheet.tables.suggestions[index].rangeTest].seed)"
        }
        let numbers = [score.normalisedRegret, score.excess, score.failureRate, score.signedDistance ?? .nan]
        let truths = score.successes.map { $0 ? "true" : "false" }
        table.add(
          ["\(task.task)", contestant.name, contestant.kind.rawValue, seed ?? ""]
            + [CSVTable.number(score.rate.learningRate), score.abstained ? "true" : "false"]
            + [score.evaluation.rawValue] + numbers.map(CSVTable.number) + truths
            + [CSVTable.number(score.weight)])
      }
    }
    return table
  }

  /// The headline as a table, in the order of the sheet; empty without a sheet.
  public static func headline(of sheet: ScoreSheet?) -> CSVTable {
    var table = ScoreColumns.headline
    guard let sheet else { return table }
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
        row.gapClosed,
      ]
      table.add(
        [contestant.name, contestant.kind.rawValue, "\(row.tasks)"]
          + (regrets + shares + others).map { CSVTable.number($0 ?? .nan) })
    }
    return table
  }
}
