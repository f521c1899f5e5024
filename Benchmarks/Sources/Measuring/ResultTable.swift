/// One line of results.
public struct ResultRow: Sendable {
  let work: String
  let measurement: Measurement?
  let comparison: String
  let shareOfPeak: Double?
  let goals: [Goal]

  /// Makes a line.
  ///
  /// - Parameters:
  ///   - measurement: What was measured; its name is the line's, unless `work` says more.
  ///   - work: What was done, where the measurement's name is not enough.
  ///   - comparison: How it compares with another line, ratio first.
  ///   - shareOfPeak: The share of the machine's arithmetic that was reached, 1 for all of it.
  ///   - goals: What it should reach.
  public init(
    _ measurement: Measurement, work: String? = nil, comparison: String = "", shareOfPeak: Double? = nil,
    goals: [Goal] = []
  ) {
    self.work = work ?? measurement.name
    self.measurement = measurement
    self.comparison = comparison
    self.shareOfPeak = shareOfPeak
    self.goals = goals
  }

  /// Makes a line of something that is not a time; the comparison says what it is.
  public init(work: String, comparison: String, goals: [Goal] = []) {
    self.work = work
    measurement = nil
    self.comparison = comparison
    shareOfPeak = nil
    self.goals = goals
  }

  /// The cells after the benchmark's name.
  fileprivate var cells: [String] {
    [
      work, measurement.map { String($0.durations.count) } ?? "",
      measurement.map { milliseconds($0.median) } ?? "", measurement.map { milliseconds($0.fastest) } ?? "",
      comparison, shareOfPeak.map { "\(decimal(100 * $0, places: 0)) %" } ?? "",
      goals.map(\.description).joined(separator: "; "),
    ]
  }

  /// Two places, or three where there is nothing before the point.
  private func milliseconds(_ duration: Duration) -> String {
    decimal(duration.milliseconds, places: duration < .milliseconds(1) ? 3 : 2)
  }
}

/// A bound that a result should keep.
///
/// Nothing fails where it does not, because machines differ; the table says it.
public struct Goal: Sendable, Equatable, CustomStringConvertible {
  private let bound: String
  private let isMet: Bool

  /// At most `limit` milliseconds.
  public static func atMost(milliseconds limit: Double, _ duration: Duration) -> Goal {
    Goal(bound: "≤ \(decimal(limit, places: 0)) ms", isMet: duration.milliseconds <= limit)
  }

  /// At most `limit` times as long as something else takes.
  public static func atMost(times limit: Double, _ ratio: Double) -> Goal {
    Goal(bound: "≤ \(decimal(limit, places: 1)) ×", isMet: ratio <= limit)
  }

  /// At least `limit` times something else.
  public static func atLeast(times limit: Double, _ ratio: Double) -> Goal {
    Goal(bound: "≥ \(decimal(limit, places: 1)) ×", isMet: ratio >= limit)
  }

  /// At most `limit` percent of something; `share` is 1 for all of it.
  public static func atMost(percent limit: Double, _ share: Double) -> Goal {
    Goal(bound: "≤ \(decimal(limit, places: 0)) %", isMet: 100 * share <= limit)
  }

  /// At most `limit`, a small number without a unit; not kept by what is no number.
  public static func atMost(_ limit: Double, _ number: Double) -> Goal {
    Goal(bound: "≤ \(scientific(limit))", isMet: number <= limit)
  }

  /// The bound, and whether it is kept.
  public var description: String { "\(bound): \(isMet ? "met" : "MISSED")" }
}

/// All results as one Markdown table.
///
/// - Parameter sections: The lines of every benchmark, under its name.
/// - Returns: The table, with columns as wide as their contents, so that it can be read as it is.
public func markdownTable(_ sections: [(benchmark: String, rows: [ResultRow])]) -> String {
  let head = ["benchmark", "work", "runs", "median ms", "fastest ms", "ratio", "of peak", "to reach"]
  let rightAligned: Set = [2, 3, 4, 6]
  let lines = sections.flatMap { section in section.rows.map { [section.benchmark] + $0.cells } }
  let widths = head.indices.map { column in ([head] + lines).map { $0[column].count }.reduce(3, max) }
  func text(of cells: [String]) -> String {
    let padded = cells.enumerated().map { column, cell in
      let padding = String(repeating: " ", count: widths[column] - cell.count)
      return rightAligned.contains(column) ? padding + cell : cell + padding
    }
    return "| " + padded.joined(separator: " | ") + " |"
  }
  let rule = widths.enumerated().map { column, width in
    rightAligned.contains(column)
      ? String(repeating: "-", count: width - 1) + ":" : String(repeating: "-", count: width)
  }
  return ([text(of: head), text(of: rule)] + lines.map(text)).joined(separator: "\n")
}
