internal import RandomStreams

/// How far a regret profile may be trusted: where it lies when the families of data sets are drawn anew.
public struct ProfileBand: Sendable, Equatable {
  /// The lower and the upper end of the share of tasks at each of ``RegretProfile/thresholds``: the 2.5 % and 97.5 % quantiles
  /// over draws of families with replacement.
  ///
  /// A band holds at each threshold for itself, not for all of them at once.
  public let low, high: [Double]

  /// With fewer families a band would say too much.
  public static let fewestFamilies = 8

  /// Draws a band; nil with fewer than eight families.
  ///
  /// - Parameters:
  ///   - regrets: The regrets of each family's tasks.
  ///   - draws: How many draws, at least 40.
  ///   - seed: The seed of the draws.
  init?(_ regrets: [[Double]], draws: Int = 1000, seed: UInt64 = 0) {
    guard regrets.count >= Self.fewestFamilies else { return nil }
    let thresholds = RegretProfile.thresholds
    let counts = regrets.map { family in thresholds.map { threshold in family.count { $0 <= threshold } } }
    var stream = RandomStream(seed: seed, purpose: .resampling)
    var shares = thresholds.map { _ in [Double]() }
    for _ in 0..<draws {
      let drawn = regrets.indices.map { _ in stream.integer(below: regrets.count) }
      let tasks = Double(drawn.reduce(0) { $0 + regrets[$1].count })
      for place in thresholds.indices {
        shares[place].append(Double(drawn.reduce(0) { $0 + counts[$1][place] }) / tasks)
      }
    }
    let sorted = shares.map { $0.sorted() }
    let cut = draws / 40
    low = sorted.map { $0[cut] }
    high = sorted.map { $0[draws - 1 - cut] }
  }
}

extension ScoreSheet {
  /// The band of a contestant's profile; nil where it has none, or with fewer than eight families.
  public func profileBand(of contestant: Int) -> ProfileBand? {
    let counted = Set(widthClasses.flatMap(\.tasks))
    var families: [(name: String, regrets: [Double])] = []
    for score in taskScores where score.contestant == contestant && counted.contains(score.task) {
      let name = tables.tasks[score.task].family
      if let known = families.firstIndex(where: { $0.name == name }) {
        families[known].regrets.append(score.normalisedRegret)
      } else {
        families.append((name, [score.normalisedRegret]))
      }
    }
    return ProfileBand(families.sorted { $0.name < $1.name }.map(\.regrets))
  }
}
