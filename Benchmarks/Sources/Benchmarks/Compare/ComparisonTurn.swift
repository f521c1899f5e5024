import ExperimentStore
import Measuring

/// One whole `suggest compare` into a fresh store.
struct ComparisonTurn {
  /// The process of `suggest compare`, its workers being its children.
  let run: ProgramRun
  /// How many runs it recorded.
  let runs: Int
  /// The sum of `measured.seconds` of all records.
  ///
  /// A record's seconds begin when its data are loaded, and end with its last step and evaluation: initial weights,
  /// steps and evaluations. Everything else of the turn's time is overhead.
  let trainingTime: Duration

  /// Everything but the runs themselves; means something only where they ran one after the other.
  var overhead: Duration { run.elapsed - trainingTime }
  /// The overhead as a share of the whole time.
  var overheadShare: Double { overhead / run.elapsed }
  /// The coordinator's processor time as a share of the whole time.
  var coordinatorShare: Double { run.ownProcessorTime / run.elapsed }

  /// Keeps what was measured.
  init(run: ProgramRun, runs: Int, trainingTime: Duration) {
    self.run = run
    self.runs = runs
    self.trainingTime = trainingTime
  }

  /// Runs a comparison.
  ///
  /// - Parameters:
  ///   - file: The comparison file.
  ///   - jobs: How many workers.
  ///   - limit: The most runs; nil does all.
  /// - Throws: `ProgramError` where it fails, `StoreError` where its store cannot be read.
  init(file: String, jobs: Int, limit: Int?) throws {
    let folder = try TemporaryFolder()
    // Programs need it to the end.
    defer { withExtendedLifetime(folder) {} }
    let store = folder.path(of: "runs")
    let arguments = ["compare", file, "--jobs", "\(jobs)", "--store", store]
    let program = Program(
      try MeasuredProgram.suggest.requiredPath(), arguments + (limit.map { ["--limit", "\($0)"] } ?? []))
    let run = try program.measuredRun()
    let summaries = try RunStore.openExisting(store).summaries
    // In a fixed order, for sums depend on it.
    let seconds = summaries.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value.seconds }
    self.init(run: run, runs: summaries.count, trainingTime: .seconds(seconds))
  }
}
