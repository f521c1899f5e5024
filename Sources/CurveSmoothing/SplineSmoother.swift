internal import CGSL
import Glibc

/// A cubic smoothing spline whose penalty is chosen by generalised cross-validation.
///
/// The basis are cubic B-splines of GSL with knots at evenly spaced quantiles of log10 rate; the
/// coefficients Dc of the spline's second derivative are penalised: minimise ‖y − Bc‖² + λ‖Dc‖². Only curvature costs
/// anything, so straight lines are reproduced also where the knots are uneven. λ minimises n·‖y − Bc‖² / (n − tr H)² over a
/// logarithmic grid, H being the matrix that maps y to Bc.
///
/// Source: Eilers and Marx, *Statistical Science* 11 (1996) 89; Li and Cao, arXiv 2201.06808, for uneven knots; Craven and Wahba, *Numerische Mathematik* 31 (1979) 377.
public struct SplineSmoother: Smoother {
  /// The greatest number of B-splines; fewer where the curve is short.
  public let coefficients: Int

  /// Makes a spline of up to `coefficients` basis functions.
  ///
  /// - Throws: ``SmoothingError/badSetting(_:)`` unless there are 4 to 200.
  public init(coefficients: Int = 40) throws(SmoothingError) {
    guard (4...200).contains(coefficients) else {
      throw .badSetting("a spline of \(coefficients) coefficients; the number must be 4 to 200")
    }
    self.coefficients = coefficients
  }

  /// The spline's values and slopes; needs five points.
  public func smooth(_ losses: [Double], log10Rates: [Double]) throws(SmoothingError) -> SmoothedLosses {
    try checkInput(losses, log10Rates, atLeast: 5)
    let middle = losses[losses.count / 2]
    let y = losses.map { $0 - middle }
    let basis = try CubicBasis.spanning(log10Rates, coefficients: min(coefficients, losses.count - 1))
    let fit = try basis.penalisedFit(to: y, at: log10Rates)
    var result = SmoothedLosses(values: y, slopes: y)
    for (index, position) in log10Rates.enumerated() {
      let (value, slope) = try basis.evaluate(fit, at: position)
      result.values[index] = middle + value
      result.slopes[index] = slope
    }
    return result
  }
}

/// GSL's cubic B-splines over one range of positions.
private struct CubicBasis: ~Copyable {
  private static let order = 4
  private let count: Int
  private let workspace: UnsafeMutablePointer<gsl_bspline_workspace>
  /// The four non-zero splines at a place (column 0) and their derivatives (column 1).
  private let local: UnsafeMutablePointer<gsl_matrix>

  private init(
    count: Int, workspace: UnsafeMutablePointer<gsl_bspline_workspace>,
    local: UnsafeMutablePointer<gsl_matrix>
  ) {
    self.count = count
    self.workspace = workspace
    self.local = local
  }

  /// Splines whose knots are the evenly spaced quantiles of `positions`.
  static func spanning(_ positions: [Double], coefficients: Int) throws(SmoothingError) -> CubicBasis {
    let breaks = coefficients - order + 2
    let local = try GSL.allocate("gsl_matrix_alloc") { gsl_matrix_alloc(order, 2) }
    let workspace: UnsafeMutablePointer<gsl_bspline_workspace>
    do throws(SmoothingError) {
      workspace = try GSL.allocate("gsl_bspline_alloc") { gsl_bspline_alloc(order, breaks) }
    } catch {
      gsl_matrix_free(local)
      throw error
    }
    let basis = CubicBasis(count: coefficients, workspace: workspace, local: local)
    try basis.setKnots(quantiles(of: positions, count: breaks))
    return basis
  }

  private static func quantiles(of positions: [Double], count: Int) -> [Double] {
    let last = positions.count - 1
    return (0..<count).map { knot in
      let place = Double(knot * last) / Double(count - 1)
      let left = min(Int(place), last - 1)
      return positions[left] + (place - Double(left)) * (positions[left + 1] - positions[left])
    }
  }

  private func setKnots(_ knots: [Double]) throws(SmoothingError) {
    let workspace = workspace
    try knots.withUnsafeBufferPointer { (buffer) throws(SmoothingError) in
      guard let base = buffer.baseAddress else { return }
      var view = gsl_vector_const_view_array(base, buffer.count)
      try GSL.check("gsl_bspline_knots") { gsl_bspline_knots(&view.vector, workspace) }
    }
  }

  deinit {
    gsl_matrix_free(local)
    gsl_bspline_free(workspace)
  }

  /// The spline and its slope at `position`.
  func evaluate(_ coefficients: [Double], at position: Double) throws(SmoothingError) -> (Double, Double) {
    let first = try locate(position)
    var value = 0.0
    var slope = 0.0
    for offset in 0..<Self.order {
      value += gsl_matrix_get(local, offset, 0) * coefficients[first + offset]
      slope += gsl_matrix_get(local, offset, 1) * coefficients[first + offset]
    }
    return (value, slope)
  }

  /// Fills `local` for `position` and returns the index of the first of its splines.
  private func locate(_ position: Double) throws(SmoothingError) -> Int {
    var first = 0
    var last = 0
    try GSL.check("gsl_bspline_deriv_eval_nonzero") {
      gsl_bspline_deriv_eval_nonzero(position, 1, local, &first, &last, workspace)
    }
    return first
  }

