public import CurveModel
internal import Scoring

/// The notebooks about a set of outcomes.
public struct Lessons: Sendable {
  private let sections: [ReportContent.Section]

  /// Lessons about the sections of a report.
  public init(_ sections: [ReportContent.Section]) { self.sections = sections }

  /// The range test that the first two lessons look at, and the task it belongs to; nil where there are no range tests.
  ///
  /// It is the first one of the task whose losses differ most in units of their noise, in the section that compares most
  /// strategies.
  public var subject: (curve: LossCurve, optimizer: String)? {
    task.map { ($0.tests[0].curve, $0.description.optimizer) }
  }

  /// The notebooks; without range tests only the one about which strategy wins.
  ///
  /// - Parameter reading: The range test of ``subject`` with every strategy's dot on it.
  public func notebooks(reading: CurveFigure?) -> [Notebook] {
    let winners = WinnersLesson(sections).notebook
    guard let task, let reading else { return [winners] }
    return [RangeTestLesson(task).notebook, StrategiesLesson(task, reading: reading).notebook, winners]
  }

  private var task: LessonTask? {
    let strategies = { (section: ReportContent.Section) in
      section.sheet.headline.count { section.sheet.contestants[$0.contestant].kind == .strategy }
    }
    let tasks = sections.compactMap { section in LessonTask(section).map { (section, $0) } }
    return tasks.max { strategies($0.0) < strategies($1.0) }?.1
  }
}
