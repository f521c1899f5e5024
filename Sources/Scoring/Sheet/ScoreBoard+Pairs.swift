extension ScoreBoard {
  /// Every pair of strategies, each on the informative tasks both were scored on.
  ///
  /// Unaffected by a third contestant, except for Holm's adjustment.
  func pairs(_ intervals: BoardIntervals) -> [PairComparison] {
    var weights: [Int: BayesianSignedRankTest.Weights] = [:]
    var pairs = strategyPairs.compactMap { comparison($0, intervals.differences[$0], &weights) }
    let adjusted = HolmAdjustment.adjusted(pairs.map(\.pValue))
    for index in pairs.indices { pairs[index].adjustedPValue = adjusted[index] }
    return pairs
  }

  private func comparison(
    _ pair: ContestantPair, _ interval: ClosedRange<Double>?,
    _ weights: inout [Int: BayesianSignedRankTest.Weights]
  ) -> PairComparison? {
    let (first, second) = (pair.first, pair.second)
    var (differences, observations): ([Double], [UnitTable.Observation]) = ([], [])
    var floors: [Double] = []
    var (wins, ties, losses) = (0, 0, 0)
    for task in informativeTasks {
      guard let left = score(first, task), let right = score(second, task), let study = study(task) else {
        continue
      }
      floors.append(study.noise.delta / (study.untrained - study.oracle.value))
      let difference = left.normalisedRegret - right.normalisedRegret
      differences.append(difference)
      observations.append(
        UnitTable.Observation(unit: family(task), values: [left.normalisedRegret, right.normalisedRegret]))
      if abs(left.excess - right.excess) <= study.noise.delta {
        ties += 1
      } else if left.excess < right.excess {
        wins += 1
      } else {
        losses += 1
      }
    }
    // Differences up to 1 % of the range, or up to the noise, are practically none.
    let equivalence = max(Self.smallestDifference, floors.mean)
    guard let units = UnitTable.averaging(observations) else { return nil }
    let unitDifferences = units.differences(0, 1)
    let pValue = SignedRankTest(unitDifferences).pValue
    let count = unitDifferences.count
    let drawn =
      weights[count]
      ?? BayesianSignedRankTest.Weights(units: count, draws: Self.posteriorDraws, seed: UInt64(count))
    weights[count] = drawn
    let posterior = BayesianSignedRankTest(unitDifferences, equivalence: equivalence, drawn)
    return PairComparison(
      first: first, second: second, tasks: differences.count,
      difference: Estimate(differences.mean, interval),
      wins: wins, ties: ties, losses: losses, pValue: pValue, adjustedPValue: pValue, better: posterior.below,
      equal: posterior.within, worse: posterior.above)
  }

  /// Differences of normalised regret up to this are practically none.
  private static let smallestDifference = 0.01
  /// How many draws the Bayesian test takes.
  private static let posteriorDraws = 5000

  /// The regrets of the strategies by family, on the tasks whose means count.
  private var familyRegrets: UnitTable? {
    let strategies = rankedStrategies
    guard strategies.count > 1 else { return nil }
    return UnitTable.averaging(
      commonTasks.map { task in
        UnitTable.Observation(
          unit: family(task), values: strategies.compactMap { score($0, task)?.normalisedRegret })
      })
  }

  /// Whether any of the strategies differs: Friedman's test on the means of families.
  var friedman: FriedmanTest? { familyRegrets.flatMap { FriedmanTest($0) } }

  /// The strategies by mean rank.
  func ranks(_ friedman: FriedmanTest?) -> RankComparison? {
    friedman.map { RankComparison(rankedStrategies, meanRanks: $0.meanRanks, families: familyCount) }
  }
}
