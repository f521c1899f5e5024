internal import CurveModel
internal import RandomStreams

/// The numbers of several contestants on one task for every way in which its training seeds can be drawn: oracle, noise
/// floor and indifference intervals are estimated anew for each.
struct ResampledScores {
  /// What is averaged over tasks.
  enum Metric: Int, CaseIterable {
    /// Normalised regret.
    case regret
    /// Whether the rate lies within the indifference interval of 5 %.
    case success
    /// The share of failing seeds.
    case failure
  }

  let outcomes: TaskOutcomes
  let estimator: OracleEstimator
  let multisets: SeedMultisets

  /// Prepares a task.
  ///
  /// - Parameter stream: draws multisets where there are too many seeds to list them.
  init(_ outcomes: TaskOutcomes, _ estimator: OracleEstimator, _ stream: inout RandomStream) {
    self.outcomes = outcomes
    self.estimator = estimator
    multisets = SeedMultisets(seedCount: outcomes.grid.seeds.count, &stream)
  }

  /// The task as a bootstrap sees it; columns are contestants (slow) by metric (fast).
  ///
  /// - Parameters:
  ///   - family: the task's family, from 0.
  ///   - scores: a score for each contestant.
  func task(family: Int, _ scores: [TaskScore]) -> ResampledTask {
    let rangeTests = scores.map { $0.isAveraged ? 1 : $0.scores.count }.max() ?? 1
    let columns = scores.count * Metric.allCases.count
    var values = [Double](repeating: 0, count: multisets.counts.count * rangeTests * columns)
    for (number, counts) in multisets.counts.enumerated() {
      let study = TaskStudy(
        task: outcomes.study.task, outcomes.grid, estimator, seedCounts: counts)
      for (place, score) in scores.enumerated() {
        let averaged = score.isAveraged || score.scores.count != rangeTests
        let whole = averaged ? Self.average(score, study, counts) : nil
        for test in 0..<rangeTests {
          let numbers = whole ?? Self.numbers(score.scores[test], study, counts)
          let row = (number * rangeTests + test) * columns + place * Metric.allCases.count
          for (metric, value) in numbers.enumerated() { values[row + metric] = value }
        }
      }
    }
    let once = outcomes.grid.everySeedOnce
    return ResampledTask(
      family: family, rangeTests: rangeTests, multisets: multisets, values: values,
      observed: scores.flatMap { Self.average($0, outcomes.study, once) })
  }

  /// The metrics of one suggestion.
  private static func numbers(_ score: SuggestionScore, _ study: TaskStudy, _ counts: [Int]) -> [Double] {
    let (mean, failure) = score.reading(counts)
    let isInside = study.indifference[1].distance(of: score.rate.log10) == 0
    return [study.normalisedRegret(of: mean), isInside ? 1 : 0, failure]
  }

  /// The means over all scores, by their weights.
  private static func average(_ score: TaskScore, _ study: TaskStudy, _ counts: [Int]) -> [Double] {
    var sums = [Double](repeating: 0, count: Metric.allCases.count)
    var total = 0.0
    for element in score.scores {
      for (metric, value) in numbers(element, study, counts).enumerated() {
        sums[metric] += element.weight * value
      }
      total += element.weight
    }
    return sums.map { $0 / total }
  }
}

extension TaskScore {
  /// Whether the scores are not one a range test, as a baseline's: then their mean is resampled as a whole.
  fileprivate var isAveraged: Bool { scores.contains { $0.suggestion == nil } }
}

extension SuggestionScore {
  /// The mean outcome and the share of failures, with each seed counted as drawn.
  ///
  /// A baseline that read its rate on some of the seeds only (`xfit`) keeps what it read.
  func reading(_ counts: [Int]) -> (mean: Double, failure: Double) {
    guard values.count == counts.count else { return (values.mean, failureRate) }
    var (sum, failed, total) = (0.0, 0, 0)
    // A failing seed scores the untrained loss, which is the largest there is.
    let untrained = failureRate > 0 ? values.max() ?? .nan : .infinity
    for (value, count) in zip(values, counts) {
      sum += Double(count) * value
      total += count
      if value >= untrained { failed += count }
    }
    return (sum / Double(total), Double(failed) / Double(total))
  }
}
