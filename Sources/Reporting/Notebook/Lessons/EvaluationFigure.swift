internal import CurveModel

/// How loss fell during a training: the held-out samples', and the batches' since the evaluation before.
struct EvaluationFigure {
  let evaluations: [WorkflowStory.Evaluation]

  static let size = (width: 640.0, height: 320.0)

  var script: PlotScript {
    var script = PlotScript(width: Self.size.width, height: Self.size.height)
    script.panel(left: 64, right: Self.size.width - 14, top: 14, bottom: Self.size.height - 48)
    let losses = evaluations.flatMap { [$0.loss, $0.trainingLoss] }.filter(\.isFinite)
    let top = losses.max() ?? 1
    script.linearAxis("x", 0...(1.03 * max(evaluations.last?.step ?? 1, 1)), about: 6)
    script.linearAxis("y", 0...(1.08 * (top > 0 ? top : 1)), about: 5)
    script.plot(
      rows(\.loss), using: "1:2",
      "with linespoints pointtype 7 pointsize 0.8 linewidth 2 linecolor rgb '#0072b2'")
    script.plot(
      rows(\.trainingLoss), using: "1:2",
      "with linespoints pointtype 5 pointsize 0.6 dashtype 2 linewidth 1.5 linecolor rgb '#d55e00'")
    script.label(
      "validation: round marks, full line; training: square marks, dashed line",
      at: "graph 0.98, graph 0.94", "right font ',11'")
    script.label("step", at: "graph 0.5, screen \(PlotScript.share(12 / Self.size.height))", "center")
    script.label("loss", at: "screen 0.02, graph 0.5", "center rotate by 90")
    script.endPanel()
    return script
  }

  private func rows(_ loss: KeyPath<WorkflowStory.Evaluation, Double>) -> [String] {
    evaluations.filter { $0[keyPath: loss].isFinite }.map { evaluation in
      "\(NumberText.significant(evaluation.step, digits: 9)) "
        + NumberText.significant(evaluation[keyPath: loss], digits: 6)
    }
  }
}
