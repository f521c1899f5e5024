import CurveModel
import Reporting
import Scoring

/// A comparison across optimizers as a page of text: what was compared, the table, what it means, what was left out.
struct ContenderText {
  private let compared: ComparedOptimizers
  private let width: Int
  private var sheet: ContenderSheet { compared.sheet }

  /// - Parameters:
  ///   - compared: The comparison.
  ///   - width: The columns of the page; the table leaves out what does not fit.
  init(_ compared: ComparedOptimizers, width: Int = 100) {
    self.compared = compared
    self.width = width
  }

  /// The page, ending with a line break.
  var text: String {
    [summary, table, ScoreText.lines(of: sheet.exclusions, width: width)].filter { !$0.isEmpty }
      .map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  private var referenceName: String { sheet.contenders[sheet.reference].name }

  private var summary: [String] {
    let roles = compared.roles.map(\.rawValue).joined(separator: " and ")
    let counts =
      "\(sheet.problemCount) problems of \(sheet.familyCount) families of data sets were trained with all optimizers "
      + "shown, at \(roles) rates."
    let intervals =
      sheet.rows.contains { $0.regret.interval != nil }
      ? "" : " No interval is claimed: that takes eight families."
    let times: String
    if sheet.timedCount == sheet.problemCount {
      times = ""
    } else if sheet.timedCount == 0 {
      times = " Nothing is said of time: no problem has what that takes (docs/scoring.md)."
    } else {
      times = " Times are known on \(sheet.timedCount) of them, which equal time is about."
    }
    return Table.lines([[counts + intervals + times]], width: width)
  }

  private typealias Column = (name: String, cell: @Sendable (ContenderRow) -> String)

  private static let columns: [Column] = [
    ("regret", { Cells.fixed($0.regret.value, 3) }), ("95 %", { Cells.interval($0.regret.interval) }),
    ("fails", { Cells.percent($0.failureRate.value) }),
    ("abstains", { $0.abstentionRate > 0 ? Cells.percent($0.abstentionRate) : Cells.none }),
    ("step", { Cells.fixed($0.stepTime, 2) }),
    ("time", { Cells.fixed($0.time, 2) }), ("equal time", { Cells.fixed($0.equalTimeRegret?.value, 3) }),
  ]

  private var table: [String] {
    // Columns that no row fills are left out.
    let columns = Self.columns.filter { column in sheet.rows.contains { column.cell($0) != Cells.none } }
    let rows = sheet.rows.map { row in
      [sheet.contenders[row.contender].name] + columns.map { $0.cell(row) }
    }
    let table = ColumnTable(
      [[["optimizer: rate from"] + columns.map(\.name)] + rows], widestName: 44, width: width)
    return table.lines + [""] + Table.lines([[legend(leftOut: table.leftOut)]], width: width)
  }

  private func legend(leftOut: [String]) -> String {
    let outcome = compared.settings.outcome.rawValue == "error" ? "error" : "loss"
    let times =
      sheet.timedCount == 0
      ? ""
      : " step: the time of a step over that of \(referenceName)'s optimizer; time: range test and training over "
        + "\(referenceName)'s; medians over problems, as the trainings were timed. equal time: regret when "
        + "\(referenceName)'s range test and training are over; what is faster gains nothing by it."
    let room =
      leftOut.isEmpty
      ? "" : " For want of room \(leftOut.joined(separator: ", ")) stand only in --format csv and json."
    return
      "regret: mean over problems of (\(outcome) − best) / (untrained − best), best the \(compared.settings.oracle.rawValue) "
      + "oracle of the best optimizer; with its 95 % interval for new data sets. fails: share of trainings that failed. "
      + "abstains: share of range tests, scored as the fallback. best rate: in hindsight, nobody can know it beforehand.\(times)\(room)"
  }
}
