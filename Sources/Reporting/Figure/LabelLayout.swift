internal import Glibc

/// Places labels beside their dots so that none overlaps another or leaves its area.
///
/// A deterministic search: each label in turn takes the cheapest of its candidate places, given the labels
/// that are already placed; two more rounds let every label choose again, given all others; the same from the
/// last label to the first; the cheaper outcome is taken. Distance from the dot costs, as do ink of the curve
/// beneath the label, covered dots and leader lines that cross. Overlap and leaving the area are not priced
/// but excluded.
struct LabelLayout {
  /// A label to be placed.
  struct Item {
    /// Its dot.
    var anchor: Position
    var width: Double
    var height: Double
  }

  /// Where labels may lie.
  let area: Rectangle
  private let items: [Item]
  private let ink: InkMap
  private let dots: InkMap
  private var places: [Rectangle?]

  /// The free space that is kept between labels, in points.
  static let gap = 2.0
  /// From this distance on a label is joined to its dot by a leader line, in points.
  static let leaderLength = 12.0

  /// A rectangle for every item, in their order; nil where one of them finds no room.
  static func places(
    for items: [Item], in area: Rectangle, avoiding ink: [(position: Position, weight: Double)]
  ) -> [Rectangle]? {
    let start = LabelLayout(items: items, area: area, ink: ink)
    let forward = Array(items.indices)
    let tries = [forward, forward.reversed()].compactMap(start.settled)
    return tries.min { $0.cost < $1.cost }?.places
  }

  /// The places, and their cost, when labels choose in the given order, three times; nil where one finds no
  /// room.
  private func settled(in order: [Int]) -> (cost: Double, places: [Rectangle])? {
    var layout = self
    var cost = 0.0
    for _ in 0..<3 {
      cost = 0
      for index in order {
        guard let choice = layout.cheapestPlace(for: index) else { return nil }
        layout.places[index] = choice.place
        cost += choice.cost
      }
    }
    return (cost, layout.places.compactMap { $0 })
  }

  /// The line from a dot to its label, where the label is so far that it needs one.
  static func leader(from anchor: Position, to place: Rectangle) -> Segment? {
    let end = place.nearest(to: anchor)
    return anchor.distance(to: end) > leaderLength ? Segment(start: anchor, end: end) : nil
  }

  private init(items: [Item], area: Rectangle, ink: [(position: Position, weight: Double)]) {
    self.items = items
    self.area = area
    self.ink = InkMap(of: ink, in: area)
    dots = InkMap(of: items.map { ($0.anchor, 1) }, in: area)
    places = items.map { _ in nil }
  }

  private func cheapestPlace(for index: Int) -> (cost: Double, place: Rectangle)? {
    let others = places.enumerated().filter { $0.offset != index }
    let taken = others.compactMap { $0.element?.inset(by: -Self.gap) }
    let leaders = others.compactMap { other in
      other.element.flatMap { Self.leader(from: items[other.offset].anchor, to: $0) }
    }
    var best: (cost: Double, place: Rectangle)?
    for place in candidates(for: items[index]) where area.contains(place) {
      // The distance alone rules most candidates out before anything dearer is looked up.
      let distance = items[index].anchor.distance(to: place.nearest(to: items[index].anchor))
      if let best, distance >= best.cost { continue }
      guard !taken.contains(where: place.intersects) else { continue }
      let cost = distance + clutter(of: place, for: items[index], taken: taken, leaders: leaders)
      if best.map({ cost < $0.cost }) ?? true { best = (cost, place) }
    }
    return best
  }

  /// The price of a place beyond its distance, in points of distance that one would go to avoid it.
  private func clutter(of place: Rectangle, for item: Item, taken: [Rectangle], leaders: [Segment]) -> Double
  {
    var cost = 12 * ink.ink(in: place.inset(by: -3)) + 200 * dots.ink(in: place.inset(by: -6))
    cost +=
      60
      * Double(leaders.count { leader in leader.samples(pitch: 6).contains { place.nearest(to: $0) == $0 } })
    guard let leader = Self.leader(from: item.anchor, to: place) else { return cost }
    cost += 20 + 80 * Double(leaders.count(where: leader.crosses))
    // The first points of a leader start on the curve itself.
    for sample in leader.samples(pitch: 6).dropFirst(2) {
      let spot = Rectangle(x: sample.x - 1, y: sample.y - 1, width: 2, height: 2)
      cost += 2 * ink.ink(in: spot) + (taken.contains(where: spot.intersects) ? 60 : 0)
    }
    return cost
  }

  /// Places on rings around the dot, then a raster over the whole area.
  private func candidates(for item: Item) -> [Rectangle] {
    let rings: [Double] = [8, 12, 18, 26, 36, 50, 70, 95, 125]
    let around = rings.flatMap { radius in
      (0..<16).map { step -> Rectangle in
        let angle = Double(step) * .pi / 8
        // The label's nearest side or corner lies on the ring; straight above or below it is centred.
        let horizontal = cos(angle)
        let vertical = sin(angle)
        return Rectangle(
          x: item.anchor.x + radius * horizontal + (horizontal - 1) / 2 * item.width,
          y: item.anchor.y + radius * vertical + (vertical - 1) / 2 * item.height,
          width: item.width, height: item.height)
      }
    }
    let raster = stride(from: area.y, through: area.bottom - item.height, by: 12).flatMap { y in
      stride(from: area.x, through: area.right - item.width, by: 16).map { x in
        Rectangle(x: x, y: y, width: item.width, height: item.height)
      }
    }
    return around + raster
  }
}
