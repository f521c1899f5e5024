internal import CGSL

/// Friedman's test whether any contestant differs, in Iman and Davenport's form.
///
/// χ² = 12N/(k(k+1)) · (Σ R̄² − k(k+1)²/4), divided by 1 − Σ(t³ − t)/(N(k³ − k)) for ties; F = (N−1)χ² / (N(k−1) − χ²) on
/// (k−1, (k−1)(N−1)) degrees of freedom (Iman and Davenport, "Approximations of the critical region of the Friedman
/// statistic", Communications in Statistics 9, 1980).
public struct FriedmanTest: Sendable, Equatable {
  /// The mean rank of every contestant, 1 for the lowest values.
  public let meanRanks: [Double]
  /// Friedman's χ² with the correction for ties; 0 where every row is all ties.
  public let chiSquared: Double
  /// Iman and Davenport's F; infinite where every unit ranks alike.
  public let statistic: Double
  /// The p-value of ``statistic``.
  public let pValue: Double

  /// Tests a table of at least two units and two contestants; nil with fewer.
  public init?(_ table: UnitTable) {
    let (units, contestants) = (Double(table.rows.count), Double(table.contestantCount))
    guard units >= 2, contestants >= 2 else { return nil }
    var sums = [Double](repeating: 0, count: table.contestantCount)
    var tied = 0.0
    for row in table.rows {
      let (ranks, ties) = Ranks.midRanks(row)
      for (contestant, rank) in ranks.enumerated() { sums[contestant] += rank }
      for size in ties.map(Double.init) { tied += size * size * size - size }
    }
    meanRanks = sums.map { $0 / units }
    let squares = meanRanks.reduce(0) { $0 + $1 * $1 }
    let plain =
      12 * units / (contestants * (contestants + 1))
      * (squares - contestants * (contestants + 1) * (contestants + 1) / 4)
    let correction = 1 - tied / (units * (contestants * contestants * contestants - contestants))
    chiSquared = correction > 0 ? plain / correction : 0
    let rest = units * (contestants - 1) - chiSquared
    statistic = rest > 1e-12 ? (units - 1) * chiSquared / rest : .infinity
    pValue =
      statistic.isFinite
      ? gsl_cdf_fdist_Q(statistic, contestants - 1, (contestants - 1) * (units - 1)) : 0
  }
}
