/// Something to measure, under the name it has in the table.
public struct Contender {
  let name: String
  let run: () throws -> Duration

  /// Names something that runs once and says how long it took; what is outside the time it states is not measured.
  public init(_ name: String, run: @escaping () throws -> Duration) {
    self.name = name
    self.run = run
  }

  /// Names something whose every run is measured as a whole.
  public static func timing<Result>(_ name: String, _ body: @escaping () throws -> Result) -> Contender {
    Contender(name) { try ContinuousClock().measure { _ = try body() } }
  }
}

/// How long the runs of one contender took.
public struct Measurement: Sendable, Equatable {
  /// The contender's name.
  public let name: String
  /// The time of each run, in the order of the rounds; at least one.
  public let durations: [Duration]

  /// Keeps times that were measured.
  public init(name: String, durations: [Duration]) {
    precondition(!durations.isEmpty, "the measurement \(name) has no runs")
    self.name = name
    self.durations = durations
  }

  /// The middle time; the mean of the two middle ones for an even number of runs.
  public var median: Duration {
    let sorted = durations.sorted()
    let middle = sorted.count / 2
    return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
  }

  /// The shortest time: what is left when nothing else disturbs.
  public var fastest: Duration { durations.reduce(durations[0], min) }

  /// The median as a multiple of another's.
  public func ratio(to other: Measurement) -> Double { median / other.median }

  /// The times of several contenders, one after the other, added up round by round.
  ///
  /// - Parameter parts: Measurements of the same number of rounds; at least one.
  public static func total(of parts: [Measurement], name: String) -> Measurement {
    precondition(!parts.isEmpty, "a total of nothing")
    precondition(parts.allSatisfy { $0.durations.count == parts[0].durations.count }, "the rounds differ")
    return Measurement(
      name: name,
      durations: parts[0].durations.indices.map { round in
        parts.reduce(Duration.zero) { $0 + $1.durations[round] }
      })
  }
}

/// Measures contenders in turns, A, B, A, B …, so that whatever slows the machine down for a while slows down all.
///
/// - Parameters:
///   - contenders: What to measure.
///   - rounds: How often each runs; at least 1.
///   - warmUps: How often each runs before, unmeasured.
/// - Returns: One measurement each, in the same order.
/// - Throws: The first error of a contender.
public func interleaved(
  _ contenders: [Contender], rounds: Int, warmUps: Int = 1
) throws -> [Measurement] {
  precondition(rounds >= 1, "there must be at least one round")
  for _ in 0..<warmUps {
    for contender in contenders { _ = try contender.run() }
  }
  var durations = Array(repeating: [Duration](), count: contenders.count)
  for _ in 0..<rounds {
    for (index, contender) in contenders.enumerated() { durations[index].append(try contender.run()) }
  }
  return zip(contenders, durations).map { Measurement(name: $0.name, durations: $1) }
}
