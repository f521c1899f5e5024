import Measuring

/// The quick comparison with one worker and with two, in turns.
struct ComparisonThroughput {
  private static let file = "comparisons/quick.yaml"
  private let rounds: Int
  private let limit: Int?

  init(_ effort: Effort) {
    rounds = effort.rounds(3, quick: 1)
    limit = effort == .full ? nil : 120
  }

  func rows() throws -> [ResultRow] {
    // Program and data come into the system's cache.
    _ = try ComparisonTurn(file: Self.file, jobs: 2, limit: 2)
    var turns: [Int: [ComparisonTurn]] = [:]
    for jobs in Self.mirrored(1, 2, rounds: rounds) {
      let turn = try ComparisonTurn(file: Self.file, jobs: jobs, limit: limit)
      report("  --jobs \(jobs): \(turn.runs) runs in \(decimal(turn.run.elapsed / .seconds(1), places: 1)) s")
      turns[jobs, default: []].append(turn)
    }
    return ThroughputTurns(file: Self.file, one: turns[1] ?? [], two: turns[2] ?? []).rows
  }

  /// Both in turns, the order reversed from round to round: 1, 2, 2, 1, 1, 2, …, so that neither always comes first.
  static func mirrored(_ first: Int, _ second: Int, rounds: Int) -> [Int] {
    (0..<rounds).flatMap { $0.isMultiple(of: 2) ? [first, second] : [second, first] }
  }
}

/// What the turns with one worker and with two say; as many of each, at least one.
struct ThroughputTurns {
  let file: String
  let one: [ComparisonTurn]
  let two: [ComparisonTurn]

  var rows: [ResultRow] {
    let single = elapsed(one, jobs: 1)
    let double = elapsed(two, jobs: 2)
    let throughput = single.ratio(to: double)
    let fastest = single.fastest / double.fastest
    let overhead = Self.median(one.map(\.overheadShare))
    let coordinator = Self.median(one.map(\.coordinatorShare))
    return [
      ResultRow(single, comparison: processors(one)),
      ResultRow(
        double,
        comparison: "\(decimal(throughput, places: 2)) × the throughput of --jobs 1, fastest "
          + "\(decimal(fastest, places: 2)) ×, \(processors(two))",
        goals: [.atLeast(times: 1.8, throughput)]),
      ResultRow(
        Measurement(name: "… --jobs 1: overhead", durations: one.map(\.overhead)),
        work: "… --jobs 1: all but the records' seconds (start, data, plan, store, schedule)",
        comparison: "\(decimal(100 * overhead, places: 2)) % of all", goals: [.atMost(percent: 2, overhead)]),
      ResultRow(
        Measurement(name: "coordinator", durations: one.map(\.run.ownProcessorTime)),
        work: "… --jobs 1: processor time of the coordinator",
        comparison: "\(decimal(100 * coordinator, places: 2)) % of all"),
    ]
  }

  private func elapsed(_ turns: [ComparisonTurn], jobs: Int) -> Measurement {
    let runs = turns.first?.runs ?? 0
    return Measurement(
      name: "`suggest compare \(file) --jobs \(jobs)`, \(runs) runs",
      durations: turns.map(\.run.elapsed))
  }

  /// `on 1.9 processors`: tells whether others left as many as there were workers.
  private func processors(_ turns: [ComparisonTurn]) -> String {
    "on \(decimal(Self.median(turns.map(\.run.processors)), places: 2)) processors"
  }

  /// The middle number; the mean of the two middle ones of an even count.
  static func median(_ numbers: [Double]) -> Double {
    let sorted = numbers.sorted()
    let middle = sorted.count / 2
    return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
  }
}
