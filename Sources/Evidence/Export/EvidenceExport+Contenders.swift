public import Scoring

extension EvidenceExport {
  private static let share = "share, 0 to 1"

  private static let columns: [CSVTable.Column] = [
    .init("contender", "name", "The optimizer and where its rate comes from."),
    .init("optimizer", "name", "The optimizer alone."),
    .init("role", "constant or peak", "What the rates of the problems mean."),
    .init("problems", "number", "How many problems count."),
    .init("families", "number", "How many families of data sets they come from."),
    .init("regret", share, "Mean normalised regret at equal steps."),
    .init("regret_low", share, "The lower end of its 95 % interval."),
    .init("regret_high", share, "The upper end."),
    .init("difference", "−1 to 1", "The mean regret minus the reference's."),
    .init("difference_low", "−1 to 1", "The lower end of its 95 % interval."),
    .init("difference_high", "−1 to 1", "The upper end."),
    .init("failure_rate", share, "The share of trainings that failed."),
    .init("abstention_rate", share, "The share of range tests on which a strategy abstained."),
    .init("timed_problems", "number", "On how many problems times are known."),
    .init("step_time", "ratio", "The time of a step over that of the reference's optimizer, median."),
    .init("time", "ratio", "The time of range test and training over the reference's, median."),
    .init("equal_time_regret", share, "Mean normalised regret at equal time."),
    .init("equal_time_low", share, "The lower end of its 95 % interval."),
    .init("equal_time_high", share, "The upper end."),
  ]

  /// Comparisons across optimizers as a table, in the order of the sheets.
  public static func contenders(of sheets: [ContenderSheet]) -> CSVTable {
    var table = CSVTable("contenders.csv", "A row is an optimizer with a way to its rate.", columns)
    for sheet in sheets {
      let roles = TaskDescription.Role.allCases.filter { role in
        sheet.problems.contains { $0.isCounted && $0.problem.role == role }
      }.map(\.rawValue).joined(separator: " ")
      for row in sheet.rows {
        let contender = sheet.contenders[row.contender]
        table.add(
          [contender.name, contender.optimizer, roles, "\(sheet.problemCount)", "\(sheet.familyCount)"]
            + cells(row.regret) + cells(row.difference)
            + [row.failureRate.value, row.abstentionRate].map(CSVTable.number)
            + ["\(sheet.timedCount)"] + [row.stepTime, row.time].map { CSVTable.number($0 ?? .nan) }
            + cells(row.equalTimeRegret))
      }
    }
    return table
  }

  private static func cells(_ estimate: Estimate?) -> [String] {
    [estimate?.value, estimate?.interval?.lowerBound, estimate?.interval?.upperBound]
      .map { CSVTable.number($0 ?? .nan) }
  }
}
