internal import CurveModel
internal import RandomStreams

extension ScoreBoard {
  /// The intervals of all means and differences, each set of tasks resampled for itself: what concerns two strategies does
  /// not depend on a third.
  func intervals(_ settings: ScorerSettings) -> BoardIntervals {
    var intervals = BoardIntervals()
    guard settings.draws > 0 else { return intervals }
    let sampler = BoardSampler(board: self, settings: settings)
    // All contestants of the headline at once, and every pair of strategies that was scored on the same tasks.
    var groups: [(tasks: [Int], pairs: [ContestantPair])] = [(commonTasks, [])]
    var groupOfTasks = [commonTasks: 0]
    for pair in strategyPairs {
      let tasks = commonTasks(of: pair)
      if let group = groupOfTasks[tasks] {
        groups[group].pairs.append(pair)
      } else {
        groupOfTasks[tasks] = groups.count
        groups.append((tasks, [pair]))
      }
    }
    for (number, group) in groups.enumerated() {
      let members = number == 0 ? complete : Set(group.pairs.flatMap { [$0.first, $0.second] }).sorted()
      guard let outcomes = sampler.outcomes(group.tasks, members, group.pairs) else { continue }
      let metrics = ResampledScores.Metric.allCases.count
      if number == 0 {
        for (place, member) in members.enumerated() {
          intervals.headline[member] = (0..<metrics).map {
            outcomes[place * metrics + $0].interval(within: 0...1)
          }
        }
      }
      for (place, pair) in group.pairs.enumerated() {
        intervals.differences[pair] = outcomes[members.count * metrics + place].interval(within: -1...1)
      }
    }
    return intervals
  }

  /// Every pair of strategies, in the order of the contestants.
  var strategyPairs: [ContestantPair] {
    let strategies = contestants.indices.filter { contestants[$0].kind == .strategy }
    return strategies.enumerated().flatMap { place, first in
      strategies[(place + 1)...].map { ContestantPair(first: first, second: $0) }
    }
  }

  /// The informative tasks on which both were scored.
  func commonTasks(of pair: ContestantPair) -> [Int] {
    informativeTasks.filter { score(pair.first, $0) != nil && score(pair.second, $0) != nil }
  }
}

/// Two contestants, as indices; the first before the second.
struct ContestantPair: Hashable {
  let first, second: Int
}

/// Intervals by what they belong to; nil where none is claimed.
struct BoardIntervals {
  /// By contestant, the intervals of ``ResampledScores/Metric``.
  var headline: [Int: [ClosedRange<Double>?]] = [:]
  /// Of the difference of mean regrets.
  var differences: [ContestantPair: ClosedRange<Double>] = [:]

  /// The interval of a contestant's mean.
  func interval(_ contestant: Int, _ metric: ResampledScores.Metric) -> ClosedRange<Double>? {
    headline[contestant]?[metric.rawValue]
  }
}

/// Resamples the tasks of a board.
private struct BoardSampler {
  let board: ScoreBoard
  let settings: ScorerSettings
  let seed: UInt64

  init(board: ScoreBoard, settings: ScorerSettings) {
    self.board = board
    self.settings = settings
    seed = board.tables.resamplingSeed
  }

  /// What a bootstrap of the tasks gives for every member and metric, then for the difference of regrets of every pair.
  func outcomes(
    _ tasks: [Int], _ members: [Int], _ pairs: [ContestantPair]
  ) -> [NestedBootstrap.Outcome]? {
    let names = Array(Set(tasks.map(board.family))).sorted()
    guard names.count >= NestedBootstrap.fewestFamilies, !members.isEmpty else { return nil }
    let numberOfFamily = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    // In the order of what they are, not of how the rows came.
    let ordered = tasks.sorted { board.tables.tasks[$0].key < board.tables.tasks[$1].key }
    let resampled = ordered.compactMap { task -> ResampledTask? in
      guard let outcomes = board.outcomes(task), let family = numberOfFamily[board.family(task)] else {
        return nil
      }
      var stream = RandomStream(
        seed: seed ^ StreamPurpose(rawValue: board.tables.tasks[task].key).hash, purpose: .resampling)
      return ResampledScores(outcomes, settings.oracle, &stream)
        .task(family: family, members.compactMap { board.score($0, task) })
    }
    let metrics = ResampledScores.Metric.allCases.count
    let place = Dictionary(uniqueKeysWithValues: members.enumerated().map { ($1, $0 * metrics) })
    let contrasts = pairs.map { (first: place[$0.first] ?? 0, second: place[$0.second] ?? 0) }
    return NestedBootstrap(
      tasks: resampled, columns: members.count * metrics, contrasts: contrasts, draws: settings.draws,
      seed: seed
    ).outcomes()
  }
}

extension EvidenceTables {
  /// A hash of the sorted keys of all trainings on grids: every reader of the same outcomes gets the same intervals,
  /// whatever the order of the rows, and whatever strategies are added.
  var resamplingSeed: UInt64 {
    let order = tasks.indices.sorted { tasks[$0].key < tasks[$1].key }
    var rank = [Int](repeating: 0, count: tasks.count)
    for (place, task) in order.enumerated() { rank[task] = place }
    let keys = outcomes.filter(\.isGrid).map { (rank[$0.task], $0.rate.value, $0.seed) }.sorted { $0 < $1 }
    var hash = StreamPurpose(rawValue: order.map { tasks[$0].key }.joined(separator: "\n")).hash
    for (task, rate, seed) in keys {
      for word in [UInt64(task), UInt64(bitPattern: Int64(rate)), seed] {
        hash = (hash ^ word) &* 0x0000_0100_0000_01b3
        hash ^= hash >> 29
      }
    }
    return hash
  }
}
