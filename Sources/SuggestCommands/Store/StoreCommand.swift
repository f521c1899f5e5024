import ArgumentParser

/// `suggest store`: looks after a store of runs.
struct StoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "store",
    abstract: "Check, list, pack or index what comparisons have stored.",
    subcommands: [
      StoreCheckCommand.self, StoreRebuildCommand.self, StoreRecordsCommand.self, StorePackCommand.self,
    ])
}
