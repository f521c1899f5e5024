import CurveModel
import Reporting
import Scoring

/// Scores as a page of text: the verdict, the headline table, the best strategy against the others, what was left out.
struct ScoreText {
  private let scored: ScoredEvidence
  private let width: Int
  private let withRanks: Bool
  private var sheet: ScoreSheet { scored.sheet }

  /// - Parameters:
  ///   - scored: The scores.
  ///   - width: The columns of the page; tables leave out what does not fit.
  ///   - withRanks: Whether mean ranks stand there too.
  init(_ scored: ScoredEvidence, width: Int = 100, withRanks: Bool = false) {
    self.scored = scored
    self.width = width
    self.withRanks = withRanks
  }

  /// The page, ending with a line break.
  var text: String {
    [verdict, headline, comparisons, withRanks ? ranks : [], exclusions].filter { !$0.isEmpty }
      .map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  private var verdict: [String] {
    Table.lines([[sheet.verdict.map(\.text).joined(separator: " ")]], width: width)
  }

  // MARK: Headline

  private var headline: [String] {
    let ranked = sheet.ranked
    let groups = [Contestant.Kind.strategy, .baseline].map { kind in
      ranked.filter { sheet.contestants[$0.contestant].kind == kind }
    }
    guard !ranked.isEmpty else { return [] }
    let hasIntervals = ranked.contains { $0.regret.interval != nil }
    let columns = HeadlineColumn.all.filter { hasIntervals || $0.name != HeadlineColumn.intervalName }
    let names = ["strategy", "baseline"]
    let blocks = zip(names, groups).filter { !$0.1.isEmpty }.map { name, rows in
      [[name] + columns.map(\.name)]
        + rows.map { row in [sheet.contestants[row.contestant].name] + columns.map { $0.cell(row) } }
    }
    let table = ColumnTable(blocks, widestName: 26, width: width)
    let legend = legend(hasIntervals: hasIntervals) + Self.note(on: table)
    return table.lines + [""] + Table.lines([[legend]], width: width)
  }

  private static func note(on table: ColumnTable) -> String {
    guard !table.leftOut.isEmpty else { return "" }
    return " For want of room \(table.leftOut.joined(separator: ", ")) stand only in --format csv and json."
  }

  private func legend(hasIntervals: Bool) -> String {
    let settings = scored.settings
    let setting = settings.rangeTestSetting.map { " Range tests: \($0)." } ?? ""
    let outcome =
      switch settings.outcome {
      case .loss: "final validation loss"
      case .best: "best validation loss"
      case .error: "final validation error"
      }
    return
      "regret: mean over tasks of the normalised regret of the \(outcome), 0 the \(settings.oracle.rawValue) oracle, "
      + "1 untrained"
      + (hasIntervals ? ", with its 95 % interval for new data sets" : "")
      + ". IQM: its interquartile mean. ≤5 %: share of suggestions within the indifference interval of 5 %. "
      + "fails: share of trainings at its rates that failed. abstains: share of range tests. "
      + "distance: median |log10(rate / best rate)|. spread: median interquartile range over seeds, in decades. "
      + "cost: range-test steps ÷ budget. time: expected steps to come close to the best ÷ those at the best rate. trained: share of suggestions trained at exactly their rate.\(setting)"
  }

  // MARK: The best against the others

  private var comparisons: [String] {
    let ranked = sheet.rankedStrategies
    guard let best = ranked.first?.contestant, ranked.count > 1 else { return [] }
    let rows = ranked.dropFirst().compactMap { row -> [String]? in
      guard let seen = sheet.pair(best, row.contestant) else { return nil }
      return [
        sheet.contestants[row.contestant].name, "\(seen.tasks)", Cells.signed(seen.difference.value),
        Cells.interval(seen.difference.interval, signed: true), "\(seen.wins)/\(seen.ties)/\(seen.losses)",
        Cells.fixed(seen.pValue, 3), Cells.fixed(seen.adjustedPValue, 3), Cells.fixed(seen.better, 2),
        Cells.fixed(seen.equal, 2),
      ]
    }
    guard !rows.isEmpty else { return [] }
    let name = sheet.contestants[best].name
    var header = [
      "\(name) against", "tasks", "difference", "95 %", "better/tied/worse", "p", "Holm p", "P(better)",
      "P(equal)",
    ]
    // Columns that no row fills are left out.
    let isFilled = header.indices.map { column in rows.contains { $0[column] != Cells.none } }
    let kept = { (row: [String]) in row.indices.filter { isFilled[$0] }.map { row[$0] } }
    header = kept(header)
    return ColumnTable([[header] + rows.map(kept)], widestName: 26, width: width).lines
  }

  // MARK: Ranks

  /// The strategies by mean rank, with a bar for every group that Nemenyi's test does not tell apart.
  private var ranks: [String] {
    guard let ranks = sheet.ranks else {
      return ["there are no mean ranks: they need two strategies and two families"]
    }
    let test = ranks.nemenyi
    let title =
      "mean ranks over \(test.units) families; bars join what Nemenyi's test does not tell apart (critical difference "
      + "\(Cells.fixed(test.criticalDifference, 2)) at 5 %); who else is ranked changes both"
    let groups = ranks.groups
    return Table.lines([[title]], width: width)
      + zip(ranks.contestants, ranks.meanRanks).enumerated().map { place, strategy in
        let bars = groups.map { $0.contains(place) ? "│" : " " }.joined()
        let rank = Cells.fixed(strategy.1, 2)
        return String(repeating: " ", count: 7 - rank.count) + rank + " \(bars)  "
          + sheet.contestants[strategy.0].name
      }
  }

  // MARK: Exclusions

  private var exclusions: [String] { Self.lines(of: sheet.exclusions, width: width) }

  /// Reasons with how often and of what first, since one reason often holds for hundreds of range tests.
  static func lines(of exclusions: [Exclusion], width: Int) -> [String] {
    let reasons = exclusions.byReason
    guard !reasons.isEmpty else { return [] }
    let lines = reasons.flatMap { reason, all -> [String] in
      let shown = all.prefix(2).joined(separator: "; ")
      let more = all.count > 2 ? "; and \(all.count - 2) more" : ""
      return Table.lines([["  \(all.count)", "\(reason): \(shown)\(more)"]], width: width)
    }
    return ["left out (all of them in --format json):"] + lines
  }
}
