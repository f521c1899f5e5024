internal import CurveModel

/// Every look at the network during a training, a line each.
struct EvaluationTable {
  let curve: LearningCurve

  /// Longer tables are folded away: the picture says the same.
  private static let longest = 30

  var html: HTML {
    let hasErrors = curve.hasErrors
    let names =
      ["epoch", "step", "rate", "training loss", "validation loss"] + (hasErrors ? ["error"] : [])
    let table = SortableTable(
      caption:
        "On all held-out samples; the training loss is the mean over the batches since the line above.",
      columns: names.map { SortableTable.Column(name: $0) }, rows: rows(hasErrors: hasErrors))
    guard curve.evaluations.count > Self.longest else { return table.html }
    return "<details><summary>\(curve.evaluations.count) evaluations</summary>\(table.html)</details>"
  }

  private func rows(hasErrors: Bool) -> [SortableTable.Row] {
    var steps = curve.steps[...]
    return curve.evaluations.map { evaluation in
      let since = steps.prefix { $0.number <= evaluation.step }
      steps = steps.dropFirst(since.count)
      let loss = since.isEmpty ? nil : since.reduce(0) { $0 + $1.loss } / Double(since.count)
      let epoch = evaluation.epoch == evaluation.epoch.rounded() ? 0 : 2
      var cells: [(String, Double?)] = [
        (NumberText.fixed(evaluation.epoch, fractionDigits: epoch), evaluation.epoch),
        ("\(evaluation.step)", Double(evaluation.step)),
        (since.last.map { NumberText.rate($0.learningRate) } ?? Cells.none, since.last?.learningRate),
        (loss.map(NumberText.loss) ?? Cells.none, loss),
        (NumberText.loss(evaluation.loss), evaluation.loss),
      ]
      if hasErrors {
        let error = evaluation.errorRate
        cells.append((error.map(ClassificationSections.percent) ?? Cells.none, error))
      }
      return SortableTable.Row(
        contestant: nil, cells: cells.map { SortableTable.Cell("\($0.0)", value: $0.1 ?? .nan) })
    }
  }
}
