import ExperimentStore
import Measuring

/// Planning and resuming a comparison of 100,000 runs, and opening its store.
struct LargeComparisonTimes {
  private let comparison: LargeComparison
  private let rounds: Int

  init(_ effort: Effort) {
    comparison = LargeComparison(seeds: effort == .full ? 100 : 10)
    rounds = effort.rounds(7, quick: 2)
  }

  func rows() throws -> [ResultRow] {
    let folder = try TemporaryFolder()
    // Programs need it to the end.
    defer { withExtendedLifetime(folder) {} }
    let file = try folder.write(Array(comparison.text.utf8), to: "large.yaml")
    let store = folder.path(of: "runs")
    let runs = try SyntheticStore.fill(store, with: comparison.comparison())
    report("  \(runs) synthetic records are written")
    let plan = try MeasuredProgram.suggest(
      "compare", file, "--dry-run", "--store", folder.path(of: "nothing"))
    let listing = try MeasuredProgram.suggest("compare", file, "--dry-run", "--store", store)
    let resumption = try MeasuredProgram.suggest("compare", file, "--jobs", "1", "--store", store)
    let rebuilding = try MeasuredProgram.suggest("store", "rebuild", "--store", store)
    let measured = try interleaved(
      [
        Contender(
          "`suggest compare --dry-run`, \(comparison.gridTrainings) trainings, no store", run: plan.run),
        Contender("`suggest compare --dry-run`, all \(runs) runs done", run: listing.run),
        Contender("`suggest compare`, all \(runs) runs done: nothing to train", run: resumption.run),
        Contender.timing("opening the store with its index, in a running process") {
          try RunStore.openExisting(store)
        },
        Contender("`suggest store rebuild`, \(runs) records", run: rebuilding.run),
        Contender("`suggest compare` after it: every strategy asked anew", run: resumption.run),
      ], rounds: rounds)
    let after = try RunStore.openExisting(store).summaries.count
    guard after == runs else { throw ResumptionError(before: runs, after: after) }
    return measured.enumerated().map { index, measurement in
      let hasGoal = index < 3
      return ResultRow(
        measurement, goals: hasGoal ? [.atMost(milliseconds: 2000, measurement.median)] : [])
    }
  }
}

/// A complete comparison that trained something, so that its time says nothing.
struct ResumptionError: Error, CustomStringConvertible {
  let before: Int
  let after: Int
  var description: String {
    "a complete comparison of \(before) runs left \(after) records: it trained where nothing was to be done"
  }
}
