internal import LearnedStrategy
internal import RandomStreams
public import Scoring
internal import StrategyKit

/// How strategies fare on half of the families of data sets after learning from the other half, both ways, read off the grids.
///
/// One division may be lucky, so there are several, each by its own seed.
public struct HalvesRegret: Sendable {
  /// A strategy's regret on tasks of one role.
  public struct Row: Sendable {
    /// The strategy's name.
    public var strategy: String
    /// What the tasks' rates mean.
    public var role: TaskDescription.Role
    /// The mean over divisions of the mean over tasks, each judged by the half that did not see it.
    public var regret: Double
    /// The lowest and the highest of a division.
    public var range: ClosedRange<Double>
    /// The share of range tests without an answer.
    public var abstentionRate: Double
  }

  /// How many divisions there are.
  public let divisions: Int
  /// Strategy by strategy, each with its roles.
  public let rows: [Row]

  /// Learns from every half.
  ///
  /// - Throws: ``LearningError`` where a half is too little to learn from.
  public init(_ table: ExampleTable, divisions: Int = 10) throws(LearningError) {
    self.divisions = divisions
    guard table.families.count >= 2 * RateLearning.fewestFamilies else {
      throw .tooFewToHalve(table.families.count)
    }
    var learned: [TaskRegrets] = []
    var balanced: [TaskRegrets] = []
    for division in 0..<divisions {
      let halves = Self.halves(of: table, UInt64(division))
      let models = try halves.map { half throws(LearningError) in
        try RateLearning.model(from: table.only(half), RateLearning.readings, leavingOut: [nil])
      }
      let factors = halves.map { BalancedCalibration.all(table.only($0), leavingOut: [nil])[0] }
      func other(_ test: ExampleTable.RangeTest) -> Int {
        halves[0].contains(table.tasks[test.task].description.family) ? 1 : 0
      }
      learned.append(
        TaskRegrets(table) { test throws(Abstention) in
          try LearnedStrategy.rate(
            for: test.features, of: test.descent, in: test.context, by: models[other(test)]
          ).learningRate
        })
      balanced.append(
        TaskRegrets(table) { test throws(Abstention) in
          try factors[other(test)].rate(
            for: test.features, as: table.tasks[test.task].description.role)
        })
    }
    rows = [("learned", learned), ("balanced", balanced)].flatMap { name, regrets in
      TaskDescription.Role.allCases.compactMap { role in
        Self.row(name, role, regrets.compactMap { $0.mean(role) })
      }
    }
  }

  private static func row(_ strategy: String, _ role: TaskDescription.Role, _ means: [MeanRegret]) -> Row? {
    let regrets = means.map(\.regret)
    guard let lowest = regrets.min(), let highest = regrets.max() else { return nil }
    let tests = means.reduce(0) { $0 + $1.rangeTests }
    return Row(
      strategy: strategy, role: role, regret: regrets.reduce(0, +) / Double(regrets.count),
      range: lowest...highest,
      abstentionRate: Double(means.reduce(0) { $0 + $1.abstentions }) / Double(tests))
  }

  /// Two halves of the families, by a seed.
  static func halves(of table: ExampleTable, _ seed: UInt64) -> [Set<String>] {
    let families = table.families
    var stream = RandomStream(seed: seed, purpose: .split)
    let order = stream.permutation(of: families.count)
    let middle = families.count / 2
    return [order[..<middle], order[middle...]].map { Set($0.map { families[$0] }) }
  }
}
