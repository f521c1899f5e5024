import Comparison
import CurveModel
import ExperimentStore

/// What a comparison still has to do, task by task.
struct PlanListing {
  let comparison: Comparison
  let planners: [TaskPlanner]
  let needs: [TaskNeeds]

  /// Plans every task with what is known.
  init(_ comparison: Comparison, _ knowledge: StoreKnowledge) throws {
    self.comparison = comparison
    planners = comparison.tasks.map { TaskPlanner($0, of: comparison) }
    needs = try planners.map { try $0.needs(knowledge) }
  }

  /// How many needed runs are done.
  var done: Int { needs.reduce(0) { $0 + $1.done } }
  /// How many runs are known to be needed and not done.
  var missing: Int { needs.reduce(0) { $0 + $1.missing.count } }
  /// Those runs.
  var allMissing: [RunSpecification] { needs.flatMap(\.missing) }

  /// The data and weights of tasks that have something to do, each once, in the order of the tasks.
  var missingSources: [TaskSource] {
    var sources: [TaskSource] = []
    for (planner, needs) in zip(planners, needs) where !needs.missing.isEmpty {
      let source = TaskSource(planner.task)
      if !sources.contains(source) { sources.append(source) }
    }
    return sources
  }

  /// Calls `body` with every missing run.
  func forEachRun(_ body: (RunSpecification) throws -> Void) rethrows {
    for needs in needs { for run in needs.missing { try body(run) } }
  }

  // MARK: Text

  /// The table of tasks and the sums: range tests, trainings over the grid, trainings at suggested rates besides.
  func text(store: String, width: Int, _ knowledge: StoreKnowledge) throws -> String {
    var rows = [["task", "tests", "grid", "extra", "to do"]]
    // Only where the store has runs of something else, there may be earlier versions of what is missing.
    let earlier = missing > 0 && knowledge.runCount > done ? try knowledge.earlierRuns() : EarlierRuns()
    for (planner, needs) in zip(planners, needs) {
      let reason = knowledge.reason(toRun: needs, earlier)
      rows.append([
        planner.task.title, "\(needs.rangeTests)", "\(needs.gridTrainings)" + (needs.mayGrow ? "+" : ""),
        "\(needs.suggestedTrainings)" + (needs.mayGrow ? "+" : ""), reason,
      ])
    }
    let total =
      "\(comparison.name): \(Quantity.text(comparison.tasks.count, "task")), \(Quantity.text(done, "run")) in \(store), \(missing) to do"
      + (needs.contains(where: \.mayGrow)
        ? "; + marks tasks whose outcomes decide what else is trained" : "") + "\n"
    return Table.lines(rows, width: width).joined(separator: "\n") + "\n" + total
  }

  /// What the missing runs take, in a sentence.
  ///
  /// Rates that are not known yet are counted as if every strategy that is evaluated directly suggested another rate
  /// for every range test: an upper bound, but for what the grid may grow.
  func estimate(by meter: CostMeter, jobs: Int) throws -> String {
    guard missing > 0 else { return "nothing to train\n" }
    var known = 0.0
    var possible = 0.0
    var trainings = 0
    let direct = comparison.strategies.count(where: { $0.evaluation == .direct })
    for (planner, needs) in zip(planners, needs) where !needs.isComplete {
      let cost = try meter.estimate(of: planner.task)
      known += needs.missing.reduce(0) { $0 + cost.seconds(of: $1) }
      guard needs.suggestedTrainings == 0 else { continue }
      let most = direct * comparison.seeds.rangeTests.count * comparison.seeds.suggestions.count
      trainings += most
      possible += Double(most) * cost.trainingSeconds(of: planner.task)
    }
    let time = { (seconds: Double) in Quantity.duration(seconds / Double(jobs)) }
    return "estimated with \(jobs) at a time: \(time(known)) for what is known"
      + (trainings > 0
        ? ", at most \(time(possible)) more for up to \(Quantity.text(trainings, "training")) at suggested rates"
        : "") + "\n"
  }
}
