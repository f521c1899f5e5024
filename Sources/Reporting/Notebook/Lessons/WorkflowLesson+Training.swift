internal import CurveModel

extension WorkflowLesson {
  /// A training: who decided its rate, how it went, and its learning curve.
  func cells(_ stage: WorkflowStory.Stage, _ training: WorkflowStory.Training, _ heading: String)
    -> [Notebook.Cell]
  {
    let figure = EvaluationFigure(evaluations: training.evaluations)
    let rate = Python.rate(training.rate)
    let text =
      training.decision.map { decision in
        "A training at the rate \(rate), which \(decision.strategy) read from \(decision.stage): "
          + "\(FigureText.cleaned(decision.reason))."
      } ?? "A training at the rate \(rate), as the workflow says."
    return [
      .text(heading + text),
      .code(
        Self.following(stage.name), prints: evaluationLines(training),
        picture: Notebook.Picture(
          name: pictureName(stage), says: "Training and validation loss of \(stage.name) by step",
          script: figure.script.text(.png))),
    ]
  }

  private static func following(_ stage: String) -> String {
    """
    rows = trainings[trainings.stage == \(quoted(stage))]
    for row in rows.itertuples():
        error = "" if math.isnan(row.error) else f"  error {100 * row.error:6.2f} %"
        print(f"step {row.step:6.0f}  validation loss {row.loss:9.4f}{error}")
    plt.figure(figsize=(8, 4))
    plt.plot(rows.step, rows.loss, marker="o", label="validation")
    plt.plot(rows.step, rows.training_loss, marker=".", linestyle="--", label="training, mean since the evaluation before")
    plt.xlabel("step")
    plt.ylabel("loss")
    plt.legend()
    plt.show()
    """
  }

  private func evaluationLines(_ training: WorkflowStory.Training) -> [String] {
    training.evaluations.map { evaluation in
      let error =
        evaluation.error.isNaN
        ? "" : "  error \(Python.right(Python.fixed(100 * evaluation.error, 2), 6)) %"
      return "step \(Python.right(Python.fixed(evaluation.step, 0), 6))  validation loss "
        + Python.right(Python.fixed(evaluation.loss, 4), 9) + error
    }
  }
}
