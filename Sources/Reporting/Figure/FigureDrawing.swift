internal import CurveModel

/// The gnuplot commands for everything but the curve itself.
struct FigureDrawing {
  var layout: FigureLayout
  /// Whether dots show their text where the pointer rests.
  var hoverTexts: Bool
  /// What the sizes of points are multiplied with: the SVG terminal draws them larger than the others.
  var pointScale: Double

  private var frame: PlotFrame { layout.frame }

  /// Filled point types of gnuplot: circle, square, triangles, diamond, pentagon; the hollow one is the
  /// number before.
  static let shapes = [7, 5, 9, 13, 11, 15]

  /// Ranges, ticks, grid and names of the axes.
  var axes: String {
    let plot = frame.plot
    let margins = [
      ("lmargin", plot.x / layout.width), ("rmargin", plot.right / layout.width),
      ("tmargin", 1 - plot.y / layout.height), ("bmargin", 1 - plot.bottom / layout.height),
    ]
    let most = max(2, Int(plot.width / 50))
    let rateTicks = AxisTicks.rates(in: frame.rates, most: most).map { tick in
      "'\(tick.powerText)' \(tick.value) \(tick.label.isEmpty ? 1 : 0)"
    }
    let lossTicks = layout.lossTicks.map { "'\($0.label)' \($0.value)" }
    let ticks =
      "nomirror scale 0.6 textcolor rgb '\(FigurePalette.text)' font ',\(Int(FigureLayout.tickFontSize))'"
    let colour = Self.colour(FigurePalette.text)
    let left = Position(x: 27, y: plot.y + (plot.height - frame.strip) / 2)
    let foot = Position(x: plot.x + plot.width / 2, y: plot.bottom + 32)
    return margins.map { "set \($0.0) at screen \(Self.share($0.1))" }.joined(separator: "\n") + """

      unset key
      set border 3 linecolor rgb '\(FigurePalette.frame)' linewidth 0.8
      set clip two
      set logscale x
      set xrange [\(frame.rates.lowerBound):\(frame.rates.upperBound)]
      set yrange [\(frame.lowestLoss):\(frame.losses.upperBound)]
      set xtics \(ticks) (\(rateTicks.joined(separator: ", ")))
      set ytics \(ticks) (\(lossTicks.joined(separator: ", ")))
      set grid xtics ytics back linecolor rgb '\(FigurePalette.grid)' linetype 1 linewidth 0.8
      set label 'learning rate (log scale)' at \(at(foot)) center noenhanced \(colour)
      set label 'training loss' at \(at(left)) center rotate by 90 noenhanced \(colour)
      """
  }

  /// The texts, and the leader lines from dots to labels.
  var texts: String {
    let leaders = layout.leaders.map { line in
      "set arrow from \(at(line.start)) to \(at(line.end)) nohead front"
        + " linecolor rgb '\(FigurePalette.mark)' linewidth 0.6"
    }
    return (leaders + layout.texts.map(label)).joined(separator: "\n")
  }

  /// The keys of the legend.
  var header: String {
    layout.header.keys.map { key, middle in
      switch key {
      case .rawPoint: point(7, 0.5, FigurePalette.raw, at: middle)
      case .smoothedLine: bar(middle.x - 10, middle.x + 10, middle.y, FigurePalette.line, width: 2.2)
      case .mark: point(7, 0.9, FigurePalette.mark, at: middle)
      case .interval:
        bar(middle.x - 10, middle.x + 10, middle.y, FigurePalette.interval, width: 4) + "\n"
          + point(6, 0.7, FigurePalette.mark, at: middle)
      case .cutAbove: point(9, 0.8, FigurePalette.cut, at: middle)
      case .cutBelow: point(11, 0.8, FigurePalette.cut, at: middle)
      case .notFinite: point(2, 0.6, FigurePalette.cut, at: middle)
      }
    }.joined(separator: "\n")
  }

