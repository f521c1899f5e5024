import ArgumentParser
import Comparison
import DatasetKit
import ExperimentStore
import Glibc

/// `suggest compare`: trains every task of a comparison file over a grid of rates and at every suggested rate.
struct CompareCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract:
      "Train every task of a comparison over a grid of rates, and at the rates that strategies suggest.",
    discussion: """
        suggest compare comparisons/quick.yaml --dry-run
        suggest compare comparisons/quick.yaml --jobs 2

      Results go into the store, one record a run. Running the command again does what is missing and nothing twice, \
      whether it was interrupted, a strategy was added, or a seed. The same file gives the same records whatever --jobs \
      says; suggest store records --canonical prints them.

      --dry-run lists for each task its range tests, its trainings over the grid, those at suggested rates besides \
      (extra), and what of all this is to do, and why: new, failed before, or changed data or engine.

      A training that diverges is a result. A run that crashes or is killed is an incident: it is tried again, and the \
      exit code is 75 if it never succeeds.
      """)

  @Argument(help: ArgumentHelp("The comparison file.", valueName: "file.yaml"))
  var file: String?

  @Option(help: "How many runs to do at a time, each on one thread. (default: the number of processors)")
  var jobs: Int?

  @Flag(help: "List what would run and why, with an estimate of the time, and run nothing.")
  var dryRun = false

  @Option(help: "Do at most so many runs.")
  var limit: Int?

  @Flag(help: "End at the first run that fails; by default the others go on.")
  var failFast = false

  @Option(help: "How often a run that fails is tried.")
  var attempts = 3

  @Option(
    help: "The form of the plan of --dry-run: text, or json with a run a line, as suggest worker reads it.")
  var format: PlanFormat = .text

  @OptionGroup var store: StoreOptions

  @Option(help: ArgumentHelp("The folder of data sets, as of suggest record.", valueName: "folder"))
  var data: String?

  @Flag(help: "Print the JSON Schema of comparison files.")
  var schema = false

  @Flag(help: "Print every setting of the file with its default filled in.")
  var printConfig = false

  func run() async throws {
    let console = Console.current
    if schema {
      try console.output(ComparisonSchema().text + "\n")
      return
    }
    guard let file else {
      throw UsageError("compare needs a file, as in suggest compare comparisons/quick.yaml")
    }
    let folders = { (path: String) in
      ComparisonFolders(
        ofFile: path, data: .of(option: data, console),
        weights: WeightFolders(environment: console.dataVariables))
    }
    let comparison = try Comparison(at: file, folders: folders) { try InputFile.bytes(at: $0) }
    if printConfig {
      try console.output(comparison.resolvedText + "\n")
      return
    }
    let run = CompareRun(
      comparison: comparison, store: store.resolved(console).path, data: data, jobs: try checkedJobs(),
      policy: try policy(), console: console)
    if dryRun { try run.list(format) } else { try await run.run() }
  }

  private func checkedJobs() throws -> Int {
    guard let jobs else { return max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
    guard (1...Self.mostJobs).contains(jobs) else {
      throw UsageError("--jobs \(jobs): it must be 1 to \(Self.mostJobs)")
    }
    return jobs
  }

  private func policy() throws -> QueuePolicy {
    if let limit, limit < 1 { throw UsageError("--limit \(limit): it must be at least 1") }
    guard (1...Self.mostAttempts).contains(attempts) else {
      throw UsageError("--attempts \(attempts): it must be 1 to \(Self.mostAttempts)")
    }
    return QueuePolicy(limit: limit, failsFast: failFast, mostAttempts: attempts)
  }

  private static let mostJobs = 1024
  private static let mostAttempts = 100
}

/// The forms of a plan.
enum PlanFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
  case text, json
}
