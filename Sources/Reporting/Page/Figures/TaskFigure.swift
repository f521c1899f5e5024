internal import CurveModel
internal import Glibc
internal import Scoring

/// What one task's trainings gave over learning rates, between the range tests that were read and the rates that
/// strategies read from them: three panels over one axis.
struct TaskFigure {
  let sheet: ScoreSheet
  let study: TaskStudy
  /// The range tests of the task.
  let curves: [LossCurve]
  /// The strategies' scores on the task, in the order of their rows.
  let scores: [TaskScore]

  static let width = 540.0
  static let left = 150.0
  static let right = Self.width - 12
  static let rowHeight = 15.0
  private static let rangeTests = (top: 12.0, bottom: 132.0)
  private static let outcomes = (top: 152.0, bottom: 312.0)

  var rowsTop: Double { Self.outcomes.bottom + 20 }
  var rowsBottom: Double { rowsTop + Double(max(1, scores.count)) * Self.rowHeight }
  var height: Double { rowsBottom + 44 }

  /// What it shows, for those who cannot see it.
  var says: String {
    let best = Cells.rate(log10: study.oracle.log10Rate)
    return "Range tests, final losses over learning rates, and the suggestions of "
      + "\(scores.count) strategies for \(sheet.tables.tasks[study.task].title): "
      + "best near \(best), as good from \(Cells.rate(log10: plateau.lowest)) to \(Cells.rate(log10: plateau.highest))"
  }

  /// The script that draws it.
  var script: PlotScript {
    var script = PlotScript(width: Self.width, height: height)
    rangeTestPanel(&script)
    outcomePanel(&script)
    suggestionPanel(&script)
    return script
  }

  // MARK: Axes

  private var plateau: IndifferenceInterval { study.indifference[1] }

  /// From the lowest to the highest rate that was trained or suggested, and a little more.
  var rates: ClosedRange<Double> {
    var keys = study.points.map(\.rate) + scores.flatMap { $0.scores.filter { !$0.abstained }.map(\.rate) }
    keys.sort()
    guard let first = keys.first, let last = keys.last else { return 1e-4...1 }
    return pow(10, first.log10 - 0.15)...pow(10, last.log10 + 0.15)
  }

  /// The plateau, the best rate and the cliff, behind or in front of a panel of heights 0 to 1.
  func landmarks(_ script: inout PlotScript) {
    let from = pow(10, plateau.lowest)
    let to = pow(10, plateau.highest)
    if from < to {
      script.command(
        "set object rectangle from \(from), graph 0 to \(to), graph 1 behind"
          + " fillcolor rgb '\(FigurePalette.plateau)' fillstyle solid noborder")
    }
    line(pow(10, study.oracle.log10Rate), "linewidth 1.2 linecolor rgb '\(FigurePalette.line)'", &script)
    if let cliff = study.cliff {
      line(
        cliff.learningRate, "linewidth 1.2 dashtype 2 linecolor rgb '\(FigurePalette.quiet)'", &script)
    }
  }

  private func line(_ rate: Double, _ style: String, _ script: inout PlotScript) {
    script.command("set arrow from \(rate), graph 0 to \(rate), graph 1 nohead back \(style)")
  }

  // MARK: Panels

  private func rangeTestPanel(_ script: inout PlotScript) {
    script.panel(left: Self.left, right: Self.right, top: Self.rangeTests.top, bottom: Self.rangeTests.bottom)
    script.rateAxis(rates, labelled: false)
    let losses = curves.map { $0.rawLosses ?? $0.smoothedLosses ?? [] }
    script.linearAxis("y", Self.range(ofRangeTests: losses), about: 3)
    landmarks(&script)
    title(curves.isEmpty ? "no range tests" : "range tests", "training loss", &script, Self.rangeTests)
    for (curve, losses) in zip(curves, losses) {
      let rows = zip(curve.learningRates, losses).map { rate, loss in
        "\(Self.brief(rate)) \(FigureRange.isDrawable(loss) ? Self.brief(loss) : "NaN")"
      }
      script.plot(rows, using: "1:2", "with lines linewidth 1 linecolor rgb '\(FigurePalette.raw)'")
    }
    script.endPanel()
  }

