public import Scoring

/// A column of the headline table as people read it.
public struct HeadlineColumn: Sendable {
  /// Its heading.
  public let name: String
  /// What it means, in a short sentence.
  public let meaning: String
  /// The number it shows of a contestant, by which a table is sorted.
  public let value: @Sendable (HeadlineRow) -> Double?
  /// The number as it is written.
  public let cell: @Sendable (HeadlineRow) -> String

  private init(
    _ name: String, _ meaning: String, value: @escaping @Sendable (HeadlineRow) -> Double?,
    cell: @escaping @Sendable (HeadlineRow) -> String
  ) {
    self.name = name
    self.meaning = meaning
    self.value = value
    self.cell = cell
  }

  private static func fixed(
    _ name: String, _ digits: Int, _ meaning: String, value: @escaping @Sendable (HeadlineRow) -> Double?
  ) -> HeadlineColumn {
    HeadlineColumn(name, meaning, value: value) { Cells.fixed(value($0), digits) }
  }

  private static func percent(
    _ name: String, _ meaning: String, value: @escaping @Sendable (HeadlineRow) -> Double?
  ) -> HeadlineColumn {
    HeadlineColumn(name, meaning, value: value) { Cells.percent(value($0)) }
  }

  /// The name of the column of intervals, which is left out where there are none.
  public static let intervalName = "95 %"

  /// All columns in their order.
  public static let all = [
    HeadlineColumn("tasks", "how many tasks it was scored on", value: { Double($0.tasks) }) { "\($0.tasks)" },
    fixed("regret", 3, "mean over tasks of normalised regret: 0 the oracle, 1 untrained") { $0.regret.value },
    HeadlineColumn(
      intervalName, "the regret's 95 % interval for new data sets", value: { $0.regret.interval?.upperBound }
    ) { Cells.interval($0.regret.interval) },
    fixed("IQM", 3, "interquartile mean of normalised regret") { $0.interquartileRegret.value },
    percent("≤5 %", "share of suggestions within the indifference interval of 5 %") { $0.success.value },
    percent("fails", "share of trainings at its rates that failed") { $0.failureRate.value },
    percent("abstains", "share of range tests on which it abstained") { $0.abstentionRate },
    fixed("distance", 2, "median of |log10(rate / best rate)|, in decades") { $0.distance },
    fixed("spread", 2, "median interquartile range of log10(rate) over range-test seeds, in decades") {
      $0.spread
    },
    percent("cost", "steps of the range test ÷ the training's budget") { $0.cost },
    HeadlineColumn(
      "time",
      "expected steps until a training comes within 10 % of the range of the best, ÷ those at the best rate",
      value: { $0.timeToTarget }
    ) { row in
      guard let time = row.timeToTarget else { return Cells.none }
      return time.isFinite ? Cells.fixed(time, 2) : "never"
    },
    percent("trained", "share of suggestions that were trained at exactly their rate") { $0.directShare },
  ]
}
