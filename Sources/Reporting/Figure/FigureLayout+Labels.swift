extension FigureLayout {
  /// The widest name at a dot, in points; longer ones are shortened.
  private static let longestName = 200.0

  /// Puts a label at every dot; false, and nothing done, where one of them finds no room.
  mutating func labelDots() -> Bool {
    let role: PlacedText.Role = isNumbered ? .number : .label
    let lines = groups.enumerated().map { index, group in
      isNumbered ? ["\(index + 1)"] : group.lines(longestName: Self.longestName, role: role)
    }
    let items = zip(dots, lines).map { dot, lines in
      LabelLayout.Item(
        anchor: dot, width: lines.map { PlacedText.width(of: $0, role: role) }.max() ?? 0,
        height: Double(lines.count) * PlacedText.lineHeight(of: role))
    }
    var area = frame.plot.inset(by: 4)
    area.height -= frame.strip
    guard let places = LabelLayout.places(for: items, in: area, avoiding: ink) else { return false }
    for (index, place) in places.enumerated() {
      if let leader = LabelLayout.leader(from: dots[index], to: place) { leaders.append(leader) }
      labels += Self.texts(lines[index], in: place, beside: dots[index], role: role)
    }
    return true
  }

  /// The lines of a label, set towards its dot.
  private static func texts(
    _ lines: [String], in place: Rectangle, beside dot: Position, role: PlacedText.Role
  ) -> [PlacedText] {
    let alignment: PlacedText.Alignment = place.x >= dot.x ? .left : place.right <= dot.x ? .right : .center
    let lineHeight = place.height / Double(lines.count)
    return lines.enumerated().map { index, line in
      PlacedText(
        text: line,
        rectangle: Rectangle(
          x: place.x, y: place.y + Double(index) * lineHeight, width: place.width, height: lineHeight),
        alignment: alignment, role: role)
    }
  }

  /// What labels should not lie on: the line above all, the recorded points where it is free.
  private var ink: [(position: Position, weight: Double)] {
    func places(_ points: [CurveFigure.Point]) -> [Position] {
      points.filter { $0.loss.isFinite }.map { Position(x: frame.x($0.learningRate), y: frame.y($0.loss)) }
    }
    let corners = places(line)
    let lineInk = zip(corners, corners.dropFirst()).flatMap { Segment(start: $0, end: $1).samples(pitch: 4) }
    return lineInk.map { ($0, 1) } + places(points).map { ($0, 0.8) }
  }
}
