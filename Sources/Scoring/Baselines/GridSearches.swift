internal import CurveModel

extension BaselineScoring {
  /// What somebody gets who searches the whole grid.
  ///
  /// The best rate on half of the seeds, read on the other half, over all halves (`xfit`); it costs the whole grid.
  func gridSearch(_ exclusions: inout [Exclusion]) -> Entry {
    var entry = Entry(name: "grid search (xfit)")
    for task in outcomes {
      let count = task.grid.seeds.count
      guard count > 1 else {
        exclusions.append(excluded(entry, task, because: "there is a single seed"))
        continue
      }
      var scores: [SuggestionScore] = []
      SeedHalves.forEach(count) { chosen in
        let means = task.study.points.map { point in chosen.map { point.values[$0] }.mean }
        let best = lowest(means)
        scores.append(score(of: best, without: chosen, task))
      }
      entry.scores.append(TaskScore(task: task.study.task, contestant: 0, scores: scores))
    }
    return entry
  }

  /// What somebody gets who spends the steps of a range test on short trainings instead.
  ///
  /// Successive halving, replayed from the evaluations of the real trainings: as many rates as half of the budget
  /// allows (at least two), evenly spaced over the grid, are trained up to the first evaluation; the better half (rounded up) goes on to the next
  /// evaluation while the budget lasts; the lowest loss at the last evaluation wins. A training that has diverged counts
  /// as infinite. Each seed chooses once, and its choice is read on the other seeds. The budget is the median number of
  /// steps of the task's range tests. The short trainings are beginnings of the full ones: with a schedule that falls
  /// they see only its first part.
  func successiveHalving(_ exclusions: inout [Exclusion]) -> Entry {
    var entry = Entry(name: "successive halving")
    for task in outcomes {
      switch halving(task) {
      case .success(let score): entry.scores.append(score)
      case .failure(let reason): exclusions.append(excluded(entry, task, because: reason.rawValue))
      }
    }
    return entry
  }

  /// Why a task has no successive halving.
  private enum NoHalving: String, Error {
    case noRangeTest = "it has no range test whose steps could be the budget"
    case singleSeed = "there is a single seed"
    case noEvaluations = "its trainings have no common evaluations on the way"
    case budgetTooSmall = "the steps of its range test do not reach the first evaluation of two rates"
  }

  private func halving(_ task: TaskOutcomes) -> Result<TaskScore, NoHalving> {
    let tests = tables.rangeTests.filter { $0.task == task.study.task }.map { Double($0.steps) }.sorted()
    guard !tests.isEmpty else { return .failure(.noRangeTest) }
    guard task.grid.seeds.count > 1 else { return .failure(.singleSeed) }
    guard let traces = EvaluationTraces(tables.outcomes, task) else { return .failure(.noEvaluations) }
    guard let plan = HalvingPlan(budget: tests.median, rates: traces.rateCount, evaluations: traces.steps)
    else {
      return .failure(.budgetTooSmall)
    }
    let scores = task.grid.seeds.indices.map { seed in
      var alive = plan.candidates
      for (round, survivors) in plan.survivors.enumerated() {
        let order = alive.sorted { left, right in
          let (first, second) = (traces.loss(left, seed, round), traces.loss(right, seed, round))
          return first == second ? left < right : first < second
        }
        alive = Array(order.prefix(survivors))
      }
      return score(of: alive[0], without: [seed], task)
    }
    return .success(TaskScore(task: task.study.task, contestant: 0, scores: scores))
  }

  /// A rate of the grid, judged on the seeds that did not choose it.
  private func score(of point: Int, without chosen: [Int], _ task: TaskOutcomes) -> SuggestionScore {
    let count = task.grid.seeds.count
    let others = (0..<count).filter { !chosen.contains($0) }
    let failed = others.count { task.grid.isFailure[point * count + $0] }
    let reading = TaskOutcomes.Reading(
      values: others.map { task.study.points[point].values[$0] },
      failureRate: Double(failed) / Double(others.count), evaluation: .direct)
    return SuggestionScore(rate: task.study.points[point].rate, reading, task.study)
  }

  private func lowest(_ values: [Double]) -> Int {
    var best = 0
    for index in values.indices where values[index] < values[best] { best = index }
    return best
  }

  private func excluded(_ entry: Entry, _ task: TaskOutcomes, because reason: String) -> Exclusion {
    Exclusion("\(entry.name) on \(tables.tasks[task.study.task].title)", because: reason)
  }
}

/// Losses of a task's grid at the evaluations that all finished trainings have.
private struct EvaluationTraces {
  /// After which steps, without step 0.
  let steps: [Int]
  let rateCount: Int
  private let seedCount: Int
  /// By rate (slow), seed and evaluation (fast); infinite after a divergence.
  private let losses: [Double]

  init?(_ rows: [OutcomeRow], _ task: TaskOutcomes) {
    var cells: [TrainingKey: OutcomeRow] = [:]
    for row in rows where row.task == task.study.task && row.isGrid {
      cells[TrainingKey(task: row.task, rate: row.rate, seed: row.seed)] = row
    }
    var steps: [Int] = []
    var trained: [OutcomeRow] = []
    for rate in task.grid.rates {
      for seed in task.grid.seeds {
        guard let row = cells[TrainingKey(task: task.study.task, rate: rate, seed: seed)] else { return nil }
        trained.append(row)
        guard row.status == .finished else { continue }
        if steps.isEmpty { steps = row.evaluationSteps }
        guard row.evaluationSteps == steps else { return nil }
      }
    }
    let places = steps.indices.filter { steps[$0] > 0 }
    guard !places.isEmpty else { return nil }
    self.steps = places.map { steps[$0] }
    rateCount = task.grid.rates.count
    seedCount = task.grid.seeds.count
    losses = trained.flatMap { row in
      places.map { place in
        let known = place < row.evaluationLosses.count ? row.evaluationLosses[place] : .infinity
        return known.isFinite ? known : .infinity
      }
    }
  }

  func loss(_ rate: Int, _ seed: Int, _ round: Int) -> Double {
    losses[(rate * seedCount + seed) * steps.count + round]
  }
}

/// How many rates are trained up to which evaluation.
struct HalvingPlan: Equatable {
  /// The rates that start, as indices into the grid.
  let candidates: [Int]
  /// How many are kept after each evaluation; the last is 1.
  let survivors: [Int]

  /// Half of the budget goes into the first round, the rest into as many further rounds as it pays; nil where not even
  /// two rates reach the first evaluation.
  init?(budget: Double, rates: Int, evaluations: [Int]) {
    let most = min(rates, Int(budget) / max(evaluations.first ?? 1, 1))
    guard most >= 2, !evaluations.isEmpty else { return nil }
    let count = max(2, most / 2)
    candidates = (0..<count).map { place in
      Int((Double(place) * Double(rates - 1) / Double(count - 1)).rounded())
    }
    var (survivors, alive, spent) = ([Int](), count, Double(count * evaluations[0]))
    for (done, next) in zip(evaluations, evaluations.dropFirst()) {
      let kept = (alive + 1) / 2
      let cost = Double(kept * (next - done))
      guard kept > 1, spent + cost <= budget else { break }
      survivors.append(kept)
      (alive, spent) = (kept, spent + cost)
    }
    survivors.append(1)
    self.survivors = survivors
  }
}
