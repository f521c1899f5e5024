internal import CGSL

/// A running median, or a Hampel filter that replaces only outliers, both by GSL.
///
/// Spikes of a few steps vanish without widening anything else. Both keep steps and noise of small size, so their
/// slope is rough: use them before another smoother.
public struct RobustSmoother: Smoother {
  /// What happens to a point.
  public enum Rule: Sendable, Equatable {
    /// It becomes the median of its window (`gsl_filter_median`).
    case median
    /// It becomes the median of its window only if it lies further from it than `threshold` times the window's scaled
    /// median absolute deviation (`gsl_filter_impulse`); Hampel 1974.
    case hampel(threshold: Double)
  }

  /// What happens to a point.
  public let rule: Rule
  /// The number of points in a window; odd, at least 3.
  public let windowLength: Int

  /// Makes a filter over windows of `windowLength` points.
  ///
  /// - Throws: ``SmoothingError/badSetting(_:)`` unless the length is odd and 3 to 999, and the threshold not negative.
  public init(_ rule: Rule = .hampel(threshold: 3), windowLength: Int = 7) throws(SmoothingError) {
    guard windowLength % 2 == 1, (3...999).contains(windowLength) else {
      throw .badSetting("a median over \(windowLength) points; the number must be odd, 3 to 999")
    }
    if case .hampel(let threshold) = rule, !(threshold >= 0) {
      throw .badSetting("a Hampel threshold of \(threshold); it must not be negative")
    }
    self.rule = rule
    self.windowLength = windowLength
  }

  /// The filtered losses, and their slope in finite differences.
  public func smooth(_ losses: [Double], log10Rates: [Double]) throws(SmoothingError) -> SmoothedLosses {
    try checkInput(losses, log10Rates)
    let values =
      switch rule {
      case .median: try median(losses)
      case .hampel(let threshold): try hampel(losses, threshold)
      }
    return SmoothedLosses(values: values, slopes: gradient(of: values, by: log10Rates))
  }

  private func median(_ losses: [Double]) throws(SmoothingError) -> [Double] {
    let workspace = try GSL.allocate("gsl_filter_median_alloc") { gsl_filter_median_alloc(windowLength) }
    defer { gsl_filter_median_free(workspace) }
    var values = losses
    try GSL.withVectors(losses, &values) { (input, output) throws(SmoothingError) in
      try GSL.check("gsl_filter_median") {
        gsl_filter_median(GSL_FILTER_END_TRUNCATE, input, output, workspace)
      }
    }
    return values
  }

  private func hampel(_ losses: [Double], _ threshold: Double) throws(SmoothingError) -> [Double] {
    let workspace = try GSL.allocate("gsl_filter_impulse_alloc") { gsl_filter_impulse_alloc(windowLength) }
    defer { gsl_filter_impulse_free(workspace) }
    let medians = try GSL.allocate("gsl_vector_alloc") { gsl_vector_alloc(losses.count) }
    defer { gsl_vector_free(medians) }
    let deviations = try GSL.allocate("gsl_vector_alloc") { gsl_vector_alloc(losses.count) }
    defer { gsl_vector_free(deviations) }
    var outliers = 0
    var values = losses
    try GSL.withVectors(losses, &values) { (input, output) throws(SmoothingError) in
      try GSL.check("gsl_filter_impulse") {
        gsl_filter_impulse(
          GSL_FILTER_END_TRUNCATE, GSL_FILTER_SCALE_MAD, threshold, input, output, medians, deviations,
          &outliers,
          nil, workspace)
      }
    }
    return values
  }
}
