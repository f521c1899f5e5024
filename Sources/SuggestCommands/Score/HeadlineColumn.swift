import CurveModel
import Scoring

/// A column of the headline table as people read it.
struct HeadlineColumn {
  /// Its heading.
  let name: String
  /// What it says about a contestant.
  let cell: @Sendable (HeadlineRow) -> String

  static let intervalName = "95 %"

  /// All columns in their order.
  static let all = [
    HeadlineColumn(name: "tasks") { "\($0.tasks)" },
    HeadlineColumn(name: "regret") { Cells.fixed($0.regret.value, 3) },
    HeadlineColumn(name: intervalName) { Cells.interval($0.regret.interval) },
    HeadlineColumn(name: "IQM") { Cells.fixed($0.interquartileRegret.value, 3) },
    HeadlineColumn(name: "≤5 %") { Cells.percent($0.success.value) },
    HeadlineColumn(name: "fails") { Cells.percent($0.failureRate.value) },
    HeadlineColumn(name: "abstains") { Cells.percent($0.abstentionRate) },
    HeadlineColumn(name: "distance") { Cells.fixed($0.distance, 2) },
    HeadlineColumn(name: "spread") { Cells.fixed($0.spread, 2) },
    HeadlineColumn(name: "cost") { Cells.percent($0.cost) },
    HeadlineColumn(name: "trained") { Cells.percent($0.directShare) },
  ]
}

/// Numbers in cells.
enum Cells {
  /// A cell with nothing to say.
  static let none = "–"

  /// A number with so many digits behind the point.
  static func fixed(_ value: Double?, _ digits: Int) -> String {
    guard let value, value.isFinite else { return none }
    return NumberText.fixed(value, fractionDigits: digits)
  }

  /// A difference, with its sign.
  static func signed(_ value: Double) -> String {
    let text = fixed(abs(value), 3)
    return text == "0.000" ? text : (value < 0 ? "−" : "+") + text
  }

  /// A share in whole per cent.
  static func percent(_ share: Double?) -> String {
    guard let share, share.isFinite else { return none }
    return NumberText.fixed(share * 100, fractionDigits: 0) + " %"
  }

  /// The two ends of an interval.
  static func interval(_ interval: ClosedRange<Double>?, signed isSigned: Bool = false) -> String {
    guard let interval else { return none }
    let ends = [interval.lowerBound, interval.upperBound].map { isSigned ? signed($0) : fixed($0, 3) }
    return ends.joined(separator: isSigned ? " … " : "–")
  }
}

/// Blocks of rows under headings: names to the left, numbers to the right below each other.
enum ColumnTable {
  /// The lines, with an empty one between blocks.
  ///
  /// A name that is wider than `widestName` stands on a line of its own.
  static func lines(_ blocks: [[[String]]], widestName: Int) -> [String] {
    let rows = blocks.flatMap(\.self)
    let nameWidth = rows.map { $0[0].count }.filter { $0 <= widestName }.max() ?? 0
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    var lines: [String] = []
    for (number, block) in blocks.enumerated() {
      if number > 0 { lines.append("") }
      for row in block {
        var name = row[0]
        if name.count > nameWidth {
          lines.append(name)
          name = ""
        }
        let cells = row.enumerated().dropFirst().map { column, cell in
          String(repeating: " ", count: widths[column] + 2 - cell.count) + cell
        }
        lines.append(name + String(repeating: " ", count: nameWidth - name.count) + cells.joined())
      }
    }
    return lines
  }
}
