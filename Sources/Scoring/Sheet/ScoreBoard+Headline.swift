extension ScoreBoard {
  /// A line for every contestant with a score on a task that counts, in the order of the contestants.
  func headline(_ intervals: BoardIntervals) -> [HeadlineRow] {
    let gaps = GapClosed(self)
    return contestants.indices.compactMap { contestant in
      let scores = commonScores(contestant)
      guard !scores.isEmpty else { return nil }
      return row(contestant, scores, intervals, gap: gaps?.share(of: contestant, self))
    }
  }

  private func row(
    _ contestant: Int, _ scores: [TaskScore], _ intervals: BoardIntervals, gap: Double?
  ) -> HeadlineRow {
    let regrets = scores.map(\.normalisedRegret)
    let distances = scores.compactMap(\.signedDistance)
    let isStrategy = contestants[contestant].kind == .strategy
    let spreads = isStrategy ? scores.compactMap(\.spread) : []
    return HeadlineRow(
      contestant: contestant, tasks: scores.count,
      regret: Estimate(regrets.mean, intervals.interval(contestant, .regret)),
      interquartileRegret: Estimate(regrets.interquartileMean),
      success: Estimate(scores.map { $0.success(1) }.mean, intervals.interval(contestant, .success)),
      failureRate: Estimate(scores.map(\.failureRate).mean, intervals.interval(contestant, .failure)),
      abstentionRate: scores.map(\.abstentionRate).mean,
      distance: distances.map(abs).medianOrNil, signedDistance: distances.medianOrNil,
      spread: spreads.map(\.interquartileRange).medianOrNil,
      cost: isStrategy ? cost(scores) : nil,
      successAtOnePercent: scores.map { $0.success(0) }.mean,
      successAtTenPercent: scores.map { $0.success(2) }.mean,
      wideSpreadShare: spreads.isEmpty
        ? nil : Double(spreads.count { $0.range > 0.5 }) / Double(spreads.count),
      directShare: scores.map(\.directShare).mean, gapClosed: gap, timeToTarget: timeToTarget(scores))
  }

  /// The median over tasks of the expected time to come close to the oracle, as a multiple of the oracle's own.
  private func timeToTarget(_ scores: [TaskScore]) -> Double? {
    scores.compactMap { outcomes($0.task)?.timeToTarget($0.scores) }.medianOrNil
  }

  /// The median over tasks of range-test steps over the budget; nil where no budget is known.
  private func cost(_ scores: [TaskScore]) -> Double? {
    scores.compactMap { score -> Double? in
      guard let budget = tables.tasks[score.task].steps, budget > 0 else { return nil }
      let steps = score.scores.compactMap { score in
        score.suggestion.map { Double(tables.rangeTests[tables.suggestions[$0].rangeTest].steps) }
      }
      return steps.medianOrNil.map { $0 / Double(budget) }
    }.medianOrNil
  }
}

extension [Double] {
  /// The median; nil of nothing.
  var medianOrNil: Double? { isEmpty ? nil : sorted().median }

  /// The mean of the middle half: a quarter of the weight is cut off at each end, with fractions where the count is no
  /// multiple of four (Agarwal et al., "Deep reinforcement learning at the edge of the statistical precipice", 2021,
  /// whose `scipy.stats.trim_mean` cuts whole values only).
  var interquartileMean: Double {
    let sorted = sorted()
    let (low, high) = (Double(count) / 4, Double(count) * 3 / 4)
    var (sum, total) = (0.0, 0.0)
    for (place, value) in sorted.enumerated() {
      let weight = Swift.min(high, Double(place + 1)) - Swift.max(low, Double(place))
      guard weight > 0 else { continue }
      sum += weight * value
      total += weight
    }
    return sum / total
  }
}

/// How much of the way from the best constant to the best strategy of every task a contestant goes.
///
/// It answers whether suggesting per task pays at all:
/// (SBS − s) / (SBS − VBS), SBS the best constant chosen on other families, VBS the lowest regret of any strategy on each
/// task (scoring reference, section 6).
private struct GapClosed {
  private let constant, virtual: Double

  /// Nil where there is no such constant on every task, no strategy, or nothing between the two.
  init?(_ board: ScoreBoard) {
    let strategies = board.rankedStrategies
    let name = "best constant (left out)"
    guard !strategies.isEmpty, let index = board.contestants.firstIndex(where: { $0.name == name }),
      board.complete.contains(index)
    else { return nil }
    constant = board.commonScores(index).map(\.normalisedRegret).mean
    virtual =
      board.commonTasks.map { task in
        strategies.compactMap { board.score($0, task)?.normalisedRegret }.min() ?? 0
      }.mean
    guard constant > virtual else { return nil }
  }

  func share(of contestant: Int, _ board: ScoreBoard) -> Double? {
    guard board.complete.contains(contestant) else { return nil }
    let own = board.commonScores(contestant).map(\.normalisedRegret).mean
    return (constant - own) / (constant - virtual)
  }
}
