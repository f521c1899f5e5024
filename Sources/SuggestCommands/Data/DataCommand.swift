import ArgumentParser
import DatasetKit

/// `suggest data`: the data sets, where they are, and getting them.
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data",
    abstract: "List, fetch, check and show the data sets.",
    discussion: """
        suggest data list
        suggest data fetch letter california
        suggest data show letter
      """,
    subcommands: [
      DataListCommand.self, DataFetchCommand.self, DataCheckCommand.self, DataShowCommand.self,
    ],
    defaultSubcommand: DataListCommand.self)
}

/// Where data sets are looked for, as typed.
struct DataFolderOption: ParsableArguments {
  @Option(help: ArgumentHelp("The folder of data sets, instead of all the usual ones.", valueName: "folder"))
  var data: String?

  /// The folders to look in.
  var folders: DataFolders { DataFolders(option: data, environment: Console.current.dataVariables) }
}

extension [String] {
  /// The data sets of these names.
  ///
  /// - Throws: `DatasetError.unknownDataset`
  func datasetEntries() throws(DatasetError) -> [DatasetEntry] {
    var entries: [DatasetEntry] = []
    for name in self {
      let entry = try Dataset.entry(named: name)
      if !entries.contains(entry) { entries.append(entry) }
    }
    return entries
  }
}
