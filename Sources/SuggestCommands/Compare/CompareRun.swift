import Comparison
import CurveModel
import DatasetKit
import ExperimentStore
import Glibc
import ModelZoo

/// A comparison at work: plan, carry out, sum up.
struct CompareRun {
  let comparison: Comparison
  let store: String
  let data: String?
  let jobs: Int
  let policy: QueuePolicy
  let console: Console

  // MARK: Dry run

  /// Prints what would run.
  func list(_ format: PlanFormat) throws {
    let knowledge = try StoreKnowledge(store, comparison.strategies, creates: false)
    for notice in knowledge.notices { console.report(notice) }
    let listing = try PlanListing(comparison, knowledge)
    switch format {
    case .json: try listing.forEachRun { try console.output($0.planLine + "\n") }
    case .text:
      try console.output(try listing.text(store: store, width: console.width, knowledge))
      let meter = CostMeter(
        folders: .of(option: data, console),
        weights: WeightFolders(environment: console.dataVariables))
      do {
        try console.output(try listing.estimate(by: meter, jobs: jobs))
      } catch let error where error is DatasetError || error is CheckpointFileError || error is MaterialsError
      {
        console.report("the time cannot be estimated: \(error)")
      }
    }
  }

  // MARK: Carrying out

  /// Does what is missing.
  ///
  /// - Throws: ``ExitStatus`` where it was interrupted or incidents are left, after saying so.
  func run() async throws {
    Glibc.signal(SIGPIPE, SIG_IGN)
    let knowledge = try StoreKnowledge(store, comparison.strategies, creates: true)
    for notice in knowledge.notices { console.report(notice) }
    try knowledge.keep(comparison)
    let listing = try PlanListing(comparison, knowledge)
    guard listing.missing > 0 else {
      try console.output(
        "nothing to train: all \(Quantity.text(listing.done, "run")) of \(comparison.name) are in \(store)\n")
      return
    }
    try checkData(of: listing)
    console.report(
      "\(comparison.name): \(listing.done) of at least \(listing.done + listing.missing) runs are in \(store); "
        + "\(jobs) at a time")
    let progress = CompareProgress(
      console: console, jobs: jobs, done: listing.done, missing: listing.allMissing)
    let incidents = IncidentLog(store: store, console: console)
    let queue = try RunQueue(listing.planners, needs: listing.needs, knowledge: knowledge, policy: policy) {
      event in
      progress.note(event)
      incidents.note(event)
    }
    let executor = LocalExecutor(
      program: DataFolders.runningProgram,
      arguments: ["worker", "--store", store] + (data.map { ["--data", $0] } ?? []), jobs: jobs)
    let interruption = Interruption()
    defer { interruption.stopListening() }
    let outcome = await Self.execute(executor, queue, interruption)
    progress.clear()
    try await sumUp(queue, progress, outcome, interruption)
  }

  /// Carries out the queue until it is empty or a signal comes.
  private static func execute(
    _ executor: some RunExecutor, _ queue: RunQueue, _ interruption: Interruption
  ) async -> Result<Void, any Error> {
    let work = Task { try await executor.execute(queue) }
    let watch = Task {
      while !Task.isCancelled {
        if interruption.signal != nil {
          await queue.stop()
          work.cancel()
          return
        }
        try? await Task.sleep(for: .milliseconds(50))
      }
    }
    let result = await work.result
    watch.cancel()
    return result
  }

  private func sumUp(
    _ queue: RunQueue, _ progress: CompareProgress, _ outcome: Result<Void, any Error>,
    _ interruption: Interruption
  ) async throws {
    let (recorded, known, incidents) = progress.result
    var parts = ["\(Quantity.text(recorded, "run")) done"]
    if known > 0 { parts.append("\(known) done elsewhere meanwhile") }
    if !incidents.isEmpty { parts.append(Quantity.text(incidents.count, "incident")) }
    let summary = "\(comparison.name): \(parts.joined(separator: ", "))"
    if let signal = interruption.signal {
      console.report("\(summary); interrupted: the same command goes on")
      throw ExitStatus(signal: signal)
    }
    try outcome.get()
    if let failure = await queue.failure { throw failure }
    let unresolved = await queue.unresolved
    guard unresolved.isEmpty else {
      console.report(
        "\(summary); \(Quantity.text(unresolved.count, "run")) failed for good: the same command tries again")
      throw ExitStatus.unresolved
    }
    let rest = try PlanListing(comparison, try StoreKnowledge(store, comparison.strategies, creates: false))
    try console.output(
      rest.missing == 0
        ? "\(summary); complete: \(Quantity.text(rest.done, "run")) in \(store)\n"
        : "\(summary); \(rest.missing) or more are missing: the same command goes on\n")
  }

  /// Finds data sets and weights that are not there before anything is trained.
  private func checkData(of listing: PlanListing) throws {
    let folders = DataFolders.of(option: data, console)
    let weights = WeightFolders(environment: console.dataVariables)
    for source in listing.missingSources { try source.find(in: folders, weights: weights) }
  }
}