  /// The coefficients of the fit with the penalty that cross-validates best.
  func penalisedFit(to y: [Double], at positions: [Double]) throws(SmoothingError) -> [Double] {
    var gram = Array(repeating: 0.0, count: count * count)
    var moments = Array(repeating: 0.0, count: count)
    var squares = 0.0
    for (position, value) in zip(positions, y) {
      let first = try locate(position)
      squares += value * value
      for row in 0..<Self.order {
        let spline = gsl_matrix_get(local, row, 0)
        moments[first + row] += spline * value
        for column in 0..<Self.order {
          gram[(first + row) * count + first + column] += spline * gsl_matrix_get(local, column, 0)
        }
      }
    }
    let equations = NormalEquations(
      gram: gram, penalty: curvaturePenalty(), moments: moments, squares: squares, samples: y.count)
    return try equations.crossValidatedSolution()
  }

  /// DᵀD for the matrix D that maps the coefficients of a cubic spline to those of its second derivative.
  ///
  /// The derivative of Σ cⱼBⱼ with splines of degree d over the knots t has the coefficients
  /// d·(cⱼ − cⱼ₋₁) / (tⱼ₊d − tⱼ) (de Boor, *A Practical Guide to Splines*, chapter X).
  private func curvaturePenalty() -> [Double] {
    let degree = Self.order - 1
    var penalty = Array(repeating: 0.0, count: count * count)
    for index in 2..<count {
      let outer = Double(degree - 1) / (knot(index + degree - 1) - knot(index))
      let left = outer * Double(degree) / (knot(index + degree - 1) - knot(index - 1))
      let right = outer * Double(degree) / (knot(index + degree) - knot(index))
      let row = [left, -(left + right), right]
      for (first, a) in row.enumerated() {
        for (second, b) in row.enumerated() {
          penalty[(index - 2 + first) * count + index - 2 + second] += a * b
        }
      }
    }
    return penalty
  }

  private func knot(_ index: Int) -> Double { gsl_vector_get(workspace.pointee.knots, index) }
}

/// (G + λP)c = m, with what generalised cross-validation needs to judge λ.
private struct NormalEquations {
  let gram: [Double]
  let penalty: [Double]
  let moments: [Double]
  let squares: Double
  let samples: Int

  /// Half decades of λ from next to no penalty to next to a straight line, in units of tr G / tr P.
  private static let exponents = stride(from: -6.0, through: 6.0, by: 0.5)

  func crossValidatedSolution() throws(SmoothingError) -> [Double] {
    let count = moments.count
    let trace = { (matrix: [Double]) in (0..<count).reduce(0.0) { $0 + matrix[$1 * count + $1] } }
    let unit = trace(gram) / trace(penalty)
    var best: (score: Double, coefficients: [Double])?
    for exponent in Self.exponents {
      let (coefficients, degreesOfFreedom) = try solution(penaltyWeight: unit * pow(10, exponent))
      let remaining = Double(samples) - degreesOfFreedom
      guard remaining > 0 else { continue }
      let score = residualSquares(coefficients) / (remaining * remaining)
      if best.map({ score < $0.score }) ?? true { best = (score, coefficients) }
    }
    guard let best else { throw .tooFewPoints(needed: count + 1, found: samples) }
    return best.coefficients
  }

  /// The coefficients, and tr H = tr((G + λP)⁻¹G).
  private func solution(penaltyWeight: Double) throws(SmoothingError) -> ([Double], Double) {
    let count = moments.count
    let matrix = try GSL.allocate("gsl_matrix_alloc") { gsl_matrix_alloc(count, count) }
    defer { gsl_matrix_free(matrix) }
    for row in 0..<count {
      for column in 0..<count {
        let place = row * count + column
        gsl_matrix_set(matrix, row, column, gram[place] + penaltyWeight * penalty[place])
      }
    }
    try GSL.check("gsl_linalg_cholesky_decomp1") { gsl_linalg_cholesky_decomp1(matrix) }
    try GSL.check("gsl_linalg_cholesky_invert") { gsl_linalg_cholesky_invert(matrix) }
    var coefficients = moments
    var freedom = 0.0
    for row in 0..<count {
      var sum = 0.0
      for column in 0..<count {
        let inverse = gsl_matrix_get(matrix, row, column)
        sum += inverse * moments[column]
        freedom += inverse * gram[column * count + row]
      }
      coefficients[row] = sum
    }
    return (coefficients, freedom)
  }

  /// ‖y − Bc‖² = yᵀy − 2cᵀm + cᵀGc, never below 0 by rounding.
  private func residualSquares(_ coefficients: [Double]) -> Double {
    let count = coefficients.count
    var quadratic = 0.0
    var linear = 0.0
    for row in 0..<count {
      var sum = 0.0
      for column in 0..<count { sum += gram[row * count + column] * coefficients[column] }
      quadratic += coefficients[row] * sum
      linear += coefficients[row] * moments[row]
    }
    return max(squares - 2 * linear + quadratic, 0)
  }
}
