internal import CurveModel
internal import Scoring

/// Which strategy wins, and where: all tasks of all sections.
struct WinnersLesson {
  private let sections: [ReportContent.Section]
  /// How many strategies the tables by group show.
  static let shown = 6
  static let worst = 5

  init(_ sections: [ReportContent.Section]) { self.sections = sections }

  var notebook: Notebook {
    Notebook(
      name: "which-one-wins-where", title: "Which one wins, and where",
      cells: [.text(Self.introduction), .code(Python.setup + Self.reading, prints: [], picture: nil)]
        + sections.enumerated().flatMap(cells) + [.text(Self.conclusion)],
      tables: [headline, scores])
  }

  // MARK: Texts

  private static let introduction = """
    Every strategy read the range tests of many tasks, and every task was trained in full over a grid of rates with several
    seeds, and at the suggested rates. *Regret* compares what a suggestion gives with the best rate of the task: 0 is as good, 1 is
    as bad as not training. Rates meant as the peak of a schedule are judged only where they are used so, and constant ones likewise.
    Intervals hold 95 % and are about new families of data sets; `docs/scoring.md` of the project explains the method.
    """

  private static let conclusion = """
    Differences within the intervals are not differences. What would tell more strategies apart is more families of data sets, not
    more seeds of these.
    """

  private func cells(_ index: Int, _ section: ReportContent.Section) -> [Notebook.Cell] {
    let lines = Lines(section)
    let forest = ForestFigure(sheet: section.sheet, rows: section.sheet.ranked)
    let profile = ProfileFigure(sheet: section.sheet)
    return [
      .text("## \(section.title)\n\n\(section.sheet.verdict.map(\.text).joined(separator: " "))"),
      .code(
        Self.headlineCode(section.title), prints: lines.headline,
        picture: Notebook.Picture(
          name: "regrets-\(index)", says: forest.says, script: forest.script.text(.png))),
      .code(
        Self.profileCode(section.title), prints: [],
        picture: Notebook.Picture(
          name: "profiles-\(index)", says: profile.says, script: profile.script.text(.png))),
      .text("By optimizer, and by the width of the range of rates that are as good as the best:"),
      .code(Self.groupCode, prints: lines.groups, picture: nil),
      .text("Where the best strategy is at its worst:"),
      .code(Self.worstCode, prints: lines.worst, picture: nil),
    ]
  }

  // MARK: Code

  private static let reading = """


    headline, scores = read("headline.csv"), read("scores.csv")
    """

  private static func headlineCode(_ title: String) -> String {
    """
    rows = headline[headline.section == \(quoted(title))]
    for row in rows.itertuples():
        interval = "" if math.isnan(row.low) else f"  {row.low:.3f} to {row.high:.3f}"
        print(f"{row.contestant:26} {row.kind:9} {row.regret:6.3f}{interval}")

    plt.figure(figsize=(8, 7))
    error = [rows.regret - rows.low, rows.high - rows.regret]
    plt.errorbar(rows.regret, rows.contestant, xerr=error, fmt="o")
    plt.gca().invert_yaxis()
    plt.xlabel("mean normalised regret")
    plt.show()
    """
  }

  private static func profileCode(_ title: String) -> String {
    """
    tasks = scores[(scores.section == \(quoted(title))) & (scores.informative == 1)]
    best = list(rows[rows.kind == "strategy"].contestant[:\(shown)])
    for name in best:
        regrets = tasks[tasks.contestant == name].regret.clip(lower=1e-3).sort_values()
        plt.step(regrets, [(i + 1) / len(regrets) for i in range(len(regrets))], where="post", label=name)
    plt.xscale("log")
    plt.xlabel("normalised regret")
    plt.ylabel("share of tasks at or below")
    plt.legend()
    plt.show()
    """
  }

  private static let groupCode = """
    def compare(label):
        groups = sorted(tasks[label].unique())
        print(f"{label:26}" + "".join(f" {group:>9}" for group in groups))
        for name in best:
            own = tasks[tasks.contestant == name]
            means = [own[own[label] == group].regret.mean() for group in groups]
            print(f"{name:26}" + "".join(f" {mean:9.3f}" if mean == mean else "         -" for mean in means))

    compare("optimizer")
    compare("plateau")
    """

  static let worstCode = """
    own = tasks[tasks.contestant == best[0]]
    print(best[0])
    for row in sorted(own.itertuples(), key=lambda row: (-row.regret, row.task))[:\(worst)]:
        print(f"{row.regret:6.3f}  {row.task}")
    """

  /// A text as a literal of Python.
  private static func quoted(_ text: String) -> String { JSONValue.string(FigureText.cleaned(text)).text }

  /// How wide the plateau of 5 % of a task is.
  static func plateau(_ study: TaskStudy) -> String {
    WidthClass.Width(decades: study.indifference[1].width).rawValue
  }

  // MARK: Tables

  private var headline: NotebookTable {
    NotebookTable(
      "headline.csv",
      [
        "section", "contestant", "kind", "tasks", "regret", "low", "high", "fails", "abstains", "distance",
        "spread",
      ],
      sections.flatMap { section in
        section.sheet.ranked.map { row in
          let contestant = section.sheet.contestants[row.contestant]
          return [
            .word(section.title), .word(contestant.name), .word(contestant.kind.rawValue),
            .number(Double(row.tasks)), .number(row.regret.value),
            .number(row.regret.interval?.lowerBound ?? .nan),
            .number(row.regret.interval?.upperBound ?? .nan),
            .number(row.failureRate.value), .number(row.abstentionRate), .number(row.distance ?? .nan),
            .number(row.spread ?? .nan),
          ]
        }
      })
  }

  private var scores: NotebookTable {
    NotebookTable(
      "scores.csv",
      [
        "section", "task", "family", "dataset", "model", "optimizer", "schedule", "plateau", "informative",
        "contestant", "kind", "regret",
      ],
      sections.flatMap { section in
        let sheet = section.sheet
        return sheet.taskScores.compactMap { score -> [NotebookTable.Cell]? in
          guard let study = sheet.studies.first(where: { $0.task == score.task }) else { return nil }
          let task = sheet.tables.tasks[score.task]
          let contestant = sheet.contestants[score.contestant]
          return [
            .word(section.title), .word(task.title), .word(task.family), .word(task.dataset),
            .word(task.model),
            .word(task.optimizer), .word(task.schedule), .word(Self.plateau(study)),
            .number(study.isInformative ? 1 : 0), .word(contestant.name), .word(contestant.kind.rawValue),
            .number(score.regret),
          ]
        }
      })
  }
}