  /// Room for everything up to a little above where the curves begin: what blows up is cut off.
  private static func range(ofRangeTests losses: [[Double]]) -> ClosedRange<Double> {
    let starts = losses.compactMap { $0.first(where: \.isFinite) }
    let lowest = losses.flatMap(\.self).filter(FigureRange.isDrawable).min() ?? 0
    let start = starts.max() ?? 1
    let span = start > lowest ? start - lowest : max(abs(start), 1)
    return (lowest - 0.05 * span)...(lowest + 1.25 * span)
  }

  private func outcomePanel(_ script: inout PlotScript) {
    script.panel(left: Self.left, right: Self.right, top: Self.outcomes.top, bottom: Self.outcomes.bottom)
    script.rateAxis(rates, labelled: false)
    let lowest = min(study.oracle.value, study.points.flatMap(\.values).min() ?? study.oracle.value)
    let span = max(study.untrained - lowest, 1e-9)
    script.linearAxis("y", (lowest - 0.06 * span)...(study.untrained + 0.08 * span), about: 4)
    landmarks(&script)
    title("trainings", "final loss", &script, Self.outcomes)
    script.plot(
      study.points.map { point in
        "\(Self.brief(point.rate.learningRate)) \(Self.brief(point.values.min() ?? point.mean))"
          + " \(Self.brief(point.values.max() ?? point.mean))"
      }, using: "1:2:3", "with filledcurves fillcolor rgb '\(FigurePalette.band)' fillstyle solid noborder")
    script.plot(
      study.points.map { "\(Self.brief($0.rate.learningRate)) \(Self.brief($0.mean))" }, using: "1:2",
      "with lines linewidth 1.6 linecolor rgb '\(FigurePalette.line)'")
    for (failing, shape) in [(false, 7), (true, 2)] {
      script.plot(
        study.points.filter { $0.isStable != failing }.map(outcomeRow), using: "1:2:3",
        "with labels hypertext point pointtype \(shape) pointsize 0.4 linecolor rgb '\(FigurePalette.line)'")
    }
    for score in scores {
      script.plot(
        score.scores.filter { !$0.abstained }.map {
          "\(Self.brief($0.rate.learningRate)) \(Self.brief($0.values.mean))"
        }, using: "1:2", "with points pointtype 6 pointsize 0.45 linecolor rgb '\(FigurePalette.mark)'",
        contestant: score.contestant)
    }
    script.endPanel()
  }

  private func outcomeRow(_ point: RatePoint) -> String {
    let failures = point.failureRate > 0 ? ", \(Cells.percent(point.failureRate)) of the seeds failed" : ""
    let text =
      "rate \(NumberText.rate(point.rate.learningRate)): mean loss \(NumberText.loss(point.mean)) of"
      + " \(point.values.count) seeds\(failures)"
    return "\(Self.brief(point.rate.learningRate)) \(Self.brief(point.mean)) \(PlotScript.hover(text))"
  }

  // MARK: Texts

  /// The name of a panel above its upper left corner, and of its axis.
  func title(
    _ name: String, _ axis: String, _ script: inout PlotScript, _ panel: (top: Double, bottom: Double)
  ) {
    let x = PlotScript.share((Self.left + 4) / Self.width)
    script.label(
      name, at: "screen \(x), screen \(PlotScript.share(1 - (panel.top - 5) / height))",
      "left front font 'sans-serif,11'")
    guard !axis.isEmpty else { return }
    let middle = 1 - (panel.top + panel.bottom) / 2 / height
    script.label(
      axis, at: "screen \(PlotScript.share(96 / Self.width)), screen \(PlotScript.share(middle))",
      "center rotate by 90 font ',11'")
  }

  /// A number with as many digits as a picture needs.
  static func brief(_ value: Double) -> String { NumberText.significant(value, digits: 5) }
}

extension [Double] {
  /// The mean; NaN of none.
  fileprivate var mean: Double { reduce(0, +) / Double(count) }
}
