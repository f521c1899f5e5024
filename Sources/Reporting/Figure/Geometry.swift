/// A place in the picture, in points from its upper left corner.
struct Position: Equatable {
  var x: Double
  var y: Double

  func distance(to other: Position) -> Double {
    ((x - other.x) * (x - other.x) + (y - other.y) * (y - other.y)).squareRoot()
  }
}

/// An upright rectangle in the picture, in points from its upper left corner.
struct Rectangle: Equatable {
  var x: Double
  var y: Double
  var width: Double
  var height: Double

  var right: Double { x + width }
  var bottom: Double { y + height }
  var middle: Double { y + height / 2 }

  func intersects(_ other: Rectangle) -> Bool {
    x < other.right && other.x < right && y < other.bottom && other.y < bottom
  }

  func contains(_ other: Rectangle) -> Bool {
    x <= other.x && y <= other.y && right >= other.right && bottom >= other.bottom
  }

  func inset(by margin: Double) -> Rectangle {
    Rectangle(x: x + margin, y: y + margin, width: width - 2 * margin, height: height - 2 * margin)
  }

  /// The place of the rectangle that is nearest to another place: the place itself where it lies inside.
  func nearest(to position: Position) -> Position {
    Position(x: min(max(position.x, x), right), y: min(max(position.y, y), bottom))
  }
}

/// A straight line between two places.
struct Segment: Equatable {
  var start: Position
  var end: Position

  /// Whether two segments cross at a place that is an end of neither.
  func crosses(_ other: Segment) -> Bool {
    func side(_ a: Position, _ b: Position, _ c: Position) -> Double {
      (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
    }
    return side(start, end, other.start) * side(start, end, other.end) < 0
      && side(other.start, other.end, start) * side(other.start, other.end, end) < 0
  }

  /// Places along the segment, about `pitch` points apart, its ends included.
  func samples(pitch: Double) -> [Position] {
    let count = max(1, Int((start.distance(to: end) / pitch).rounded(.up)))
    return (0...count).map { index in
      let share = Double(index) / Double(count)
      return Position(x: start.x + share * (end.x - start.x), y: start.y + share * (end.y - start.y))
    }
  }
}

/// How much ink lies where in an area: counts in cells of two points, summed so that any rectangle is looked
/// up at once.
struct InkMap {
  private static let cell = 2.0
  private let area: Rectangle
  private let columns: Int
  private let rows: Int
  /// Entry (row, column) of this (rows + 1) × (columns + 1) table is the ink above and to the left of that
  /// cell.
  private var sums: [Double]

  /// The ink of weighted places; those outside the area do not count.
  init(of places: [(position: Position, weight: Double)], in area: Rectangle) {
    self.area = area
    columns = max(1, Int((area.width / Self.cell).rounded(.up)))
    rows = max(1, Int((area.height / Self.cell).rounded(.up)))
    sums = [Double](repeating: 0, count: (columns + 1) * (rows + 1))
    for place in places {
      let column = ((place.position.x - area.x) / Self.cell).rounded(.down)
      let row = ((place.position.y - area.y) / Self.cell).rounded(.down)
      guard column >= 0, row >= 0, column < Double(columns), row < Double(rows) else { continue }
      sums[(Int(row) + 1) * (columns + 1) + Int(column) + 1] += place.weight
    }
    for row in 1...rows {
      for column in 1...columns {
        let index = row * (columns + 1) + column
        sums[index] += sums[index - 1] + sums[index - columns - 1] - sums[index - columns - 2]
      }
    }
  }

  /// The ink within a rectangle, rounded outwards to whole cells.
  func ink(in rectangle: Rectangle) -> Double {
    let left = clamped((rectangle.x - area.x) / Self.cell, columns, .down)
    let right = clamped((rectangle.right - area.x) / Self.cell, columns, .up)
    let top = clamped((rectangle.y - area.y) / Self.cell, rows, .down)
    let bottom = clamped((rectangle.bottom - area.y) / Self.cell, rows, .up)
    func sum(_ row: Int, _ column: Int) -> Double { sums[row * (columns + 1) + column] }
    return sum(bottom, right) - sum(top, right) - sum(bottom, left) + sum(top, left)
  }

  private func clamped(_ cells: Double, _ count: Int, _ rule: FloatingPointRoundingRule) -> Int {
    Int(min(max(cells.rounded(rule), 0), Double(count)))
  }
}
