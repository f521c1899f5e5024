internal import CurveModel

/// The list beside a plot whose dots are numbered: number, strategy and rate, one line a mark.
struct MarkList {
  private struct Line {
    var number: String?
    var name: String
    var rate: String
  }

  private let lines: [Line]
  private let nameWidth: Double
  private let rateWidth: Double

  private static let numberWidth = 22.0
  private static let columnGap = 10.0
  private static let role = PlacedText.Role.legend

  /// The list of groups; names are shortened until the list is at most as wide as `widest` points.
  init(_ groups: [MarkGroup], widest: Double) {
    let rates = groups.flatMap(\.marks).map { NumberText.rate($0.learningRate) }
    let rateWidth = rates.map { PlacedText.width(of: $0, role: Self.role) }.max() ?? 0
    let room = max(60, widest - Self.numberWidth - Self.columnGap - rateWidth)
    let lines = groups.enumerated().flatMap { index, group in
      group.marks.enumerated().map { line, mark in
        Line(
          number: line == 0 ? "\(index + 1)" : nil,
          name: FigureText.shortened(mark.name, toWidth: room, fontSize: PlacedText.fontSize(of: Self.role)),
          rate: NumberText.rate(mark.learningRate))
      }
    }
    self.rateWidth = rateWidth
    self.lines = lines
    nameWidth = lines.map { PlacedText.width(of: $0.name, role: Self.role) }.max() ?? 0
  }

  var width: Double { Self.numberWidth + nameWidth + Self.columnGap + rateWidth }
  var height: Double { Double(lines.count) * PlacedText.lineHeight(of: Self.role) }

  /// The list's texts, with its upper left corner at the given place.
  func texts(x: Double, y: Double) -> [PlacedText] {
    let height = PlacedText.lineHeight(of: Self.role)
    return lines.enumerated().flatMap { index, line in
      func text(
        _ text: String, _ left: Double, _ width: Double, _ role: PlacedText.Role, _ side: PlacedText.Alignment
      )
        -> PlacedText
      {
        let place = Rectangle(x: x + left, y: y + Double(index) * height, width: width, height: height)
        return PlacedText(text: text, rectangle: place, alignment: side, role: role)
      }
      let number = line.number.map { text($0, 0, Self.numberWidth - 6, .number, .right) }
      return [number].compactMap { $0 } + [
        text(line.name, Self.numberWidth, nameWidth, Self.role, .left),
        text(line.rate, Self.numberWidth + nameWidth + Self.columnGap, rateWidth, Self.role, .right),
      ]
    }
  }
}

/// The lines beneath the plot that say which strategies abstained and why; strategies that share a reason
/// share a line.
struct AbstentionNotes {
  private let lines: [String]

  private static let role = PlacedText.Role.note

  /// The notes in lines of a width in points, at most two lines a reason.
  init(_ figure: CurveFigure, width: Double) {
    // Widths are estimated line by line with the font's upper bounds, so that a full line still fits.
    lines = figure.abstentionGroups.flatMap { group in
      FigureText.wrapped(
        "\(group.names.joined(separator: ", ")): abstained — \(group.reason)", toWidth: width,
        fontSize: PlacedText.fontSize(of: Self.role), most: 2)
    }
  }

  var height: Double { Double(lines.count) * PlacedText.lineHeight(of: Self.role) }

  func texts(x: Double, y: Double) -> [PlacedText] {
    lines.enumerated().map { index, line in
      PlacedText(line, x: x, y: y + Double(index) * PlacedText.lineHeight(of: Self.role), role: Self.role)
    }
  }
}
