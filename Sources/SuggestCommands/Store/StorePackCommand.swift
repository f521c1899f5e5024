import ArgumentParser
import ExperimentStore

/// `suggest store pack`: a store to give away.
struct StorePackCommand: QuickCommand {
  static let configuration = CommandConfiguration(
    commandName: "pack",
    abstract: "Write all records into a new store with one compressed file.",
    discussion: "Each run once, in the order of the identities. Incidents stay behind.")

  @OptionGroup var store: StoreOptions

  @Option(
    name: [.short, .long], help: ArgumentHelp("The folder of the new store; empty or new.", valueName: "dir"))
  var output: String

  @Option(help: ArgumentHelp("A store whose runs are left out; may be repeated.", valueName: "store"))
  var without: [String] = []

  var isQuick: Bool { true }

  func runQuickly() throws {
    let console = Console.current
    let opened = try RunStore.openExisting(store.resolved(console).path)
    for notice in opened.notices { console.report(notice) }
    let count = try opened.pack(
      into: output, without: try without.map { try RunStore.openExisting($0) })
    try console.output("packed \(count) records into \(output)/records/runs.jsonl.gz\n")
  }
}
