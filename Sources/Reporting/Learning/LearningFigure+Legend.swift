internal import CurveModel

extension LearningFigure {
  /// The loss and error of the last look, as they cannot be read from the picture.
  private var last: String {
    guard let last = curve.evaluations.last else { return "" }
    let error = last.errorRate.map { ", error \(NumberText.significant(100 * $0, digits: 3)) %" } ?? ""
    return ": at last loss \(NumberText.significant(last.loss, digits: 3))\(error)"
  }

  /// The line above the losses that says what is what.
  func legend(_ axis: LearningLossAxis, _ script: inout PlotScript) {
    var entries: [(colour: String, width: Double, point: Int?, text: String)] = []
    if !curve.steps.isEmpty { entries.append((FigurePalette.raw, 1.2, nil, "loss of a batch")) }
    if !curve.smoothed.isEmpty { entries.append((FigurePalette.line, 2.2, nil, "smoothed")) }
    entries.append((FigurePalette.mark, 1.4, 7, "held-out samples\(last)"))
    if axis.cut > 0 { entries.append((FigurePalette.cut, 0, 9, "beyond the axis: \(axis.cut)")) }
    if axis.notFinite > 0 { entries.append((FigurePalette.cut, 0, 2, "not finite: \(axis.notFinite)")) }
    var x = Self.left
    let y = losses.top - 14 - (curve.phases.isEmpty ? 0 : Self.phaseNames)
    for entry in entries {
      if entry.width > 0 {
        script.command(
          "set arrow from \(screen(x, y)) to \(screen(x + 24, y)) nohead front"
            + " linewidth \(entry.width) linecolor rgb '\(entry.colour)'")
      }
      if let point = entry.point {
        script.command(
          "set label '' at \(screen(x + 12, y)) front point pointtype \(point)"
            + " pointsize \(LearningPlots.size(0.8, format)) linecolor rgb '\(entry.colour)'")
      }
      script.label(entry.text, at: screen(x + 30, y), "left font ',11'")
      x += 30 + FigureText.width(of: entry.text, fontSize: 11) + 14
    }
  }
}
