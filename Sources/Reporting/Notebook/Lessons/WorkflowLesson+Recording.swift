internal import CurveModel

extension WorkflowLesson {
  /// A range test: its picture with the landmarks, and every strategy's answer.
  func cells(_ stage: WorkflowStory.Stage, _ recording: WorkflowStory.Recording, _ heading: String)
    -> [Notebook.Cell]
  {
    let names = recording.landmarks.marks.map(\.name)
    let dots =
      names.isEmpty
      ? "No rule for the minimum or the steepest point finds a rate on this curve."
      : "The dots lie where \(names.joined(separator: " and ")) put the rate."
    let marked = names.isEmpty ? "" : " with the rates of \(names.joined(separator: " and "))"
    let text = recording.isOfTrainedNetwork ? Self.trained : Self.untrained
    return [
      .text(heading + text + " " + dots),
      .code(
        Self.drawing(stage.name), prints: curveLines(recording),
        picture: Notebook.Picture(
          name: pictureName(stage),
          says: "The range test \(stage.name)\(marked)",
          script: GnuplotScript(recording.landmarks, size: FigureSize(width: 900, height: 560), format: .png)
            .text)),
      .text("What every strategy reads from it, or why it abstains:"),
      .code(Self.listing(stage.name), prints: answerLines(recording.answers), picture: nil),
    ]
  }

  private static let untrained = """
    A range test: the rate rises after every step, and the loss is recorded. Afterwards everything is put back.
    """

  private static let trained = """
    A range test of a network that is trained already. Such a curve is hard to read: there is little left to fall, so that it is
    flat until the rate breaks what was learnt.
    """

  // MARK: Code, and what it prints

  private static func drawing(_ stage: String) -> String {
    """
    curve = curves[curves.stage == \(quoted(stage))]
    print(f"{len(curve)} steps from {rate(curve.learning_rate.iloc[0])} to {rate(curve.learning_rate.iloc[-1])},"
          f" loss {curve.loss.iloc[0]:.3f} at first, {curve.loss.min():.3f} at the lowest")
    dots = answers[(answers.stage == \(quoted(stage))) & answers.dot_loss.notna()]
    for row in dots.itertuples():
        print(f"{row.strategy}: {rate(row.learning_rate)}, read at {rate(row.point_rate)}")
    plt.figure(figsize=(9, 5))
    plt.plot(curve.learning_rate, curve.loss, linewidth=0.8)
    plt.scatter(dots.learning_rate, dots.dot_loss, color="tab:orange", zorder=3)
    plt.xscale("log")
    plt.xlabel("learning rate")
    plt.ylabel("training loss")
    plt.ylim(None, 1.5 * curve.loss.quantile(0.9))
    plt.show()
    """
  }

  private func curveLines(_ recording: WorkflowStory.Recording) -> [String] {
    let curve = recording.curve
    let lowest = curve.losses.filter { !$0.isNaN }.min() ?? .nan
    return [
      "\(curve.count) steps from \(Python.rate(curve.learningRates[0])) to"
        + " \(Python.rate(curve.learningRates[curve.count - 1])), loss \(Python.fixed(curve.losses[0])) at first,"
        + " \(Python.fixed(lowest)) at the lowest"
    ]
      + recording.answers.marks.filter { dot(of: $0.name, in: recording) != nil }.map { mark in
        "\(mark.name): \(Python.rate(mark.learningRate)), read at \(Python.rate(mark.point.learningRate))"
      }
  }

  /// The loss on the line at the rate of a strategy that is marked.
  func dot(of strategy: String, in recording: WorkflowStory.Recording) -> Double? {
    recording.landmarks.marks.first { $0.name == strategy }?.point.loss
  }

  private static func listing(_ stage: String) -> String {
    """
    for row in answers[answers.stage == \(quoted(stage))].itertuples():
        if math.isnan(row.learning_rate):
            print(f"{row.strategy:24} abstains: {row.reason}")
        else:
            print(f"{row.strategy:24} {rate(row.learning_rate):>9}  read at {rate(row.point_rate):>9}")
    """
  }

  private func answerLines(_ answers: CurveFigure) -> [String] {
    answers.marks.map { mark in
      Python.left(mark.name, 24) + " " + Python.right(Python.rate(mark.learningRate), 9) + "  read at "
        + Python.right(Python.rate(mark.point.learningRate), 9)
    }
      + answers.abstentions.map { "\(Python.left($0.name, 24)) abstains: \(FigureText.cleaned($0.reason))" }
  }
}
