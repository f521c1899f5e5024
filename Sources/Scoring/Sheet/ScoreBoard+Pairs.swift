extension ScoreBoard {
  /// Every pair of strategies, each on the informative tasks both were scored on.
  ///
  /// Unaffected by a third contestant, except for Holm's adjustment.
  func pairs(_ intervals: BoardIntervals) -> [PairComparison] {
    var pairs = strategyPairs.compactMap { comparison($0, intervals.differences[$0]) }
    let adjusted = HolmAdjustment.adjusted(pairs.map(\.pValue))
    for index in pairs.indices { pairs[index].adjustedPValue = adjusted[index] }
    return pairs
  }

  private func comparison(_ pair: ContestantPair, _ interval: ClosedRange<Double>?) -> PairComparison? {
    let (first, second) = (pair.first, pair.second)
    var (differences, observations): ([Double], [UnitTable.Observation]) = ([], [])
    var (wins, ties, losses) = (0, 0, 0)
    for task in informativeTasks {
      guard let left = score(first, task), let right = score(second, task), let study = study(task) else {
        continue
      }
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
    guard let units = UnitTable.averaging(observations) else { return nil }
    let pValue = SignedRankTest(units.differences(0, 1)).pValue
    return PairComparison(
      first: first, second: second, tasks: differences.count,
      difference: Estimate(differences.mean, interval),
      wins: wins, ties: ties, losses: losses, pValue: pValue, adjustedPValue: pValue, better: nil, equal: nil,
      worse: nil)
  }

  /// Whether any of the strategies differs: Friedman's test on the means of families.
  var friedman: FriedmanTest? {
    let strategies = rankedStrategies
    guard strategies.count > 1 else { return nil }
    let observations = commonTasks.map { task in
      UnitTable.Observation(
        unit: family(task), values: strategies.compactMap { score($0, task)?.normalisedRegret })
    }
    return UnitTable.averaging(observations).flatMap { FriedmanTest($0) }
  }
}
