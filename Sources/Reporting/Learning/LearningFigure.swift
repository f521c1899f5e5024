internal import CurveModel

/// A learning curve drawn: losses, error rate and learning rate, one above the other over the steps.
///
/// Blue is training, orange are held-out samples.
struct LearningFigure {
  let curve: LearningCurve
  /// What the picture is drawn for; only SVG has texts where the pointer rests.
  let format: FigureFormat
  /// Whether the picture says itself what it shows; a page does that for it.
  let isTitled: Bool

  static let width = 800.0
  static let left = 78.0
  private static let right = Self.width - 16
  private static let foot = 50.0
  /// The height of the line with the phases' names, between legend and losses: within the plot curves would strike them.
  static let phaseNames = 16.0

  var losses: (top: Double, bottom: Double) {
    let names = curve.phases.isEmpty ? 0 : Self.phaseNames
    let top = (isTitled ? (curve.subtitle == nil ? 38.0 : 56) : 8) + 26 + names
    return (top, top + 236)
  }
  private var errors: (top: Double, bottom: Double)? {
    curve.hasErrors ? (losses.bottom + 18, losses.bottom + 108) : nil
  }
  private var rates: (top: Double, bottom: Double) {
    let above = errors?.bottom ?? losses.bottom
    return (above + 18, above + 98)
  }
  var height: Double { rates.bottom + Self.foot }

  /// What it shows, for those who cannot see it.
  var says: String {
    let last = curve.evaluations.last.map { evaluation in
      let error = evaluation.errorRate.map { " and error \(NumberText.significant(100 * $0, digits: 3)) %" }
      return ", at last validation loss \(NumberText.loss(evaluation.loss))\(error ?? "")"
    }
    return "Training loss, validation loss and learning rate over \(curve.lastStep) steps\(last ?? "")"
  }

  /// The script that draws it.
  var script: PlotScript {
    var script = PlotScript(width: Self.width, height: height)
    if isTitled { titles(&script) }
    let axis = LearningLossAxis(curve)
    legend(axis, &script)
    panel(losses, "loss", labelled: false, &script)
    script.linearAxis("y", axis.range, about: 5)
    phases(&script, named: true)
    LearningPlots(curve: curve, format: format).losses(axis, &script)
    script.endPanel()
    if let errors {
      panel(errors, "error, %", labelled: false, &script)
      let highest = curve.evaluations.compactMap(\.errorRate).filter(\.isFinite).max() ?? 1
      script.linearAxis("y", 0...max(110 * highest, 0.5), about: 3, margin: 0.05)
      phases(&script, named: false)
      LearningPlots(curve: curve, format: format).errors(&script)
      script.endPanel()
    }
    panel(rates, "rate", labelled: true, &script)
    let highest = curve.steps.map(\.learningRate).filter(\.isFinite).max() ?? 1
    script.linearAxis("y", 0...(highest > 0 ? 1.15 * highest : 1), about: 3, margin: 0.05)
    phases(&script, named: false)
    LearningPlots(curve: curve, format: format).rates(&script)
    script.endPanel()
    return script
  }

  // MARK: Frames

  private func titles(_ script: inout PlotScript) {
    let room = Self.right - 16
    let title = FigureText.shortened(curve.title, toWidth: room, fontSize: 16 * 1.12)
    script.label(title, at: screen(16, 22), "left font 'sans-serif:Bold,16'")
    guard let subtitle = curve.subtitle else { return }
    script.label(
      FigureText.shortened(subtitle, toWidth: room, fontSize: 12), at: screen(16, 44), "left font ',12'")
  }

  /// A panel with its axis of steps; only the lowest has numbers on it.
  private func panel(
    _ place: (top: Double, bottom: Double), _ name: String, labelled: Bool, _ script: inout PlotScript
  ) {
    script.panel(left: Self.left, right: Self.right, top: place.top, bottom: place.bottom)
    let last = Double(max(curve.lastStep, 1))
    script.command("set xrange [\(-0.01 * last):\(1.01 * last)]")
    let ticks = AxisTicks.losses(in: 0...last, about: min(8, max(curve.lastStep, 1)))
      .map { "'\(labelled ? $0.label : "")' \($0.value)" }
    script.command("set xtics \(PlotScript.ticks) (\(ticks.joined(separator: ", ")))")
    script.label(name, at: screen(18, (place.top + place.bottom) / 2), "center rotate by 90")
    guard labelled else { return }
    script.label(stepAxis, at: screen((Self.left + Self.right) / 2, height - 14), "center")
  }

  /// The axis' name, which says how many steps an epoch has.
  private var stepAxis: String {
    guard let last = curve.steps.last, last.epoch > 0 else { return "step" }
    let count = NumberText.significant(Double(last.number) / last.epoch, digits: 4)
    return "step (an epoch has \(count))"
  }

  /// Where one phase ends and the next begins.
  private func phases(_ script: inout PlotScript, named: Bool) {
    for (index, phase) in curve.phases.enumerated() {
      let x = Double(phase.firstStep - 1)
      if index > 0 {
        script.command(
          "set arrow from \(x), graph 0 to \(x), graph 1 nohead back linewidth 1 dashtype 2"
            + " linecolor rgb '\(FigurePalette.quiet)'")
      }
      if named { script.label(phase.name, at: "\(x), graph 1.035", "left offset 0.6,0 font ',11'") }
    }
  }

  /// A place in points from the upper left corner, in gnuplot's words.
  func screen(_ x: Double, _ y: Double) -> String {
    "screen \(PlotScript.share(x / Self.width)), screen \(PlotScript.share(1 - y / height))"
  }
}
