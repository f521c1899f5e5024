internal import CGSL

/// Nemenyi's critical difference of mean ranks: offered, not the default, because whether two contestants differ depends
/// on who else is ranked.
///
/// CD = q·√(k(k+1)/(6N)), q the quantile of the studentised range for k contestants and infinite degrees of freedom,
/// divided by √2. Source: J. Demšar, "Statistical Comparisons of Classifiers over Multiple Data Sets", Journal of Machine
/// Learning Research 7, 2006.
public struct NemenyiTest: Sendable, Equatable {
  /// How many contestants are ranked; at least 2.
  public let contestants: Int
  /// How many units rank them; at least 1.
  public let units: Int
  /// Two mean ranks that lie further apart differ.
  public let criticalDifference: Double

  /// Computes the critical difference.
  ///
  /// - Parameter level: the level of significance, such as 0.05.
  public init(contestants: Int, units: Int, level: Double = 0.05) {
    precondition(contestants >= 2 && units >= 1, "ranks need contestants and units")
    self.contestants = contestants
    self.units = units
    let count = Double(contestants)
    criticalDifference =
      Self.quantile(contestants: contestants, level: level) / 2.0.squareRoot()
      * (count * (count + 1) / (6 * Double(units))).squareRoot()
  }

  /// The quantile of the studentised range of `contestants` normal variables of known variance.
  static func quantile(contestants: Int, level: Double) -> Double {
    var (low, high) = (0.0, 20.0)
    while high - low > 1e-10 {
      let middle = (low + high) / 2
      if rangeProbability(middle, contestants: contestants) < 1 - level {
        low = middle
      } else {
        high = middle
      }
    }
    return (low + high) / 2
  }

  /// P(range ≤ q) = k ∫ φ(z) (Φ(z) − Φ(z − q))ᵏ⁻¹ dz, by Simpson's rule: the integrand is smooth and vanishes beyond 8.5.
  private static func rangeProbability(_ range: Double, contestants: Int) -> Double {
    let (steps, bound) = (400, 8.5)
    let width = (2 * bound + range) / Double(steps)
    var sum = 0.0
    for step in 0...steps {
      let z = -bound + Double(step) * width
      var power = 1.0
      let inside = gsl_cdf_ugaussian_P(z) - gsl_cdf_ugaussian_P(z - range)
      for _ in 1..<contestants { power *= inside }
      let weight = step == 0 || step == steps ? 1.0 : step % 2 == 1 ? 4 : 2
      sum += weight * gsl_ran_ugaussian_pdf(z) * power
    }
    return Double(contestants) * sum * width / 3
  }
}
