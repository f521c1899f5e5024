internal import CurveModel
internal import Scoring

extension TaskFigure {
  /// A row for each strategy with a mark for each range test.
  func suggestionPanel(_ script: inout PlotScript) {
    script.panel(left: Self.left, right: Self.right, top: rowsTop, bottom: rowsBottom)
    script.rateAxis(rates, labelled: true)
    script.command("set yrange [\(max(1, scores.count)):0]\nunset ytics")
    landmarks(&script)
    for (row, score) in scores.enumerated() {
      let y = Double(row) + 0.5
      let name = sheet.contestants[score.contestant].name
      script.rowName(
        name, x: rates.lowerBound, y: y, room: Self.left - 8, size: 11, contestant: score.contestant)
      for look in Look.allCases {
        script.plot(
          score.scores.filter { Look(of: $0) == look }.map { suggestionRow($0, of: name, y: y) },
          using: "1:2:3",
          "with labels hypertext point pointtype \(look.shape) pointsize 0.5"
            + " linecolor rgb '\(FigurePalette.mark)'", contestant: score.contestant)
      }
      let abstentions = score.scores.count(where: \.abstained)
      if abstentions > 0 {
        script.plot(
          [
            "\(rates.upperBound) \(y) \(PlotScript.hover("abstains: \(abstentions) of \(score.scores.count)"))"
          ],
          using: "1:2:3",
          "with labels right noenhanced font ',10' textcolor rgb '\(FigurePalette.quiet)'",
          contestant: score.contestant)
      }
    }
    script.command("set ytics scale 0 ('' -1)")
    title(scores.isEmpty ? "no suggestions" : "suggestions", "", &script, (rowsTop, rowsBottom))
    script.label(
      "learning rate (log scale)",
      at: "screen \(PlotScript.share((Self.left + Self.right) / 2 / Self.width)), screen"
        + " \(PlotScript.share(10 / height))", "center")
    script.endPanel()
  }

  /// How a suggestion is drawn: filled where it was trained, hollow where its outcome was read between trained rates, a
  /// cross where training at it failed.
  private enum Look: CaseIterable {
    case trained, interpolated, failed

    init?(of score: SuggestionScore) {
      guard !score.abstained else { return nil }
      self = score.failureRate >= 0.5 ? .failed : score.evaluation == .direct ? .trained : .interpolated
    }

    var shape: Int {
      switch self {
      case .trained: 7
      case .interpolated: 6
      case .failed: 2
      }
    }
  }

  private func suggestionRow(_ score: SuggestionScore, of name: String, y: Double) -> String {
    let seed = score.suggestion.map { sheet.tables.rangeTests[sheet.tables.suggestions[$0].rangeTest].seed }
    let text =
      "\(name)\(seed.map { ", range test \($0)" } ?? ""): \(NumberText.rate(score.rate.learningRate)),"
      + " regret \(Cells.fixed(score.normalisedRegret, 3))"
      + (score.failureRate > 0 ? ", \(Cells.percent(score.failureRate)) of trainings failed" : "")
    return "\(Self.brief(score.rate.learningRate)) \(y) \(PlotScript.hover(text))"
  }
}
