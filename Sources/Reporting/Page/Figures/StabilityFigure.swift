internal import CurveModel
internal import Scoring

/// How far each strategy's rates lie apart when only the range test's seed changes: a dot a task, a bar at the median.
struct StabilityFigure {
  let sheet: ScoreSheet
  /// The strategies' lines of the headline in their order.
  let rows: [HeadlineRow]

  static let width = 640.0
  private static let left = 190.0
  private static let rowHeight = 18.0
  private static let most = 2.0
  private var bottom: Double { 14 + Double(rows.count) * Self.rowHeight }
  var height: Double { bottom + 44 }

  var says: String {
    "Spread of the suggested rates over seeds of the range test, in decades, for \(rows.count) strategies"
  }

  var script: PlotScript {
    var script = PlotScript(width: Self.width, height: height)
    script.panel(left: Self.left, right: Self.width - 14, top: 14, bottom: bottom)
    script.linearAxis("x", 0...Self.most, about: 5)
    script.command("set yrange [\(max(1, rows.count)):0]\nset ytics scale 0 ('' -1)")
    for (index, row) in rows.enumerated() { add(row, at: Double(index) + 0.5, to: &script) }
    script.label(
      "range of log10(rate) over seeds, in decades (from \(Int(Self.most)) on at the edge)",
      at: "graph 0.5, screen \(PlotScript.share(10 / height))", "center")
    script.endPanel()
    return script
  }

  private func add(_ row: HeadlineRow, at y: Double, to script: inout PlotScript) {
    let name = sheet.contestants[row.contestant].name
    script.rowName(name, x: 0, y: y, room: Self.left - 8, contestant: row.contestant)
    let ranges = sheet.taskScores.filter { $0.contestant == row.contestant }.compactMap { score in
      Self.range(of: score).map { (task: score.task, decades: $0) }
    }
    script.plot(
      ranges.map { range in
        let text =
          "\(name) on \(sheet.tables.tasks[range.task].title): \(Cells.fixed(range.decades, 2)) decades"
        return "\(min(range.decades, Self.most)) \(y) \(PlotScript.hover(text))"
      }, using: "1:2:3",
      "with labels hypertext point pointtype 6 pointsize 0.45 linecolor rgb '\(FigurePalette.line)'",
      contestant: row.contestant)
    guard !ranges.isEmpty else { return }
    let sorted = ranges.map(\.decades).sorted()
    let median = (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    script.plot(
      ["\(min(median, Self.most)) \(y - 0.36) 0.72"], using: "1:2:(0):3",
      "with vectors nohead linewidth 3 linecolor rgb '\(FigurePalette.mark)'", contestant: row.contestant)
  }

  /// The decades between the lowest and the highest rate suggested on a task; nil with fewer than two.
  private static func range(of score: TaskScore) -> Double? {
    let rates = score.scores.filter { !$0.abstained }.map(\.rate.log10)
    guard rates.count > 1, let low = rates.min(), let high = rates.max() else { return nil }
    return high - low
  }
}
