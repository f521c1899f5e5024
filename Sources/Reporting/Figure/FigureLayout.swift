/// A figure with everything in its place: what is left to do is drawing.
struct FigureLayout {
  /// The picture's size in points; the height may exceed the wanted one.
  var width: Double
  var height: Double
  var frame: PlotFrame
  var range: FigureRange
  var header: FigureHeader
  var groups: [MarkGroup]
  /// The dot of each group.
  var dots: [Position]
  var strip: SuggestionStrip
  /// The recorded points and the line as they are drawn: those with a place on the axis, long curves thinned.
  var points: [CurveFigure.Point]
  var line: [CurveFigure.Point]
  /// The ticks of the axis of losses, whose labels the plot leaves room for on its left.
  var lossTicks: [AxisTick]
  /// Names at the dots, or numbers there and a list on the right.
  var isNumbered: Bool
  /// The texts within and beside the plot; the header has its own.
  var labels: [PlacedText] = []
  var leaders: [Segment] = []

  /// Every text of the picture but the axes' own.
  var texts: [PlacedText] { header.texts + labels }

  /// The least height of the plot above the strip, in points; numbers at 25 dots find room in it.
  private static let leastPlotHeight = 200.0
  private static let edge = 20.0
  /// Space for the rates beneath the plot and the name of the axis.
  private static let rateAxisHeight = 46.0
  private static let panelGap = 18.0
  /// The font size of the axes' ticks, in points.
  static let tickFontSize = 11.0

  /// Names at the dots where they are few and find room, else numbers and a list.
  static func layout(of figure: CurveFigure, size: FigureSize) -> FigureLayout {
    let groups = MarkGroup.groups(of: figure.marks)
    // No more dots than there are shapes, so that each has its own.
    if groups.count <= FigureDrawing.shapes.count, figure.marks.count <= 8,
      groups.allSatisfy({ $0.marks.count <= 4 })
    {
      var layout = FigureLayout(figure, groups, size, isNumbered: false)
      if layout.labelDots() { return layout }
    }
    var layout = FigureLayout(figure, groups, size, isNumbered: true)
    // Should there be more dots than numbers find room for, the list says what there is.
    _ = layout.labelDots()
    return layout
  }

  /// Everything but the labels at the dots.
  private init(_ figure: CurveFigure, _ groups: [MarkGroup], _ size: FigureSize, isNumbered: Bool) {
    // How many ticks there is room for is known once the plot's height is; their labels' width decides the plot's left.
    self.init(
      figure, groups, size, isNumbered: isNumbered,
      ticks: AxisTicks.losses(in: FigureRange(figure).losses, about: 6))
    let fitting = fittingLossTicks
    guard fitting != lossTicks else { return }
    self.init(figure, groups, size, isNumbered: isNumbered, ticks: fitting)
  }

  /// The ticks of losses that the plot's height has room for.
  private var fittingLossTicks: [AxisTick] {
    AxisTicks.losses(in: frame.losses, about: max(3, Int((frame.plot.height - frame.strip) / 55)))
  }

  private init(
    _ figure: CurveFigure, _ groups: [MarkGroup], _ size: FigureSize, isNumbered: Bool, ticks: [AxisTick]
  ) {
    lossTicks = ticks
    range = FigureRange(figure)
    self.groups = groups
    self.isNumbered = isNumbered
    let list = isNumbered ? MarkList(groups, widest: size.width * 0.4) : nil
    let notes = AbstentionNotes(figure, width: size.width - 2 * Self.edge)
    let tickWidth =
      ticks
      .map { FigureText.width(of: $0.label, fontSize: Self.tickFontSize) }.max() ?? 0
    let left = Self.edge + 24 + tickWidth
    width = max(size.width, left + 300 + Self.edge + (list.map { $0.width + Self.panelGap } ?? 0))
    header = FigureHeader(figure, range: range, x: Self.edge, right: width - Self.edge)
    let plotWidth = width - left - Self.edge - (list.map { $0.width + Self.panelGap } ?? 0)
    frame = PlotFrame(
      plot: Rectangle(x: left, y: header.bottom, width: plotWidth, height: Self.leastPlotHeight),
      rates: PlotFrame.rates(of: figure), losses: range.losses, strip: 0)
    strip = SuggestionStrip(groups, frame: frame, numbered: isNumbered)
    let below = Self.rateAxisHeight + notes.height + Self.edge / 2
    let least = max(Self.leastPlotHeight + strip.height, list?.height ?? 0)
    height = max(size.height, header.bottom + least + below).rounded(.up)
    frame.plot.height = height - header.bottom - below
    frame.strip = strip.height
    let settled = frame
    dots = groups.map { settled.dot(at: $0.point) }
    points = Self.drawn(figure.points, in: settled)
    line = Self.drawn(figure.line, in: settled)
    labels += list?.texts(x: frame.plot.right + Self.panelGap, y: frame.plot.y) ?? []
    labels += notes.texts(x: Self.edge, y: frame.plot.bottom + Self.rateAxisHeight)
    labels += strip.bars.compactMap { bar in
      bar.number.map { left in
        let height = SuggestionStrip.rowHeight - 1
        return PlacedText(
          text: "\(bar.group + 1)",
          rectangle: Rectangle(
            x: left, y: SuggestionStrip.y(ofRow: bar.row, in: settled.plot) - height / 2,
            width: SuggestionStrip.numberWidth, height: height),
          alignment: .center, role: .number)
      }
    }
  }

  private static func drawn(_ points: [CurveFigure.Point], in frame: PlotFrame) -> [CurveFigure.Point] {
    let placed = points.filter { $0.learningRate > 0 && $0.learningRate.isFinite }
    // Two columns a point: as fine as any screen shows.
    return CurveThinning.thinned(placed) { Int(2 * frame.x($0.learningRate)) }
  }
}
