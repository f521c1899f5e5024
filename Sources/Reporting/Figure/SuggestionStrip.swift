/// The strip at the foot of the plot: suggested rates that are not under their dot, and intervals, as bars.
struct SuggestionStrip: Equatable {
  struct Bar: Equatable {
    /// Which group of marks it belongs to.
    var group: Int
    /// The suggested rate's place.
    var x: Double
    /// The interval's places, or the rate's place twice.
    var from: Double
    var to: Double
    /// The row, from the lowest up.
    var row: Int
    /// Where the group's number stands; nil where the bar leaves no room or no numbers are wanted.
    var number: Double?
  }

  var bars: [Bar] = []
  var rows: Int { (bars.map(\.row).max() ?? -1) + 1 }
  /// The strip's height, in points.
  var height: Double { rows == 0 ? 0 : Double(rows) * Self.rowHeight + 8 }

  static let rowHeight = 13.0
  /// The width of a number beside a bar.
  static let numberWidth = 18.0
  private static let symbolReach = 6.0

  /// Whether a mark has anything that its dot does not show: an interval, or a rate more than one percent
  /// off, which is a point or so on the axis.
  static func isShown(_ mark: CurveFigure.Mark) -> Bool {
    mark.interval != nil || (mark.learningRate / mark.point.learningRate - 1).magnitude > 0.01
  }

  /// Bars in as few rows as a first fit needs, so that none covers another.
  init(_ groups: [MarkGroup], frame: PlotFrame, numbered: Bool) {
    var ends: [Double] = []
    for (index, group) in groups.enumerated() {
      for mark in group.marks where Self.isShown(mark) {
        let x = frame.x(mark.learningRate)
        let from = mark.interval.map { frame.x($0.lowerBound) } ?? x
        let to = mark.interval.map { frame.x($0.upperBound) } ?? x
        let left = min(from, x) - Self.symbolReach
        let right = max(to, x) + Self.symbolReach
        let number: Double? =
          if !numbered { nil } else if left - Self.numberWidth >= frame.plot.x {
            left - Self.numberWidth
          } else if right + Self.numberWidth <= frame.plot.right { right } else { nil }
        let start = min(left, number ?? left)
        let row = ends.firstIndex { $0 <= start } ?? ends.count
        if row == ends.count { ends.append(0) }
        ends[row] = max(right, (number ?? left) + Self.numberWidth)
        bars.append(Bar(group: index, x: x, from: from, to: to, row: row, number: number))
      }
    }
  }

  /// The vertical place of a row in a plot.
  static func y(ofRow row: Int, in plot: Rectangle) -> Double {
    plot.bottom - 8 - rowHeight * (Double(row) + 0.2)
  }
}