  /// Intervals and suggested rates at the foot of the plot.
  var strip: String {
    layout.strip.bars.map { item in
      let y = SuggestionStrip.y(ofRow: item.row, in: frame.plot)
      let interval = item.from < item.to ? [bar(item.from, item.to, y, FigurePalette.interval, width: 4)] : []
      let symbol = point(shape(of: item.group) - 1, 0.7, FigurePalette.mark, at: Position(x: item.x, y: y))
      return (interval + [symbol]).joined(separator: "\n")
    }.joined(separator: "\n")
  }

  /// The dots on the curve, each on a white ground.
  func dots(of figure: CurveFigure) -> String {
    zip(layout.groups, layout.dots).enumerated().flatMap { index, pair in
      let (group, place) = pair
      let shape = shape(of: index)
      let text = hoverTexts ? GnuplotScript.quoted(Self.hoverText(of: group)) + " " : "'' "
      return [
        point(shape, 1.25, FigurePalette.paper, at: place),
        "set label \(text)at \(at(place))\(hoverTexts ? " hypertext" : "") noenhanced front"
          + " point pointtype \(shape) pointsize \(scaled(0.95)) linecolor rgb '\(FigurePalette.mark)'",
      ]
    }.joined(separator: "\n")
  }

  /// What the pointer shows over a dot.
  ///
  /// Quotation marks become typographic ones and backslashes set minus signs: gnuplot writes this text as it
  /// is into a script's string inside an attribute.
  private static func hoverText(of group: MarkGroup) -> String {
    let suggestions = group.marks.map { mark in
      let interval = mark.interval.map {
        " (interval \(NumberText.rate($0.lowerBound)) to \(NumberText.rate($0.upperBound)))"
      }
      return "\(mark.name): \(NumberText.rate(mark.learningRate))\(interval ?? "")"
    }
    let place = "rate \(NumberText.rate(group.point.learningRate)), loss \(NumberText.loss(group.point.loss))"
    let text = suggestions.joined(separator: "; ") + " — read at \(place)"
    return String(text.map { $0 == "\"" ? "”" : $0 == "\\" ? "∖" : $0 })
  }

  private func shape(of group: Int) -> Int {
    layout.isNumbered ? Self.shapes[0] : Self.shapes[group % Self.shapes.count]
  }

  private func label(_ text: PlacedText) -> String {
    let place = text.rectangle
    let (x, side) =
      switch text.alignment {
      case .left: (place.x, "left")
      case .center: (place.x + place.width / 2, "center")
      case .right: (place.right, "right")
      }
    let bold = text.role == .title || text.role == .number ? ":Bold" : ""
    let size = Int(PlacedText.fontSize(of: text.role))
    let colour =
      switch text.role {
      case .title: FigurePalette.text
      case .subtitle, .legend, .note: FigurePalette.quiet
      case .label, .number: FigurePalette.text
      }
    return "set label \(GnuplotScript.quoted(text.text)) at \(at(Position(x: x, y: place.middle))) \(side)"
      + " noenhanced front font 'sans-serif\(bold),\(size)' \(Self.colour(colour))"
  }

  private func point(_ type: Int, _ size: Double, _ colour: String, at place: Position) -> String {
    "set label '' at \(at(place)) front point pointtype \(type)"
      + " pointsize \(scaled(size)) linecolor rgb '\(colour)'"
  }

  private func bar(_ from: Double, _ to: Double, _ y: Double, _ colour: String, width: Double) -> String {
    "set arrow from \(at(Position(x: from, y: y))) to \(at(Position(x: to, y: y))) nohead back"
      + " linecolor rgb '\(colour)' linewidth \(width)"
  }

  private func scaled(_ pointSize: Double) -> String {
    NumberText.fixed(pointSize * pointScale, fractionDigits: 2)
  }

  private func at(_ place: Position) -> String {
    "screen \(Self.share(place.x / layout.width)), screen \(Self.share(1 - place.y / layout.height))"
  }

  private static func share(_ value: Double) -> String { NumberText.fixed(value, fractionDigits: 5) }

  private static func colour(_ colour: String) -> String { "textcolor rgb '\(colour)'" }
}
