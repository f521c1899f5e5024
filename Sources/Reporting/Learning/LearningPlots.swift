internal import CurveModel

/// The plots of a learning curve's panels.
struct LearningPlots {
  let curve: LearningCurve
  let format: FigureFormat

  /// Two points for each of so many columns are enough for any picture.
  private static let columns = 700
  /// Hover texts of more would only make the file large.
  private static let mostHoverTexts = 200

  /// A point size as the format's terminal needs it: that of SVG draws points a third larger.
  static func size(_ size: Double, _ format: FigureFormat) -> String {
    NumberText.fixed(format == .svg ? 0.75 * size : size, fractionDigits: 2)
  }

  func losses(_ axis: LearningLossAxis, _ script: inout PlotScript) {
    script.plot(
      thinned(curve.steps.map { (Double($0.number), $0.loss) }).map(Self.row), using: "1:2",
      "with lines linewidth 0.8 linecolor rgb '\(FigurePalette.raw)'")
    let smoothed = zip(curve.steps, curve.smoothed).map { (Double($0.number), $1) }
    script.plot(
      thinned(smoothed).map(Self.row), using: "1:2",
      "with lines linewidth 2.2 linecolor rgb '\(FigurePalette.line)'")
    let evaluations = curve.evaluations.map { (Double($0.step), $0.loss) }
    heldOut(evaluations, &script)
    strays(axis, &script)
    hover(
      curve.evaluations.map { ($0.step, $0.loss, text($0)) }.filter { axis.range.contains($0.1) }, &script)
    let line = curve.smoothed.isEmpty ? curve.steps.map(\.loss) : curve.smoothed
    hover(
      zip(curve.steps, line).filter { axis.range.contains($1) }.map { step, loss in
        let rate = NumberText.rate(step.learningRate)
        return (step.number, loss, "step \(step.number): loss \(NumberText.loss(step.loss)), rate \(rate)")
      }, &script)
  }

  func errors(_ script: inout PlotScript) {
    heldOut(curve.evaluations.map { (Double($0.step), $0.errorRate.map { 100 * $0 } ?? .nan) }, &script)
    hover(
      curve.evaluations.compactMap { evaluation in
        evaluation.errorRate.map { (evaluation.step, 100 * $0, text(evaluation)) }
      }, &script)
  }

  func rates(_ script: inout PlotScript) {
    // One step would be a line without length.
    let isLine = curve.steps.count > 1
    script.plot(
      thinned(curve.steps.map { (Double($0.number), $0.learningRate) }).map(Self.row), using: "1:2",
      isLine
        ? "with lines linewidth 1.8 linecolor rgb '\(FigurePalette.text)'"
        : "with points pointtype 7 pointsize \(Self.size(0.8, format)) linecolor rgb '\(FigurePalette.text)'")
    hover(
      curve.steps.map {
        ($0.number, $0.learningRate, "step \($0.number): rate \(NumberText.rate($0.learningRate))")
      },
      &script)
  }

  // MARK: Parts

  /// What was found on held-out samples: a line with a dot for each look, smaller where they are many.
  private func heldOut(_ points: [(Double, Double)], _ script: inout PlotScript) {
    let size = points.count > 200 ? 0.3 : points.count > 60 ? 0.5 : 0.8
    script.plot(
      thinned(points).map(Self.row), using: "1:2",
      "with linespoints pointtype 7 pointsize \(Self.size(size, format)) linewidth 1.4"
        + " linecolor rgb '\(FigurePalette.mark)'")
  }

  /// Triangles and crosses at the upper edge for what lies beyond it, one a few points of the picture.
  private func strays(_ axis: LearningLossAxis, _ script: inout PlotScript) {
    let span = axis.range.upperBound - axis.range.lowerBound
    let all =
      curve.steps.map { (Double($0.number), $0.loss) } + curve.evaluations.map { (Double($0.step), $0.loss) }
    func rows(_ isStray: (Double) -> Bool) -> [String] {
      var taken: Set<Int> = []
      return all.filter { isStray($0.1) && taken.insert(column($0.0, of: Self.columns / 10)).inserted }
        .map { "\($0.0) \(axis.range.upperBound - 0.03 * span)" }
    }
    for (rows, shape) in [
      (rows { $0.isFinite && $0 > axis.range.upperBound }, 9), (rows { !$0.isFinite }, 2),
    ] {
      script.plot(
        rows, using: "1:2",
        "with points pointtype \(shape) pointsize \(Self.size(0.8, format)) linecolor rgb '\(FigurePalette.cut)'"
      )
    }
  }

  private func hover(_ points: [(step: Int, y: Double, text: String)], _ script: inout PlotScript) {
    guard format == .svg else { return }
    let stride = stride(
      from: 0, to: points.count, by: max(1, (points.count + Self.mostHoverTexts - 1) / Self.mostHoverTexts))
    script.plot(
      stride.map { "\(points[$0].step) \(points[$0].y) \(PlotScript.hover(points[$0].text))" },
      using: "1:2:3",
      "with labels hypertext point pointtype 7 pointsize 0.7 linecolor rgb '#ff000000'")
  }

  private func text(_ evaluation: LearningCurve.Evaluation) -> String {
    let error = evaluation.errorRate.map { ", error \(NumberText.significant(100 * $0, digits: 3)) %" } ?? ""
    return "after step \(evaluation.step): validation loss \(NumberText.loss(evaluation.loss))\(error)"
  }

  // MARK: Rows

  private func column(_ step: Double, of columns: Int) -> Int {
    Int(step / Double(max(curve.lastStep, 1)) * Double(columns))
  }

  /// At most the lowest and the highest of each column, in their order; a line breaks where a value is not finite.
  private func thinned(_ points: [(Double, Double)]) -> [(Double, Double)] {
    guard points.count > 4 * Self.columns else { return points }
    var kept: [(Double, Double)] = []
    var start = 0
    while start < points.count {
      let home = points[start].1.isFinite ? column(points[start].0, of: Self.columns) : -1
      var end = start + 1
      while end < points.count,
        (points[end].1.isFinite ? column(points[end].0, of: Self.columns) : -1) == home
      {
        end += 1
      }
      let low = (start..<end).min { points[$0].1 < points[$1].1 } ?? start
      let high = (start..<end).max { points[$0].1 < points[$1].1 } ?? start
      kept += low == high ? [points[low]] : [points[min(low, high)], points[max(low, high)]]
      start = end
    }
    return kept
  }

  private static func row(_ point: (Double, Double)) -> String {
    // gnuplot breaks a line at NaN; beyond the axis' own bound of magnitudes it would overflow.
    "\(point.0) \(FigureRange.isDrawable(point.1) ? "\(point.1)" : "NaN")"
  }
}
