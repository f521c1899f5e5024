internal import CurveModel
internal import Scoring

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
    let order = sheet.ranked.map(\.contestant)
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
