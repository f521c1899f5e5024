import CurveSmoothing

/// A curve smoothed as narrowly as its noise allows.
///
/// The place of the steepest descent is read off the slopes, and noise weighs heavily on slopes: a window that is too
/// narrow finds the steepest noise. So the window is widened, in steps of √2 up to four times, until the steepest slope
/// left of the minimum exceeds its own standard error by `clearness` times. On a clean curve nothing is widened.
struct AdaptedSmoothing {
  /// The smoothing that was chosen.
  let smoother: GaussianSmoother
  /// The smoothed losses.
  let smoothed: SmoothedLosses
  /// The standard error of a slope, per decade.
  let slopeStandardError: Double

  private static let widenings = (0...4).map { step in
    (0..<step).reduce(1.0) { factor, _ in factor * 2.0.squareRoot() }
  }
  /// Of the dozen independent slopes of a curve the steepest is above two standard errors by noise alone; at eight the
  /// place is settled to about a quarter of a decade.
  private static let clearness = 8.0

  /// Smooths `samples`.
  ///
  /// - Parameters:
  ///   - samples: The losses, without outliers.
  ///   - width: The narrowest window's standard deviation, in samples.
  ///   - noise: The standard deviation of one loss.
  ///   - spacing: The decades between two samples.
  init(_ samples: CurveSamples, width: Double, noise: Double, spacing: Double) throws(SmoothingError) {
    var chosen = try Self.smooth(samples, width: width, noise: noise, spacing: spacing)
    for widening in Self.widenings.dropFirst() {
      let widest = Double(samples.count) / 6
      if chosen.isClear(Self.clearness) || chosen.smoother.standardDeviation >= widest { break }
      chosen = try Self.smooth(samples, width: min(width * widening, widest), noise: noise, spacing: spacing)
    }
    self = chosen
  }

  private init(smoother: GaussianSmoother, smoothed: SmoothedLosses, slopeStandardError: Double) {
    self.smoother = smoother
    self.smoothed = smoothed
    self.slopeStandardError = slopeStandardError
  }

  private static func smooth(
    _ samples: CurveSamples, width: Double, noise: Double, spacing: Double
  ) throws(SmoothingError) -> AdaptedSmoothing {
    let smoother = try GaussianSmoother(standardDeviation: width, twicing: true)
    return AdaptedSmoothing(
      smoother: smoother, smoothed: try smoother.smooth(samples.losses, log10Rates: samples.log10Rates),
      slopeStandardError: noise * smoother.slopeStandardError / spacing)
  }

  /// Whether the steepest slope left of the minimum stands out of the noise.
  private func isClear(_ clearness: Double) -> Bool {
    let values = smoothed.values
    let minimum = values.indices.min { values[$0] < values[$1] } ?? 0
    let steepest = smoothed.slopes[...minimum].min() ?? 0
    return -steepest >= clearness * slopeStandardError
  }
}
