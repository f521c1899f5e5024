internal import CurveModel

/// A workflow told stage by stage: range tests with every strategy's answer, trainings with their curves, and what came
/// out.
struct WorkflowLesson {
  let story: WorkflowStory

  init(_ story: WorkflowStory) { self.story = story }

  var notebook: Notebook {
    Notebook(
      name: story.name, title: title,
      cells: [
        .text(introduction), .code(Python.setup + reading, prints: [], picture: nil),
      ] + story.stages.enumerated().flatMap(cells) + [
        .text(Self.ending), .code(Self.summing, prints: summary, picture: nil),
      ],
      tables: [curves, answers, trainings, stages])
  }

  // MARK: Texts

  /// The name in words: `Cats vs dogs`.
  private var title: String {
    let words = story.name.replacing("-", with: " ").replacing("_", with: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }

  private var introduction: String {
    let facts = story.facts.map { "- \($0.word): \(FigureText.cleaned($0.value))" }.joined(separator: "\n")
    let stages = story.stages.map { stage in
      "| \(stage.name) | `\(FigureText.cleaned(stage.command).replacing("|", with: "\\|"))` |"
    }
    return """
      `suggest workflow run` did these stages one after the other; `--from` names the weights that an earlier stage saved.

      | stage | command |
      |---|---|
      \(stages.joined(separator: "\n"))

      \(facts)

      Every number below is computed from the tables in `data`; the pictures kept here were drawn with gnuplot from the
      same numbers.
      """
  }

  private static let ending = """
    ## What came out

    Loss and error are those of all held-out samples after the stage; a range test puts the weights back where they were.
    """

  private func cells(_ index: Int, _ stage: WorkflowStory.Stage) -> [Notebook.Cell] {
    let heading = "## \(index + 1). \(stage.name)\n\n"
    switch stage.work {
    case .recording(let recording): return cells(stage, recording, heading)
    case .training(let training): return cells(stage, training, heading)
    }
  }

  /// The name of a picture of a stage.
  func pictureName(_ stage: WorkflowStory.Stage) -> String { "\(story.name)-\(stage.name)" }

  /// A text as a literal of Python.
  static func quoted(_ text: String) -> String { JSONValue.string(FigureText.cleaned(text)).text }

  // MARK: Code, and what it prints

  private var reading: String {
    """


    curves, answers = read("\(story.name)-curves.csv"), read("\(story.name)-answers.csv")
    trainings, stages = read("\(story.name)-trainings.csv"), read("\(story.name)-stages.csv")
    """
  }

  private static let summing = """
    print(f"{'stage':20} {'rate':>9} {'loss':>9} {'error':>9} {'time':>10}")
    for row in stages.itertuples():
        at = "" if math.isnan(row.learning_rate) else rate(row.learning_rate)
        loss = "" if math.isnan(row.loss) else f"{row.loss:.4f}"
        error = "" if math.isnan(row.error) else f"{100 * row.error:.2f} %"
        print(f"{row.stage:20} {at:>9} {loss:>9} {error:>9} {row.seconds:8.1f} s")
    print(f"{'together':50} {stages.seconds.sum():8.1f} s")
    """

  private var summary: [String] {
    let line = { (name: String, cells: [String], time: String) in
      Python.left(name, 20) + cells.map { " " + Python.right($0, 9) }.joined() + " " + time
    }
    let seconds = { (value: Double) in Python.right(Python.fixed(value, 1), 8) + " s" }
    return [line("stage", ["rate", "loss", "error"], Python.right("time", 10))]
      + story.stages.map { stage in
        let last = stage.training?.evaluations.last
        return line(
          FigureText.cleaned(stage.name),
          [
            stage.training.map { Python.rate($0.rate) } ?? "", last.map { Python.fixed($0.loss, 4) } ?? "",
            last.flatMap { $0.error.isNaN ? nil : Python.fixed(100 * $0.error, 2) + " %" } ?? "",
          ], seconds(stage.seconds))
      }
      + [Python.left("together", 50) + " " + seconds(story.stages.reduce(0) { $0 + $1.seconds })]
  }
}

extension WorkflowStory.Stage {
  /// The training, if this is one.
  var training: WorkflowStory.Training? {
    guard case .training(let training) = work else { return nil }
    return training
  }

  /// The range test, if this is one.
  var recording: WorkflowStory.Recording? {
    guard case .recording(let recording) = work else { return nil }
    return recording
  }
}
