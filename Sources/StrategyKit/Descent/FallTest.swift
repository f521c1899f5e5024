import CurveModel
import CurveSmoothing
import Glibc

/// Whether a loss falls further than noise alone would let it.
///
/// The curve is smoothed twice as widely as for reading rates off it, because here only the depth counts, not the
/// place. Noise alone lets the lowest of m independent smoothed values reach √(2 ln m) standard errors below the
/// level; the difference of that minimum and the level, a median, has a standard error of its own, and the fall must
/// exceed the sum of the first and three times the second. Both scale with the losses.
struct FallTest {
  /// How far the widely smoothed loss falls below the level.
  let fall: Double
  /// What noise alone would reach.
  let noiseReach: Double
  /// Differences below this are rounding: losses are often 32-bit floats widened to doubles, whose last place is
  /// 6·10⁻⁸ to 1.2·10⁻⁷ of the value.
  let rounding: Double

  private static let surenessInStandardErrors = 3.0

  /// Tests a curve.
  ///
  /// - Parameters:
  ///   - samples: The losses, without outliers.
  ///   - level: The median of the first `levelPoints` of them.
  ///   - noise: The standard deviation of one loss.
  ///   - width: The standard deviation of the window that rates are read with, in samples.
  init(_ samples: CurveSamples, level: Double, levelPoints: Int, noise: Double, width: Double)
    throws(SmoothingError)
  {
    let wide = try GaussianSmoother(standardDeviation: max(min(2 * width, Double(samples.count) / 6), width))
    let smoothed = try wide.smooth(samples.losses, log10Rates: samples.log10Rates).values
    let standardError = noise * wide.valueStandardError
    let independent = max(Double(samples.count) / (2 * Double.pi.squareRoot() * wide.standardDeviation), 1)
    let extreme = (2 * log(independent)).squareRoot() * standardError
    // A median of k normal values has variance π/2k.
    let levelVariance = noise * noise * Double.pi / 2 / Double(levelPoints)
    let doubt = (standardError * standardError + levelVariance).squareRoot()
    // A loss that rises from the start begins below the median of its first samples; that is no fall.
    fall = level - (smoothed.dropFirst(levelPoints).min() ?? level)
    noiseReach = extreme + Self.surenessInStandardErrors * doubt
    rounding = 2.5e-7 * (samples.losses.map(abs).max() ?? 0)
  }

  /// Whether there is a fall.
  var passes: Bool { fall > max(noiseReach, rounding) }

  /// Why there is none.
  ///
  /// - Parameter rises: Whether the curve ends far above the level, or in a loss that is no number.
  func abstention(rises: Bool, spread: Double) -> Abstention {
    if spread <= rounding, !rises { return Abstention(.flat, "the loss does not change: the curve is flat") }
    let depth = max(fall, 0).text(digits: 2)
    let numbers = "it falls by \(depth), noise alone reaches \(noiseReach.text(digits: 2))"
    return rises
      ? Abstention(.blowsUpFirst, "the loss blows up without having fallen beyond its noise: \(numbers)")
      : Abstention(.neverFalls, "the loss never falls beyond its noise: \(numbers)")
  }
}
