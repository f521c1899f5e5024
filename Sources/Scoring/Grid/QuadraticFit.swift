/// A parabola through weighted points, by least squares.
struct QuadraticFit {
  /// The coefficients of 1, x and x².
  let constant, slope, curvature: Double

  /// Fits a parabola; nil where the points do not determine one.
  init?(_ places: [Double], _ values: [Double], weights: [Double]) {
    // The places are centred on their weighted mean, so that the normal equations are well conditioned.
    let total = weights.reduce(0, +)
    let centre = zip(places, weights).reduce(0) { $0 + $1.0 * $1.1 } / total
    var moments = [Double](repeating: 0, count: 5)
    var products = [Double](repeating: 0, count: 3)
    for ((place, value), weight) in zip(zip(places, values), weights) {
      var power = weight
      for order in 0..<5 {
        moments[order] += power
        if order < 3 { products[order] += power * value }
        power *= place - centre
      }
    }
    // Elimination; moments[1] is zero but for rounding.
    let (m0, m1, m2, m3, m4) = (moments[0], moments[1], moments[2], moments[3], moments[4])
    let a11 = m2 - m1 * m1 / m0
    let a12 = m3 - m1 * m2 / m0
    let a22 = m4 - m2 * m2 / m0
    let b1 = products[1] - m1 * products[0] / m0
    let b2 = products[2] - m2 * products[0] / m0
    let determinant = a11 * a22 - a12 * a12
    guard a11 > 0, determinant > 1e-12 * a11 * a22 else { return nil }
    let quadratic = (a11 * b2 - a12 * b1) / determinant
    let linear = (b1 - a12 * quadratic) / a11
    let level = (products[0] - m1 * linear - m2 * quadratic) / m0
    curvature = quadratic
    slope = linear - 2 * quadratic * centre
    constant = level - linear * centre + quadratic * centre * centre
  }

  /// Where the parabola has its extremum.
  var vertex: Double { -slope / (2 * curvature) }

  /// The parabola's value.
  func value(at place: Double) -> Double { constant + place * (slope + place * curvature) }
}
