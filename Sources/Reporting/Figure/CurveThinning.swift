/// Draws a long curve with fewer points and the same look.
enum CurveThinning {
  /// Curves of at most so many points are drawn whole.
  static let wholeCurve = 5000

  /// At most two points a pixel column of a logarithmic axis: the lowest and the highest, in their order.
  ///
  /// Of neighbours whose loss is not finite the first is kept, so that a line still breaks there.
  static func thinned(
    _ points: [CurveFigure.Point], column: (CurveFigure.Point) -> Int
  ) -> [CurveFigure.Point] {
    guard points.count > wholeCurve else { return points }
    var kept: [CurveFigure.Point] = []
    var start = 0
    while start < points.count {
      let home = points[start].loss.isFinite ? column(points[start]) : nil
      var end = start + 1
      while end < points.count, (points[end].loss.isFinite ? column(points[end]) : nil) == home { end += 1 }
      let run = points[start..<end]
      if home == nil {
        kept.append(run[start])
      } else {
        let low = run.indices.min { points[$0].loss < points[$1].loss } ?? start
        let high = run.indices.max { points[$0].loss < points[$1].loss } ?? start
        kept += low == high ? [points[low]] : [points[min(low, high)], points[max(low, high)]]
      }
      start = end
    }
    return kept
  }
}
