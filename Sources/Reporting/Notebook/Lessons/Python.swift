internal import CurveModel
internal import Scoring

/// Pieces of Python that the lessons share, and numbers as those print them.
enum Python {
  /// The first cell: libraries, and how rates are printed.
  static let setup = """
    import math
    import pandas as pd
    import matplotlib.pyplot as plt

    def read(name):
        return pd.read_csv(f"data/{name}", float_precision="round_trip", keep_default_na=False, na_values=[""])

    def rate(value):
        return f"{value:.2e}"
    """

  /// A rate as `rate` prints it.
  static func rate(_ value: Double) -> String { NumberText.scientific(value, fractionDigits: 2) }

  /// A number as an f-string with `.3f` prints it.
  static func fixed(_ value: Double, _ digits: Int = 3) -> String {
    NumberText.fixed(value, fractionDigits: digits)
  }

  /// A text filled with spaces to a width, as `{text:WIDTH}` prints it.
  static func left(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.unicodeScalars.count))
  }

  /// A text filled with spaces from the left, as `{text:>WIDTH}` prints it.
  static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.unicodeScalars.count)) + text
  }
}

/// One task of a section, as the first two lessons show it.
struct LessonTask {
  let section: ReportContent.Section
  let study: TaskStudy
  /// The seeds and curves of its range tests.
  let tests: [(seed: UInt64, curve: LossCurve)]
  /// The strategies' scores on it, the best in the headline first.
  let scores: [TaskScore]

  var description: TaskDescription { section.sheet.tables.tasks[study.task] }

  /// The task whose losses differ most in units of their noise; nil where no task has range tests.
  init?(_ section: ReportContent.Section) {
    let sheet = section.sheet
    let tests = sheet.tables.rangeTests
    let usable = sheet.studies.filter { study in
      study.isInformative && !study.oracle.isAtEdge && tests.contains { $0.task == study.task }
    }
    let all =
      usable.isEmpty ? sheet.studies.filter { study in tests.contains { $0.task == study.task } } : usable
    let clearness = { (study: TaskStudy) in
      (study.untrained - study.oracle.value) / max(study.noise.delta, 1e-12)
    }
    guard let study = all.max(by: { (clearness($0), $1.task) < (clearness($1), $0.task) }) else { return nil }
    self.section = section
    self.study = study
    self.tests = zip(tests, section.curves).filter { $0.0.task == study.task }.map { ($0.0.seed, $0.1) }
    let order = sheet.headline.sorted { ($0.regret.value, $0.contestant) < ($1.regret.value, $1.contestant) }
      .map(\.contestant)
    scores = sheet.taskScores
      .filter { $0.task == study.task && sheet.contestants[$0.contestant].kind == .strategy }
      .sorted { left, right in
        (order.firstIndex(of: left.contestant) ?? order.count, left.contestant)
          < (order.firstIndex(of: right.contestant) ?? order.count, right.contestant)
      }
  }

  /// The figure of the task.
  var figure: TaskFigure {
    TaskFigure(sheet: section.sheet, study: study, curves: tests.map(\.curve), scores: scores)
  }
}
