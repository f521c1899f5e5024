internal import CGSL

/// Wilcoxon's signed-rank test of paired differences, two-sided, zeros by Pratt's method.
///
/// Zeros take part in the ranking and are then dropped (Pratt, "Remarks on zeros and ties in the Wilcoxon signed rank
/// procedures", JASA 54, 1959). With up to ``mostExact`` differences that are not zero the p-value is exact for the ranks at
/// hand, ties included: all 2ⁿ signs are counted, over doubled ranks. With more it is the normal approximation with the
/// correction for ties, without one for continuity, as `scipy.stats.wilcoxon(zero_method="pratt", method="approx")`.
public struct SignedRankTest: Sendable, Equatable {
  /// The most non-zero differences whose signs are all counted.
  public static let mostExact = 60
  /// The sum of the ranks of positive and of negative differences.
  public let positive, negative: Double
  /// The two-sided p-value; 1 where every difference is zero.
  public let pValue: Double
  /// Whether the p-value is exact.
  public let isExact: Bool

  /// Tests whether the differences are symmetric about zero.
  public init(_ differences: [Double]) {
    let (ranks, _) = Ranks.midRanks(differences.map(abs))
    let used = differences.indices.filter { differences[$0] != 0 }
    let positive = used.filter { differences[$0] > 0 }.reduce(0) { $0 + ranks[$1] }
    let total = used.reduce(0) { $0 + ranks[$1] }
    self.positive = positive
    negative = total - positive
    isExact = used.count <= Self.mostExact
    let usedRanks = used.map { ranks[$0] }
    if used.isEmpty {
      pValue = 1
    } else if used.count <= Self.mostExact {
      pValue = Self.exact(min(positive, total - positive), usedRanks)
    } else {
      pValue = Self.approximate(positive, usedRanks)
    }
  }

  /// Twice the share of sign patterns whose positive ranks sum to at most `smaller`.
  private static func exact(_ smaller: Double, _ ranks: [Double]) -> Double {
    let doubled = ranks.map { Int(($0 * 2).rounded()) }
    var counts = [Double](repeating: 0, count: doubled.reduce(0, +) + 1)
    counts[0] = 1
    var reach = 0
    for rank in doubled {
      reach += rank
      for sum in stride(from: reach, through: rank, by: -1) { counts[sum] += counts[sum - rank] }
    }
    let below = counts[...Int((smaller * 2).rounded())].reduce(0, +)
    return min(1, 2 * below / counts.reduce(0, +))
  }

  /// The sum of positive ranks has mean Σr/2 and variance Σr²/4 over all signs.
  private static func approximate(_ positive: Double, _ ranks: [Double]) -> Double {
    let mean = ranks.reduce(0, +) / 2
    let deviation = (ranks.reduce(0) { $0 + $1 * $1 } / 4).squareRoot()
    return min(1, 2 * gsl_cdf_ugaussian_Q(abs(positive - mean) / deviation))
  }
}
