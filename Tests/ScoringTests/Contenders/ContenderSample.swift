import CurveModel

@testable import Scoring

/// Made-up trainings of several optimizers on problems, so small that every number can be reckoned on paper.
///
/// Trainings have 200 steps, evaluated after 100 and 200, and two seeds that agree. The untrained loss is 2. A step takes
/// Adam 1 ms and Prodigy 2 ms, but for one training of each that something else held up.
struct ContenderSample {
  /// One problem of a family of its own: of each optimizer and rate the losses after 100 and 200 steps, none where it
  /// diverged, and what `s` suggests for Adam, in the order of range tests.
  struct Sketch {
    var losses: [(optimizer: String, rate: Double, halfWay: Double, end: Double)]
    var suggestions: [Double?]
  }

  /// Adam is best at 1e-2 with 0.5, Prodigy at 1 with 0.6.
  static let adams = Sketch(
    losses: [
      ("adam", 1e-3, 1.2, 0.8), ("adam", 1e-2, 0.7, 0.5), ("adam", 1e-1, 0.6, 0.54),
      ("adam", 1, .nan, .nan), ("prodigy", 0.1, 1.5, 0.9), ("prodigy", 1, 1.0, 0.6),
      ("prodigy", 10, 0.7, 0.7),
    ], suggestions: [1e-2, 1e-1])
  /// Prodigy is best at 1 with 0.4, Adam at 1e-2 with 0.5.
  static let prodigys = Sketch(
    losses: [
      ("adam", 1e-3, 1.2, 0.8), ("adam", 1e-2, 0.7, 0.5), ("adam", 1e-1, 0.6, 0.54),
      ("adam", 1, .nan, .nan), ("prodigy", 0.1, 1.5, 0.9), ("prodigy", 1, 0.8, 0.4),
      ("prodigy", 10, 0.7, 0.7),
    ], suggestions: [1, 1])

  var sketches = [adams, prodigys]
  /// The processor of Prodigy's trainings; Adam's is `a`.
  var processor = "a"
  /// The seeds of Prodigy's trainings; Adam's are 0 and 1.
  var seeds: [UInt64] = [0, 1]

  private static func task(_ problem: Int, _ optimizer: String) -> TaskDescription {
    let labels: [JSONValue.Member] = [
      .init("dataset", .string("data \(problem)")), .init("optimizer", .string(optimizer)),
      .init("optimizerSettings", .string("\(optimizer)(weightDecay: 0.0)")),
    ]
    return TaskDescription(
      key: JSONValue.object(labels).text, labels: labels, title: "data \(problem) \(optimizer)",
      dataset: "data \(problem)", family: "family \(problem)", model: "mlp", optimizer: optimizer,
      schedule: "constant", role: .constant, batchSize: 32, steps: 200)
  }

  var tables: EvidenceTables {
    var tables = EvidenceTables()
    tables.strategies = [
      ScoredStrategy(name: "s", version: "1", meantFor: "constant", evaluation: .direct)
    ]
    for (problem, sketch) in sketches.enumerated() {
      var tasks: [String: Int] = [:]
      for (optimizer, rate, halfWay, end) in sketch.losses {
        let task = tasks[optimizer] ?? tables.tasks.count
        if tasks[optimizer] == nil { tables.tasks.append(Self.task(problem, optimizer)) }
        tasks[optimizer] = task
        for seed in optimizer == "prodigy" ? seeds : [0, 1] {
          let delay = rate == 0.1 && seed == 0 ? 10 : 1.0
          tables.outcomes.append(
            OutcomeRow(
              task: task, rate: RateKey(rate), seed: seed, status: end.isNaN ? .diverged : .finished,
              loss: end, untrainedLoss: 2, evaluationSteps: end.isNaN ? [] : [100, 200],
              evaluationLosses: end.isNaN ? [] : [halfWay, end],
              seconds: delay * (optimizer == "prodigy" ? 0.4 : 0.2),
              processor: optimizer == "prodigy" ? processor : "a"))
        }
      }
      guard let task = tasks["adam"] else { continue }
      for (number, rate) in sketch.suggestions.enumerated() {
        let test = tables.rangeTests.count
        tables.rangeTests.append(
          RangeTestRow(task: task, seed: UInt64(1000 + number), setting: "100 steps", steps: 100))
        let answer: SuggestionRow.Answer =
          rate.map { .rate(RateKey($0)) } ?? .abstained(cause: "flat", reason: "nothing falls")
        tables.suggestions.append(SuggestionRow(task: task, strategy: 0, rangeTest: test, answer: answer))
      }
    }
    return tables
  }

  /// Compared by the plain oracle.
  func sheet(_ choice: ContenderChoice = ContenderChoice(), draws: Int = 0) throws -> ContenderSheet {
    try Scorer(ScorerSettings(oracle: .plugin, draws: draws)).compareOptimizers(tables, choice)
  }
}

extension ContenderSheet {
  /// The line of a contender.
  func row(_ name: String) -> ContenderRow? { rows.first { contenders[$0.contender].name == name } }
}

/// Whether two numbers are the same but for rounding.
func near(_ left: Double?, _ right: Double) -> Bool { left.map { abs($0 - right) < 1e-12 } ?? false }
