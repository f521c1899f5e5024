internal import CurveModel
internal import Scoring

/// Regret against what the range test costs.
struct CostFigure {
  let sheet: ScoreSheet
  /// The strategies' lines of the headline that have a cost.
  let rows: [HeadlineRow]

  static let size = (width: 640.0, height: 320.0)

  /// Nothing where all cost the same: there is no trade to show.
  init?(sheet: ScoreSheet, rows: [HeadlineRow]) {
    self.sheet = sheet
    self.rows = rows.filter { $0.cost != nil }
    guard Set(self.rows.compactMap(\.cost)).count > 1 else { return nil }
  }

  var says: String {
    "Mean normalised regret of \(rows.count) strategies against the cost of their range tests"
  }

  var script: PlotScript {
    var script = PlotScript(width: Self.size.width, height: Self.size.height)
    script.panel(left: 64, right: Self.size.width - 14, top: 14, bottom: Self.size.height - 48)
    script.linearAxis("x", 0...(1.05 * (rows.compactMap(\.cost).max() ?? 1)), about: 6)
    script.linearAxis("y", 0...(1.05 * (rows.map(\.regret.value).max() ?? 1)), about: 5)
    for row in rows {
      let name = sheet.contestants[row.contestant].name
      let text =
        "\(name): regret \(Cells.fixed(row.regret.value, 3)), \(Cells.percent(row.cost)) of the budget"
      script.plot(
        ["\(row.cost ?? 0) \(row.regret.value) \(PlotScript.hover(text))"], using: "1:2:3",
        "with labels hypertext point pointtype 7 pointsize 0.7 linecolor rgb '\(FigurePalette.line)'",
        contestant: row.contestant)
    }
    script.label(
      "steps of the range test ÷ steps of the training",
      at: "graph 0.5, screen \(PlotScript.share(12 / Self.size.height))", "center")
    script.label("mean normalised regret", at: "screen 0.02, graph 0.5", "center rotate by 90")
    script.endPanel()
    return script
  }
}
