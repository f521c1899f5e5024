internal import CurveModel
internal import Scoring

/// What each strategy reads from the range tests of one task.
struct StrategiesLesson {
  private let task: LessonTask
  private let reading: CurveFigure

  /// - Parameter reading: The first range test of the task with every strategy's dot on it.
  init(_ task: LessonTask, reading: CurveFigure) {
    self.task = task
    self.reading = reading
  }

  var notebook: Notebook {
    Notebook(
      name: "what-each-strategy-reads", title: "What each strategy reads",
      cells: [
        .text(introduction), .code(Python.setup, prints: [], picture: nil),
        .code(
          Self.oneTest, prints: oneTestLines,
          picture: Notebook.Picture(
            name: "readings", says: "A range test with the point that each strategy reads",
            script: GnuplotScript(reading, size: FigureSize(width: 900, height: 560), format: .png).text)),
        .text(Self.seeds),
        .code(
          Self.allTests, prints: allTestLines,
          picture: Notebook.Picture(
            name: "suggestions-and-outcomes", says: task.figure.says, script: task.figure.script.text(.png))),
        .text(Self.conclusion),
      ], tables: [readings, suggestions])
  }

  // MARK: Texts

  private var introduction: String {
    """
    Every strategy below was given the same recorded range test of **\(task.description.title)**, seed \(task.tests[0].seed).
    Some read the minimum of the losses, some the steepest descent, some the middle of the longest valley. A strategy
    that cannot tell abstains and says why. `suggest strategies` describes each of them and where it comes from.
    """
  }

  private static let seeds = """
    One range test is one draw. The next cell takes all range tests of the task, which differ in their seed alone, and compares the
    rates with what training at them gave: *regret* is 0 at the best rate and 1 where one might as well not train.
    """

  private static let conclusion = """
    Filled marks were trained at exactly their rate; hollow ones were read between trained rates; a cross means that training failed
    there. One task proves nothing: `which-one-wins-where` takes all of them.
    """

  // MARK: Code, and what it prints

  private static let oneTest = """
    readings = read("readings.csv")
    for row in readings.itertuples():
        if math.isnan(row.learning_rate):
            print(f"{row.strategy:24} abstains: {row.reason}")
        else:
            print(f"{row.strategy:24} {rate(row.learning_rate):>9}  read at {rate(row.point_rate):>9}")

    test = read("range-tests.csv")
    test = test[test.seed == test.seed.iloc[0]]
    plt.figure(figsize=(9, 5))
    plt.plot(test.learning_rate, test.loss, linewidth=0.8)
    plt.scatter(readings.point_rate, readings.point_loss, color="tab:orange", zorder=3)
    plt.xscale("log")
    plt.xlabel("learning rate")
    plt.ylabel("training loss")
    plt.ylim(None, test.loss.iloc[0] * 1.25)
    plt.show()
    """

  private var oneTestLines: [String] {
    reading.marks.map { mark in
      Python.left(mark.name, 24) + " " + Python.right(Python.rate(mark.learningRate), 9) + "  read at "
        + Python.right(Python.rate(mark.point.learningRate), 9)
    }
      + reading.abstentions.map {
        "\(Python.left($0.name, 24)) abstains: \(FigureText.cleaned($0.reason))"
      }
  }

  private static let allTests = """
    suggestions = read("suggestions.csv")
    print(f"{'strategy':24} {'lowest':>9} {'highest':>9} {'regret':>7}")
    for name in suggestions.strategy.unique():
        rows = suggestions[suggestions.strategy == name]
        rates = rows[rows.abstained == 0].learning_rate
        low, high = (rate(rates.min()), rate(rates.max())) if len(rates) else ("-", "-")
        print(f"{name:24} {low:>9} {high:>9} {rows.regret.mean():7.3f}")

    plt.figure(figsize=(9, 6))
    answered = suggestions[suggestions.abstained == 0]
    plt.scatter(answered.learning_rate, answered.strategy, s=14)
    plt.gca().invert_yaxis()
    plt.xscale("log")
    plt.xlabel("learning rate")
    plt.show()
    """

  private var allTestLines: [String] {
    let header =
      Python.left("strategy", 24) + " " + Python.right("lowest", 9) + " " + Python.right("highest", 9)
    return [header + " " + Python.right("regret", 7)]
      + task.scores.map { score in
        let rates = score.scores.filter { !$0.abstained }.map(\.rate.learningRate).sorted()
        let regret = score.scores.reduce(0) { $0 + $1.normalisedRegret } / Double(score.scores.count)
        return Python.left(name(score), 24) + " " + Python.right(rates.first.map(Python.rate) ?? "-", 9) + " "
          + Python.right(rates.last.map(Python.rate) ?? "-", 9) + " " + Python.right(Python.fixed(regret), 7)
      }
  }

  private func name(_ score: TaskScore) -> String { task.section.sheet.contestants[score.contestant].name }

  // MARK: Tables

  private var readings: NotebookTable {
    let rates = reading.marks.map { mark -> [NotebookTable.Cell] in
      [
        .word(mark.name), .number(mark.learningRate), .number(mark.point.learningRate),
        .number(mark.point.loss),
        .word(""),
      ]
    }
    let abstentions = reading.abstentions.map { abstention -> [NotebookTable.Cell] in
      [.word(abstention.name), .number(.nan), .number(.nan), .number(.nan), .word(abstention.reason)]
    }
    return NotebookTable(
      "readings.csv", ["strategy", "learning_rate", "point_rate", "point_loss", "reason"], rates + abstentions
    )
  }

  private var suggestions: NotebookTable {
    let tables = task.section.sheet.tables
    return NotebookTable(
      "suggestions.csv", ["strategy", "seed", "learning_rate", "abstained", "evaluation", "regret"],
      task.scores.flatMap { score in
        score.scores.map { suggestion in
          let seed = suggestion.suggestion.map { tables.rangeTests[tables.suggestions[$0].rangeTest].seed }
          return [
            .word(name(score)), .number(seed.map { Double($0) } ?? .nan),
            .number(suggestion.rate.learningRate),
            .number(suggestion.abstained ? 1 : 0), .word(suggestion.evaluation.rawValue),
            .number(suggestion.normalisedRegret),
          ]
        }
      })
  }
}
