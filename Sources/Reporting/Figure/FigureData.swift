internal import CurveModel

/// The data blocks of a figure's script, and the command that plots them.
struct FigureData {
  private let blocks: [(name: String, rows: [String], style: String)]

  /// Points for which the pointer shows rate and loss; more would only make the file large.
  private static let mostHoverTexts = 400

  init(_ figure: CurveFigure, _ layout: FigureLayout, hoverTexts: Bool, pointScale: Double) {
    let frame = layout.frame
    let raw = layout.points
    let line = layout.line
    let rawSize: Double = raw.count > 1000 ? 0.2 : raw.count > 300 ? 0.3 : 0.4
    var blocks: [(name: String, rows: [String], style: String)] = [
      (
        "recorded", raw.filter { frame.losses.contains($0.loss) }.map(Self.row),
        "with points pointtype 7 pointsize \(NumberText.fixed(rawSize * pointScale, fractionDigits: 2))"
          + " linecolor rgb '\(FigurePalette.raw)'"
      ),
      (
        figure.smoothed.isEmpty ? "line" : "smoothed", line.map(Self.row),
        figure.smoothed.isEmpty
          ? "with lines linewidth 0.8 linecolor rgb '\(FigurePalette.raw)'"
          : "with lines linewidth 2.2 linecolor rgb '\(FigurePalette.line)'"
      ),
    ]
    blocks += Self.cutMarks(raw + line, layout, pointScale)
    if hoverTexts { blocks.append(Self.hoverTexts(line.filter { frame.losses.contains($0.loss) })) }
    self.blocks = blocks.filter { !$0.rows.isEmpty }
  }

  /// The blocks as gnuplot reads them.
  var text: String {
    blocks.map { "$\($0.name) << END\n\($0.rows.joined(separator: "\n"))\nEND\n" }.joined()
  }

  /// The plot command; an empty figure still draws its axes.
  var plot: String {
    guard !blocks.isEmpty else { return "plot NaN notitle" }
    return "plot "
      + blocks.map {
        "$\($0.name) using 1:2\($0.style.hasPrefix("with labels") ? ":3" : "") \($0.style) notitle"
      }
      .joined(separator: ", \\\n  ")
  }

  private static func row(_ point: CurveFigure.Point) -> String {
    // gnuplot breaks a line at NaN; beyond the axis' own bound of magnitudes it would overflow.
    let loss = FigureRange.isDrawable(point.loss) ? "\(point.loss)" : "NaN"
    return "\(point.learningRate) \(loss)"
  }

  /// Triangles where the curve leaves the axis, crosses where a loss is not finite: one every ten points of
  /// the picture.
  private static func cutMarks(
    _ points: [CurveFigure.Point], _ layout: FigureLayout, _ pointScale: Double
  ) -> [(name: String, rows: [String], style: String)] {
    let frame = layout.frame
    let span = frame.losses.upperBound - frame.losses.lowerBound
    let inset = span * 6 / (frame.plot.height - frame.strip)
    func rows(at loss: Double, where isCut: (Double) -> Bool) -> [String] {
      var taken: Set<Int> = []
      return points.filter { isCut($0.loss) }.compactMap { point in
        guard taken.insert(Int(frame.x(point.learningRate) / 10)).inserted else { return nil }
        return "\(point.learningRate) \(loss)"
      }
    }
    let size = NumberText.fixed(0.75 * pointScale, fractionDigits: 2)
    let style = "pointsize \(size) linecolor rgb '\(FigurePalette.cut)'"
    let top = frame.losses.upperBound - inset
    return [
      (
        "cut_above", rows(at: top) { $0.isFinite && $0 > frame.losses.upperBound },
        "with points pointtype 9 \(style)"
      ),
      (
        "cut_below",
        rows(at: frame.losses.lowerBound + inset) { $0.isFinite && $0 < frame.losses.lowerBound },
        "with points pointtype 11 \(style)"
      ),
      ("not_finite", rows(at: top) { !$0.isFinite }, "with points pointtype 2 \(style)"),
    ]
  }

  private static func hoverTexts(
    _ points: [CurveFigure.Point]
  ) -> (name: String, rows: [String], style: String) {
    let step = max(1, (points.count + mostHoverTexts - 1) / mostHoverTexts)
    let rows = stride(from: 0, to: points.count, by: step).map { index in
      let point = points[index]
      return
        "\(row(point)) \"rate \(NumberText.rate(point.learningRate)), loss \(NumberText.loss(point.loss))\""
    }
    // Transparent: the line is already drawn, the pointer only needs something to rest on.
    return ("hover", rows, "with labels hypertext point pointtype 7 pointsize 0.8 linecolor rgb '#ff000000'")
  }
}

/// The colours of a figure: blue and vermilion of Okabe and Ito's palette, which colour-blind readers tell
/// apart, and greys.
enum FigurePalette {
  /// The recorded points: the line's blue, lightened.
  static let raw = "#9fc3dc"
  static let line = "#0072b2"
  static let mark = "#d55e00"
  static let interval = "#f0b489"
  static let cut = "#777777"
  static let text = "#222222"
  static let quiet = "#666666"
  static let grid = "#e8e8e8"
  static let frame = "#999999"
  /// The rates that are as good as the best.
  static let plateau = "#d8ece3"
  /// From the lowest to the highest seed.
  static let band = "#c9dcea"
  /// The ground of dots on a line.
  static let paper = "#ffffff"
}
