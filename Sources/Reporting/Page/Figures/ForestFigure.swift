internal import CurveModel
internal import Scoring

/// Every contestant's mean regret with its interval, the best on top.
struct ForestFigure {
  let sheet: ScoreSheet
  /// The lines of the headline in their order.
  let rows: [HeadlineRow]

  static let width = 640.0
  private static let left = 190.0
  private static let rowHeight = 18.0
  private var bottom: Double { 14 + Double(rows.count) * Self.rowHeight }
  var height: Double { bottom + 44 }

  var says: String { "Mean normalised regret of \(rows.count) strategies and baselines, with 95 % intervals" }

  var script: PlotScript {
    var script = PlotScript(width: Self.width, height: height)
    script.panel(left: Self.left, right: Self.width - 14, top: 14, bottom: bottom)
    let highest = rows.map { $0.regret.interval?.upperBound ?? $0.regret.value }.max() ?? 1
    script.linearAxis("x", 0...max(0.05, min(1, highest * 1.04)), about: 6)
    script.command("set yrange [\(max(1, rows.count)):0]\nset ytics scale 0 ('' -1)")
    for (index, row) in rows.enumerated() { add(row, at: Double(index) + 0.5, to: &script) }
    script.label(
      "mean normalised regret (0 the oracle, 1 untrained)",
      at: "graph 0.5, screen \(PlotScript.share(10 / height))", "center")
    script.endPanel()
    return script
  }

  private func add(_ row: HeadlineRow, at y: Double, to script: inout PlotScript) {
    let contestant = sheet.contestants[row.contestant]
    let isStrategy = contestant.kind == .strategy
    let colour = isStrategy ? FigurePalette.line : FigurePalette.quiet
    script.rowName(
      contestant.name, x: 0, y: y, room: Self.left - 8,
      colour: isStrategy ? FigurePalette.text : FigurePalette.quiet, contestant: row.contestant)
    if let interval = row.regret.interval {
      script.plot(
        ["\(interval.lowerBound) \(y) \(interval.upperBound - interval.lowerBound)"], using: "1:2:3:(0)",
        "with vectors nohead linewidth 2.4 linecolor rgb '\(isStrategy ? FigurePalette.band : FigurePalette.grid)'",
        contestant: row.contestant)
    }
    let interval = row.regret.interval.map { ", 95 % interval \(Cells.interval($0))" } ?? ""
    let text = "\(contestant.name): \(Cells.fixed(row.regret.value, 3))\(interval), \(row.tasks) tasks"
    script.plot(
      ["\(row.regret.value) \(y) \(PlotScript.hover(text))"], using: "1:2:3",
      "with labels hypertext point pointtype \(isStrategy ? 7 : 6) pointsize 0.7 linecolor rgb '\(colour)'",
      contestant: row.contestant)
  }
}
