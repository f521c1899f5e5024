internal import Glibc

/// The plot's place in the picture and what its axes span.
struct PlotFrame: Equatable {
  /// The plot's place, without axis labels.
  var plot: Rectangle
  /// The learning rates from the left to the right side, logarithmic.
  var rates: ClosedRange<Double>
  /// The losses that are shown; they span the plot down to the strip.
  var losses: ClosedRange<Double>
  /// The height of the strip at the foot of the plot that is kept free of the curve.
  var strip: Double

  /// The loss at the plot's lower side, beneath the strip.
  var lowestLoss: Double {
    losses.lowerBound - (losses.upperBound - losses.lowerBound) * strip / (plot.height - strip)
  }

  /// The horizontal place of a rate; a rate outside the axis is put on its nearer side.
  func x(_ rate: Double) -> Double {
    guard rate > rates.lowerBound else { return plot.x }
    guard rate < rates.upperBound else { return plot.right }
    return plot.x + plot.width * (log10(rate) - log10(rates.lowerBound))
      / (log10(rates.upperBound) - log10(rates.lowerBound))
  }

  /// The vertical place of a loss; one outside the axis is put on its nearer side, one that is not a number
  /// at the top.
  func y(_ loss: Double) -> Double {
    guard loss < losses.upperBound else { return plot.y }
    guard loss > losses.lowerBound else { return loss.isNaN ? plot.y : plot.bottom - strip }
    return plot.y + (plot.height - strip) * (losses.upperBound - loss)
      / (losses.upperBound - losses.lowerBound)
  }

  /// The place of a dot, far enough inside that the whole of it is seen.
  func dot(at point: CurveFigure.Point) -> Position {
    Position(
      x: min(max(x(point.learningRate), plot.x + 5), plot.right - 5),
      y: min(max(y(point.loss), plot.y + 6), plot.bottom - strip))
  }

  /// The rates that a figure's axis spans: those of its points and of the marks' dots, and half a decade
  /// around a single one.
  static func rates(of figure: CurveFigure) -> ClosedRange<Double> {
    let rates = (figure.points + figure.smoothed + figure.marks.map(\.point)).map(\.learningRate)
      .filter { $0 > 0 && $0.isFinite }
    guard let low = rates.min(), let high = rates.max() else { return 1e-6...1 }
    return low < high ? low...high : (low / 10.squareRoot())...(high * 10.squareRoot())
  }
}

/// A text with its place in the picture.
struct PlacedText: Equatable {
  enum Alignment: Equatable { case left, center, right }
  enum Role: Equatable { case title, subtitle, legend, label, number, note }

  var text: String
  var rectangle: Rectangle
  var alignment: Alignment = .left
  var role: Role

  /// The font size of a role, in points.
  static func fontSize(of role: Role) -> Double {
    switch role {
    case .title: 16
    case .subtitle: 12
    case .legend, .note: 11
    case .label: 12
    case .number: 10
    }
  }

  /// The height of a line of a role, in points.
  static func lineHeight(of role: Role) -> Double { (fontSize(of: role) * 1.3).rounded(.up) }

  static func width(of text: String, role: Role) -> Double {
    // A bold font is about a tenth wider.
    FigureText.width(of: text, fontSize: fontSize(of: role) * (role == .title || role == .number ? 1.12 : 1))
  }

  /// A line of text whose upper left corner is at the given place.
  init(_ text: String, x: Double, y: Double, role: Role) {
    self.init(
      text: text,
      rectangle: Rectangle(
        x: x, y: y, width: Self.width(of: text, role: role), height: Self.lineHeight(of: role)),
      role: role)
  }

  init(text: String, rectangle: Rectangle, alignment: Alignment = .left, role: Role) {
    self.text = text
    self.rectangle = rectangle
    self.alignment = alignment
    self.role = role
  }
}
