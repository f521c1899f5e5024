internal import CurveModel

/// A gnuplot script for a figure of a page, put together piece by piece.
///
/// Data stands in the script, as texts between quotes that gnuplot reads as they are (``GnuplotScript/quoted(_:)``).
/// Plots that belong to a contestant carry its class as their title, from which ``PageSVG`` makes an attribute: so a page
/// can hide them.
struct PlotScript {
  let width: Double
  let height: Double
  private var data: [String] = []
  private var commands: [String] = []
  private var plots: [String] = []

  init(width: Double, height: Double) {
    (self.width, self.height) = (width, height)
  }

  /// The whole script.
  func text(_ format: FigureFormat) -> String {
    """
    \(data.joined())set encoding utf8
    \(GnuplotScript.terminal(format, width: width, height: height))
    set multiplot
    unset key
    set clip two
    set border 3 linecolor rgb '\(FigurePalette.frame)' linewidth 0.8
    set grid xtics ytics back linecolor rgb '\(FigurePalette.grid)' linetype 1 linewidth 0.8
    \(commands.joined(separator: "\n"))
    unset multiplot

    """
  }

  mutating func command(_ text: String) { commands.append(text) }

  /// Begins a panel: its place in points from the left and from the top.
  mutating func panel(left: Double, right: Double, top: Double, bottom: Double) {
    command(
      """
      set lmargin at screen \(Self.share(left / width))
      set rmargin at screen \(Self.share(right / width))
      set tmargin at screen \(Self.share(1 - top / height))
      set bmargin at screen \(Self.share(1 - bottom / height))
      """)
  }

  /// Adds a plot to the panel; rows are `x y …` in gnuplot's form.
  mutating func plot(_ rows: [String], using columns: String, _ style: String, contestant: Int? = nil) {
    guard !rows.isEmpty else { return }
    let name = "$d\(data.count)"
    data.append("\(name) << END\n\(rows.joined(separator: "\n"))\nEND\n")
    let title = contestant.map { "title '\(PageSVG.contestantTitle($0))'" } ?? "notitle"
    plots.append("\(name) using \(columns) \(style) \(title)")
  }

  /// Draws the panel, and forgets what belongs to it alone.
  mutating func endPanel() {
    command(plots.isEmpty ? "plot NaN notitle" : "plot " + plots.joined(separator: ", \\\n  "))
    command("unset object\nunset label\nunset arrow\nunset logscale")
    plots = []
  }

  // MARK: Axes

  /// Ticks of the logarithmic axis of rates, from their log10; without texts where another panel below has them.
  mutating func rateAxis(_ range: ClosedRange<Double>, labelled: Bool) {
    command("set logscale x\nset xrange [\(range.lowerBound):\(range.upperBound)]")
    let ticks = AxisTicks.rates(in: range, most: 9).map { tick in
      "'\(labelled ? tick.powerText : "")' \(tick.value) \(tick.label.isEmpty ? 1 : 0)"
    }
    command("set xtics \(Self.ticks) (\(ticks.joined(separator: ", ")))")
  }

  /// A linear axis, `x` or `y`, which begins a share `margin` of the range before it.
  mutating func linearAxis(
    _ axis: String, _ range: ClosedRange<Double>, about count: Int, margin: Double = 0
  ) {
    let start = range.lowerBound - margin * (range.upperBound - range.lowerBound)
    command("set \(axis)range [\(start):\(range.upperBound)]")
    let ticks = AxisTicks.losses(in: range, about: count).map { "'\($0.label)' \($0.value)" }
    command("set \(axis)tics \(Self.ticks) (\(ticks.joined(separator: ", ")))")
  }

  static let ticks = "nomirror scale 0.5 textcolor rgb '\(FigurePalette.text)'"

  /// A text at a place in gnuplot's coordinates.
  mutating func label(_ text: String, at place: String, _ style: String = "") {
    command(
      "set label \(GnuplotScript.quoted(text)) at \(place) noenhanced \(style)"
        + " textcolor rgb '\(FigurePalette.text)'")
  }

  /// A name to the left of a row of the panel, for as long as the row is shown.
  mutating func rowName(
    _ name: String, x: Double, y: Double, room: Double, size: Int = 12, colour: String = FigurePalette.text,
    contestant: Int
  ) {
    let shown = FigureText.shortened(name, toWidth: room, fontSize: Double(size))
    plot(
      ["\(x) \(y) \(Self.hover(shown))"], using: "1:2:3",
      "with labels right offset -0.6,0 noenhanced font ',\(size)' textcolor rgb '\(colour)'",
      contestant: contestant)
  }

  /// A text that the pointer shows, as part of a row of data.
  ///
  /// Quotation marks become typographic ones and backslashes set minus signs: gnuplot writes this text as it is into a
  /// script's string inside an attribute.
  static func hover(_ text: String) -> String {
    let safe = FigureText.cleaned(text).map { character -> Character in
      switch character {
      case "\"": "”"
      case "'": "’"
      case "\\": "∖"
      default: character
      }
    }
    return "\"\(String(safe))\""
  }

  static func share(_ value: Double) -> String { NumberText.fixed(value, fractionDigits: 5) }
}

extension AxisTick {
  /// A rate's tick with its power of ten raised, in gnuplot's markup; empty for a minor tick.
  var powerText: String {
    guard !label.isEmpty else { return "" }
    let parts = NumberText.scientific(value, fractionDigits: 0).split(separator: "e")
    guard parts.count == 2, let exponent = Int(parts[1]) else { return label }
    return parts[0] == "1" ? "10^{\(exponent)}" : "\(parts[0])·10^{\(exponent)}"
  }
}
