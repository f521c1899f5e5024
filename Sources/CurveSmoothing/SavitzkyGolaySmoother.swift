internal import CGSL

/// A polynomial fitted to a moving window by least squares.
///
/// Peaks and dips keep their height better than under a Gaussian of the same width. The polynomial runs over the
/// index; the slope is the ratio of the fitted derivatives of loss and log10 rate by the index, which is exact
/// wherever the loss is linear in log10 rate. The first and last half window are read off the outermost full windows.
///
/// Source: Savitzky and Golay, *Analytical Chemistry* 36 (1964) 1627.
public struct SavitzkyGolaySmoother: Smoother {
  /// The number of points in a window; odd and greater than the degree.
  public let windowLength: Int
  /// The degree of the polynomial, 1 to 5.
  public let degree: Int

  /// Makes a filter.
  ///
  /// - Throws: ``SmoothingError/badSetting(_:)`` unless the length is odd, 3 to 999, and above the degree, which is 1 to 5.
  public init(windowLength: Int = 11, degree: Int = 2) throws(SmoothingError) {
    guard windowLength % 2 == 1, (3...999).contains(windowLength), (1...5).contains(degree),
      windowLength > degree
    else {
      throw .badSetting(
        "a polynomial of degree \(degree) over \(windowLength) points; the degree must be 1 to 5, the number odd, 3 to 999 and above the degree"
      )
    }
    self.windowLength = windowLength
    self.degree = degree
  }

  /// The polynomials' values and slopes; needs as many points as a window holds.
  public func smooth(_ losses: [Double], log10Rates: [Double]) throws(SmoothingError) -> SmoothedLosses {
    try checkInput(losses, log10Rates, atLeast: windowLength)
    let weights = try WindowWeights(length: windowLength, degree: degree)
    let half = windowLength / 2
    var result = SmoothedLosses(values: losses, slopes: losses)
    for index in losses.indices {
      let start = min(max(index - half, 0), losses.count - windowLength)
      let place = index - start
      let window = start..<start + windowLength
      result.values[index] = weights.value(at: place, of: losses[window])
      result.slopes[index] =
        weights.derivative(at: place, of: losses[window])
        / weights.derivative(at: place, of: log10Rates[window])
    }
    return result
  }
}

/// The linear combinations of a window's samples that give the fitted polynomial and its derivative at each place.
private struct WindowWeights {
  private let length: Int
  /// The weights of the value, `[place][sample]`.
  private var values: [Double]
  private var derivatives: [Double]

  init(length: Int, degree: Int) throws(SmoothingError) {
    self.length = length
    let terms = degree + 1
    let half = Double(length / 2)
    // Powers of places scaled to −1…1 keep the normal equations well conditioned.
    let powers = (0..<length).map { place in
      let t = (Double(place) - half) / half
      return (0..<terms).map { exponent in (0..<exponent).reduce(1.0) { power, _ in power * t } }
    }
    let inverse = try Self.invertedGram(of: powers, terms: terms)
    values = Array(repeating: 0, count: length * length)
    derivatives = values
    for place in 0..<length {
      for sample in 0..<length {
        for row in 0..<terms {
          var coefficient = 0.0
          for column in 0..<terms { coefficient += inverse[row * terms + column] * powers[sample][column] }
          values[place * length + sample] += powers[place][row] * coefficient
          if row > 0 {
            derivatives[place * length + sample] += Double(row) * powers[place][row - 1] / half * coefficient
          }
        }
      }
    }
  }

  /// (VᵀV)⁻¹ for the matrix V of powers, by GSL's Cholesky decomposition.
  private static func invertedGram(of powers: [[Double]], terms: Int) throws(SmoothingError) -> [Double] {
    let gram = try GSL.allocate("gsl_matrix_calloc") { gsl_matrix_calloc(terms, terms) }
    defer { gsl_matrix_free(gram) }
    for row in 0..<terms {
      for column in 0..<terms {
        gsl_matrix_set(gram, row, column, powers.reduce(0) { $0 + $1[row] * $1[column] })
      }
    }
    try GSL.check("gsl_linalg_cholesky_decomp1") { gsl_linalg_cholesky_decomp1(gram) }
    try GSL.check("gsl_linalg_cholesky_invert") { gsl_linalg_cholesky_invert(gram) }
    return (0..<terms * terms).map { gsl_matrix_get(gram, $0 / terms, $0 % terms) }
  }

  func value(at place: Int, of window: ArraySlice<Double>) -> Double { sum(values, place, window) }
  func derivative(at place: Int, of window: ArraySlice<Double>) -> Double { sum(derivatives, place, window) }

  private func sum(_ weights: [Double], _ place: Int, _ window: ArraySlice<Double>) -> Double {
    var sum = 0.0
    for (weight, sample) in zip(weights[(place * length)...], window) { sum += weight * sample }
    return sum
  }
}
