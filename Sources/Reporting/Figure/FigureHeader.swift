internal import CurveModel

/// The lines above the plot: headline, second line and legend.
struct FigureHeader: Equatable {
  /// A key of the legend.
  enum Symbol: Equatable { case rawPoint, smoothedLine, mark, interval, cutAbove, cutBelow, notFinite }

  var texts: [PlacedText] = []
  /// The legend's keys, by the place of their middle; a key is at most `keyWidth` wide.
  var keys: [(symbol: Symbol, middle: Position)] = []
  /// Where the header ends.
  var bottom: Double = 12

  static let keyWidth = 22.0

  static func == (first: Self, second: Self) -> Bool {
    first.texts == second.texts && first.bottom == second.bottom
      && first.keys.map(\.symbol) == second.keys.map(\.symbol)
      && first.keys.map(\.middle) == second.keys.map(\.middle)
  }

  init(_ figure: CurveFigure, range: FigureRange, x: Double, right: Double) {
    let headline = PlacedText.fontSize(of: .title) * 1.12
    add(FigureText.shortened(figure.title, toWidth: right - x, fontSize: headline), .title, x: x)
    if let subtitle = figure.subtitle {
      let size = PlacedText.fontSize(of: .subtitle)
      add(FigureText.shortened(subtitle, toWidth: right - x, fontSize: size), .subtitle, x: x)
    }
    bottom += 4
    addLegend(Self.legend(figure, range), x: x, right: right)
  }

  private mutating func add(_ text: String, _ role: PlacedText.Role, x: Double) {
    guard !text.isEmpty else { return }
    texts.append(PlacedText(text, x: x, y: bottom, role: role))
    bottom += PlacedText.lineHeight(of: role) + 1
  }

  private mutating func addLegend(_ entries: [(Symbol, String)], x: Double, right: Double) {
    let height = PlacedText.lineHeight(of: .legend)
    var left = x
    for (symbol, text) in entries {
      let width = Self.keyWidth + 4 + PlacedText.width(of: text, role: .legend)
      if left > x, left + width > right {
        left = x
        bottom += height + 2
      }
      keys.append((symbol, Position(x: left + Self.keyWidth / 2, y: bottom + height / 2)))
      texts.append(PlacedText(text, x: left + Self.keyWidth + 4, y: bottom, role: .legend))
      left += width + 14
    }
    bottom += height + 6
  }

  private static func legend(_ figure: CurveFigure, _ range: FigureRange) -> [(Symbol, String)] {
    var entries: [(Symbol, String)] = []
    if !figure.points.isEmpty { entries.append((.rawPoint, "recorded")) }
    if !figure.smoothed.isEmpty { entries.append((.smoothedLine, "smoothed")) }
    if !figure.marks.isEmpty {
      entries.append((.mark, figure.dotPlace == .reading ? "suggestion read here" : "suggested rate"))
    }
    if figure.marks.contains(where: SuggestionStrip.isShown) {
      entries.append((.interval, "suggested rate, interval"))
    }
    if let highest = range.highestCut {
      entries.append((.cutAbove, "cut off: losses up to \(NumberText.significant(highest, digits: 2))"))
    }
    if let lowest = range.lowestCut {
      entries.append((.cutBelow, "cut off: losses down to \(NumberText.significant(lowest, digits: 2))"))
    }
    if range.notFinite > 0 {
      entries.append((.notFinite, "not finite: \(range.notFinite) of \(figure.points.count)"))
    }
    return entries
  }
}
