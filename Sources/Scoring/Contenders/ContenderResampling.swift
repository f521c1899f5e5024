internal import RandomStreams

/// Means over problems with intervals by the bootstrap of all scores (``NestedBootstrap``): families, problems in them,
/// range tests, and training seeds, which all optimizers share.
struct ContenderResampling {
  let settings: ScorerSettings
  /// The seed of the tables.
  let seed: UInt64
  /// By ``ContenderSheet/problems``.
  let problems: [Problem]

  /// What is averaged.
  struct Means {
    /// By contender.
    var regrets, failures: [Estimate]
    /// The regret minus the reference's.
    var differences: [Estimate]
  }

  /// The numbers of every contender: regret, failures.
  private static let columns = 2

  /// Means over problems, each of the same weight.
  ///
  /// - Parameters:
  ///   - scores: Of every problem, a score for each contender.
  ///   - reference: The contender that differences are taken to.
  func means(_ scores: [(problem: ProblemOutcomes, scores: [ContenderScore])], reference: Int) -> Means {
    let count = scores.first?.scores.count ?? 0
    let tasks = resampled(scores)
    let columns = count * Self.columns
    let contrasts = (0..<count).map { (first: $0 * Self.columns, second: reference * Self.columns) }
    let outcomes = NestedBootstrap(
      tasks: tasks, columns: columns, contrasts: contrasts, draws: settings.draws, seed: seed
    ).outcomes()
    let observed = (0..<columns).map { column in tasks.map { $0.observed[column] }.mean }
    func estimate(_ column: Int) -> Estimate {
      Estimate(observed[column], outcomes?[column].interval(within: 0...1))
    }
    return Means(
      regrets: (0..<count).map { estimate($0 * Self.columns) },
      failures: (0..<count).map { estimate($0 * Self.columns + 1) },
      differences: contrasts.enumerated().map { place, pair in
        Estimate(
          observed[pair.first] - observed[pair.second],
          outcomes?[columns + place].interval(within: -1...1))
      })
  }

  private func resampled(
    _ scores: [(problem: ProblemOutcomes, scores: [ContenderScore])]
  ) -> [ResampledTask] {
    let names = Array(Set(scores.map { problems[$0.problem.problem].family })).sorted()
    let numbers = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    // In the order of what they are, not of how the rows came.
    let ordered = scores.sorted {
      problems[$0.problem.problem].key < problems[$1.problem.problem].key
    }
    return ordered.map { entry in
      let problem = problems[entry.problem.problem]
      var stream = RandomStream(
        seed: seed ^ StreamPurpose(rawValue: problem.key).hash, purpose: .resampling)
      let multisets = SeedMultisets(seedCount: entry.problem.seedCount, &stream)
      return task(entry.problem, entry.scores, family: numbers[problem.family] ?? 0, multisets)
    }
  }

  private func task(
    _ problem: ProblemOutcomes, _ scores: [ContenderScore], family: Int, _ multisets: SeedMultisets
  ) -> ResampledTask {
    let rangeTests = scores.map(\.readings.count).max() ?? 1
    let columns = scores.count * Self.columns
    var values = [Double](repeating: 0, count: multisets.counts.count * rangeTests * columns)
    for (number, counts) in multisets.counts.enumerated() {
      let scale = problem.scale(settings.oracle, seedCounts: counts)
      for (place, score) in scores.enumerated() {
        let numbers = Self.numbers(score, scale, counts)
        let whole = Self.average(numbers)
        for test in 0..<rangeTests {
          // Range tests are paired where there are as many; what has another number is averaged.
          let own = numbers.count == rangeTests ? numbers[test] : whole
          let row = (number * rangeTests + test) * columns + place * Self.columns
          for (metric, value) in own.enumerated() { values[row + metric] = value }
        }
      }
    }
    let once = [Int](repeating: 1, count: problem.seedCount)
    return ResampledTask(
      family: family, rangeTests: rangeTests, multisets: multisets, values: values,
      observed: scores.flatMap { Self.average(Self.numbers($0, problem.scale, once)) })
  }

  /// Regret and failures of every reading.
  static func numbers(_ score: ContenderScore, _ scale: ProblemScale, _ counts: [Int]) -> [[Double]] {
    score.outcomes(scale, counts).map { [scale.regret(of: $0.value), $0.failure] }
  }

  /// The mean of regret, and of failures, over readings.
  static func average(_ numbers: [[Double]]) -> [Double] {
    (0..<Self.columns).map { column in numbers.map { $0[column] }.mean }
  }
}
