/// The strategies by their mean rank over families of data sets, and which of them Nemenyi's test does not tell apart.
///
/// An option beside the pairs: two strategies differ or not depending on who else is ranked.
public struct RankComparison: Sendable, Equatable {
  /// The strategies, as indices into ``ScoreSheet/contestants``, the best mean rank first.
  public var contestants: [Int]
  /// Their mean ranks, 1 for the lowest regret on every family.
  public var meanRanks: [Double]
  /// The test; its units are families.
  public var nemenyi: NemenyiTest

  /// Sorts strategies by the mean ranks of a test over families.
  init(_ contestants: [Int], meanRanks: [Double], families: Int) {
    let order = zip(meanRanks, contestants).sorted { $0 < $1 }
    self.contestants = order.map(\.1)
    self.meanRanks = order.map(\.0)
    nemenyi = NemenyiTest(contestants: contestants.count, units: families)
  }

  /// The longest runs of neighbours whose first and last are not told apart, as positions in ``contestants``; those of one
  /// strategy alone, and those inside another, are left out.
  public var groups: [ClosedRange<Int>] {
    var groups: [ClosedRange<Int>] = []
    for first in meanRanks.indices {
      let last = meanRanks.lastIndex { $0 - meanRanks[first] <= nemenyi.criticalDifference } ?? first
      if last > first, last > groups.last?.upperBound ?? -1 { groups.append(first...last) }
    }
    return groups
  }
}
