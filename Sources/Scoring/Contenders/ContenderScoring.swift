internal import CurveModel

/// Finds the contenders of tables, and what each got on every problem.
struct ContenderScoring {
  let tables: EvidenceTables
  /// The names of the tasks' optimizers.
  let optimizers: [String]
  /// The studied tasks by index; nil where a task could not be studied.
  let outcomes: [TaskOutcomes?]

  /// A contender with its scores, by the task of its optimizer.
  struct Entry {
    var contender: Contender
    var scores: [Int: ContenderScore] = [:]
  }

  /// Every contender with a score anywhere: by optimizer in the order of the names, strategies first.
  ///
  /// Strategies are not asked about optimizers that find their rate: 1 is what those are made for.
  func entries(_ exclusions: inout [Exclusion]) -> [Entry] {
    let scores = taskScores(&exclusions)
    var places: [Contender: Int] = [:]
    var entries = Array(Set(optimizers)).sorted().flatMap { optimizer in
      ways(of: optimizer).map { Entry(contender: Contender(optimizer: optimizer, way: $0)) }
    }
    for (place, entry) in entries.enumerated() { places[entry.contender] = place }
    func add(_ way: Contender.Way, _ score: ContenderScore) {
      let contender = Contender(optimizer: optimizers[score.task], way: way)
      if let place = places[contender] { entries[place].scores[score.task] = score }
    }
    for (way, score) in scores {
      add(way, ContenderScore(score, rangeTestSteps: rangeTestSteps(of: score)))
    }
    for outcomes in outcomes.compactMap(\.self) {
      let task = outcomes.study.task
      let best = outcomes.nearestPoint(toLog10: outcomes.study.oracle.log10Rate)
      add(.bestRate, ContenderScore(task: task, SuggestionScore(best, outcomes.study), isOracle: true))
      guard isFinding(task), case .success(let reading) = outcomes.reading(at: Self.unit, .direct) else {
        continue
      }
      let score = SuggestionScore(rate: Self.unit, reading, outcomes.study)
      add(.unitRate, ContenderScore(task: task, score, isOracle: false))
    }
    return entries.filter { entry in
      guard !entry.scores.isEmpty else { return false }
      // What stands in for it would be judged under its name.
      let answers = entry.scores.values.contains { $0.readings.contains { !$0.abstained } }
      if !answers { exclusions.append(Exclusion(entry.contender.name, because: "it always abstained")) }
      return answers
    }
  }

  private static let unit = RateKey(1)

  private func isFinding(_ task: Int) -> Bool {
    OptimizerFamily(tables.tasks[task].optimizer) == .selfTuning
  }

  private func ways(of optimizer: String) -> [Contender.Way] {
    guard let task = optimizers.firstIndex(of: optimizer), !isFinding(task) else {
      return [.unitRate, .bestRate]
    }
    return tables.strategies.map { .strategy($0.name) } + [.bestConstant, .bestRate]
  }

  /// The scores of strategies and of the constant chosen on other families, for optimizers that need a rate.
  private func taskScores(_ exclusions: inout [Exclusion]) -> [(Contender.Way, TaskScore)] {
    let needing = outcomes.enumerated().map { isFinding($0) ? nil : $1 }
    let strategies = StrategyScoring(tables: tables, outcomes: needing).scores(&exclusions)
    // What the other baselines lack is of no interest here.
    var others: [Exclusion] = []
    let baselines = BaselineScoring(tables: tables, outcomes: needing.compactMap(\.self))
      .entries(firstContestant: tables.strategies.count, &others)
    let constant = baselines.first { $0.name == Contender.bestConstantName }
    return strategies.map { (.strategy(tables.strategies[$0.contestant].name), $0) }
      + (constant?.scores ?? []).map { (.bestConstant, $0) }
  }

  private func rangeTestSteps(of score: TaskScore) -> Double {
    score.scores.compactMap { reading in
      reading.suggestion.map { Double(tables.rangeTests[tables.suggestions[$0].rangeTest].steps) }
    }.medianOrNil ?? 0
  }
}
