internal import CGSL

/// Local linear regression under a Gaussian window, computed by GSL's Gaussian filter.
///
/// Around each point i a straight line is fitted to the losses, weighted by exp(−(j−i)²/2σ²); its height is the
/// smoothed loss and its slope the derivative. The five weighted sums of the normal equations (of 1, x, x², y, xy)
/// are five passes of `gsl_filter_gaussian` (GSL 2.7, order 0, zero padding). Inside an evenly spaced curve this is
/// the plain Gaussian filter and its first derivative; unlike those it has no lag, reproduces straight lines at both
/// ends, and is right for unevenly spaced rates.
///
/// A second pass over the residuals, added to the first, takes back what smoothing shaved off peaks and filled into
/// minima ("twicing"): the bias falls from second to fourth order of the window, the standard error rises by a fifth.
/// The slopes stay those of the first pass: twicing would raise their standard error by half, and where they are
/// steepest is not biased.
///
/// Source: Fan and Gijbels, *Local Polynomial Modelling and Its Applications*, 1996, chapter 3; Tukey, *Exploratory
/// Data Analysis*, 1977, for twicing; GSL manual, "Digital Filtering", for the window.
public struct GaussianSmoother: Smoother {
  /// The standard deviation σ of the window, in points; at least 0.5.
  public let standardDeviation: Double
  /// Whether the residuals are smoothed and added.
  public let twicing: Bool

  /// The window ends 3 σ from its centre, where its weight is 1 %.
  private static let reach = 3.0

  /// Makes a smoother of standard deviation `standardDeviation` points.
  ///
  /// - Throws: ``SmoothingError/badSetting(_:)`` unless 0.5 ≤ σ ≤ 10,000.
  public init(standardDeviation: Double, twicing: Bool = false) throws(SmoothingError) {
    guard (0.5...10_000).contains(standardDeviation) else {
      throw .badSetting("a Gaussian window of \(standardDeviation) points; it must be 0.5 to 10000")
    }
    self.standardDeviation = standardDeviation
    self.twicing = twicing
  }

  /// The standard error of a smoothed value, in units of the noise of one loss, inside an evenly spaced curve.
  ///
  /// ∫K² of the Gaussian K is 1/(2√π·σ). Twicing has the kernel 2K − K∗K, whose square integrates to
  /// 4·1/(2√π) − 4/√(6π) + 1/√(8π).
  public var valueStandardError: Double {
    let single = 1 / (2 * Double.pi.squareRoot())
    let twiced = 4 * single - 4 / (6 * Double.pi).squareRoot() + 1 / (8 * Double.pi).squareRoot()
    return ((twicing ? twiced : single) / standardDeviation).squareRoot()
  }

  /// The standard error of a slope per point, in units of the noise of one loss: ∫K′² is 1/(4√π·σ³).
  public var slopeStandardError: Double {
    let cube = standardDeviation * standardDeviation * standardDeviation
    return (1 / (4 * Double.pi.squareRoot() * cube)).squareRoot()
  }

  /// The number of points the window holds; odd.
  public var windowLength: Int { 2 * Int((Self.reach * standardDeviation).rounded(.up)) + 1 }

  /// Smooths `losses`; see ``Smoother``.
  ///
  /// - Throws: ``SmoothingError``.
  public func smooth(_ losses: [Double], log10Rates: [Double]) throws(SmoothingError) -> SmoothedLosses {
    try checkInput(losses, log10Rates, atLeast: 3)
    var result = try localLines(losses, log10Rates)
    guard twicing else { return result }
    let rest = try localLines(zip(losses, result.values).map { $0 - $1 }, log10Rates)
    for i in losses.indices {
      result.values[i] += rest.values[i]
    }
    return result
  }

  private func localLines(_ losses: [Double], _ log10Rates: [Double]) throws(SmoothingError) -> SmoothedLosses
  {
    // Centred, so that the differences of sums below lose no digits to offsets.
    let middleRate = log10Rates[log10Rates.count / 2]
    let middleLoss = losses[losses.count / 2]
    let x = log10Rates.map { $0 - middleRate }
    let y = losses.map { $0 - middleLoss }
    let window = try Window(length: windowLength, standardDeviation: standardDeviation)
    let weight = try window.filter(Array(repeating: 1, count: x.count))
    let sumX = try window.filter(x)
    let sumXX = try window.filter(x.map { $0 * $0 })
    let sumY = try window.filter(y)
    let sumXY = try window.filter(zip(x, y).map { $0 * $1 })
    var result = SmoothedLosses(values: y, slopes: y)
    for i in x.indices {
      let meanX = sumX[i] / weight[i]
      let meanY = sumY[i] / weight[i]
      let slope = (sumXY[i] / weight[i] - meanX * meanY) / (sumXX[i] / weight[i] - meanX * meanX)
      result.slopes[i] = slope
      result.values[i] = middleLoss + meanY + slope * (x[i] - meanX)
    }
    return result
  }

  /// A GSL workspace for one window.
  private struct Window: ~Copyable {
    private let workspace: UnsafeMutablePointer<gsl_filter_gaussian_workspace>
    private let alpha: Double

    init(length: Int, standardDeviation: Double) throws(SmoothingError) {
      workspace = try GSL.allocate("gsl_filter_gaussian_alloc") { gsl_filter_gaussian_alloc(length) }
      // GSL counts the window's half width in standard deviations: σ = (K − 1) / 2α.
      alpha = Double(length - 1) / (2 * standardDeviation)
    }

    deinit { gsl_filter_gaussian_free(workspace) }

    func filter(_ series: [Double]) throws(SmoothingError) -> [Double] {
      var filtered = series
      try GSL.withVectors(series, &filtered) { (input, output) throws(SmoothingError) in
        try GSL.check("gsl_filter_gaussian") {
          gsl_filter_gaussian(GSL_FILTER_END_PADZERO, alpha, 0, input, output, workspace)
        }
      }
      return filtered
    }
  }
}
