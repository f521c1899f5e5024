internal import CurveModel

/// A learning curve as CSV: a line a step, tidy, every number such that it reads back as the same double.
///
/// The columns are `step` (from 1; 0 is the network before the first), `epoch` (how often the training samples had been
/// visited after the step), `learning_rate`, `training_loss` (of the step's batch, before its update), and, where the
/// network was evaluated after the step, `validation_loss` and `error` (a share in 0...1). Cells are empty where there is
/// nothing: no rate and training loss at step 0, no error without classes. A loss may be `nan` or `inf`. Where the
/// training has phases, a last column `phase` names that of the step.
public struct LearningTable: Sendable {
  private let curve: LearningCurve

  /// The table of a curve.
  public init(_ curve: LearningCurve) { self.curve = curve }

  /// The file's text.
  public var text: String {
    let columns = ["step", "epoch", "learning_rate", "training_loss", "validation_loss", "error"]
    var lines = [(curve.phases.isEmpty ? columns : columns + ["phase"]).joined(separator: ",")]
    var evaluations = curve.evaluations[...]
    while let first = evaluations.first, first.step < curve.steps.first?.number ?? .max {
      lines.append(line(step: first.step, epoch: first.epoch, nil, first))
      evaluations.removeFirst()
    }
    for step in curve.steps {
      let evaluation = evaluations.first.flatMap { $0.step == step.number ? $0 : nil }
      if evaluation != nil { evaluations.removeFirst() }
      lines.append(line(step: step.number, epoch: step.epoch, step, evaluation))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Writes the file, which is there as a whole or not at all.
  ///
  /// - Throws: ``ReportingError/cannotWrite(path:reason:)``
  public func write(to path: String) throws(ReportingError) {
    try AtomicFile.write(Array(text.utf8), to: path)
  }

  private func line(
    step: Int, epoch: Double, _ taken: LearningCurve.Step?, _ evaluation: LearningCurve.Evaluation?
  ) -> String {
    var cells = ["\(step)", Self.cell(epoch)]
    cells += [taken?.learningRate, taken?.loss, evaluation?.loss, evaluation?.errorRate].map {
      $0.map(Self.cell) ?? ""
    }
    if !curve.phases.isEmpty {
      let phase = curve.phases.last { $0.firstStep <= max(step, 1) }
      cells.append(CSVText.quoted(phase?.name ?? ""))
    }
    return cells.joined(separator: ",")
  }

  private static func cell(_ value: Double) -> String { value.isNaN ? "nan" : CSVText.number(value) }
}
