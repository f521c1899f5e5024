internal import CurveModel
internal import Scoring

/// What studies of the learned strategy found, beside the scores of a section.
public struct StudyTables: Sendable {
  /// What every input of the model is worth, and what it has after learning from half of the families.
  public var ablation, halves: ShownTable
  /// How far rates move when curves are changed, and what smoothing by other widths gives.
  public var sensitivity, smoothing: ShownTable
  /// What repeating range tests with other seeds gives.
  public var repeats: ShownTable
  /// Range tests of other lengths; nil where there are none.
  public var lengths: ShownTable?
  /// Families that were learned from beside those that were not; nil where there are only the one or the other.
  public var unseen: ShownTable?

  /// Collects studies.
  public init(
    ablation: ShownTable, halves: ShownTable, sensitivity: ShownTable, smoothing: ShownTable,
    repeats: ShownTable, lengths: ShownTable?, unseen: ShownTable?
  ) {
    self.ablation = ablation
    self.halves = halves
    self.sensitivity = sensitivity
    self.smoothing = smoothing
    self.repeats = repeats
    self.lengths = lengths
    self.unseen = unseen
  }
}

/// The notebook about strategies that were fitted: written like a paper.
public struct LearningLesson: Sendable {
  private let sections: [ReportContent.Section]
  private let studies: StudyTables

  /// A notebook about scores and what was studied beside them.
  public init(_ sections: [ReportContent.Section], _ studies: StudyTables) {
    self.sections = sections
    self.studies = studies
  }

  /// The notebook.
  public var notebook: Notebook {
    let results = sections.enumerated().map { LearningResults(index: $0.offset, section: $0.element) }
    let own = [
      studies.ablation, studies.halves, studies.repeats, studies.smoothing, studies.sensitivity,
    ]
    let tables = results.flatMap(\.tables) + own + [studies.lengths, studies.unseen].compactMap(\.self)
    return Notebook(
      name: "a-strategy-that-learns", title: "Can the curve of a range test be read better?",
      cells: [
        .text(LearningText.question), .text(LearningText.data(sections)), .text(LearningText.method),
        .code(Python.setup + "\n\n" + ShownTable.code, prints: [], picture: nil),
        .text(LearningText.results),
      ] + results.flatMap(\.cells) + unseen + ablations + [.text(LearningText.failures)]
        + results.flatMap(\.failures)
        + [.text(LearningText.tried)],
      tables: tables.map(\.file))
  }

  private var unseen: [Notebook.Cell] {
    studies.unseen.map { [.text(LearningText.unseen), $0.cell] } ?? []
  }

  private var ablations: [Notebook.Cell] {
    let lengths: [Notebook.Cell] =
      studies.lengths.map { [.text(LearningText.lengths), $0.cell] } ?? []
    func shown(_ table: ShownTable, _ text: String) -> [Notebook.Cell] { [.text(text), table.cell] }
    return shown(studies.halves, LearningText.halves) + shown(studies.ablation, LearningText.inputs) + lengths
      + shown(studies.repeats, LearningText.repeats) + shown(studies.smoothing, LearningText.smoothing)
      + shown(studies.sensitivity, LearningText.sensitivity)
  }
}
