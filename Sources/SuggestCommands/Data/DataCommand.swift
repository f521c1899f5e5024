import ArgumentParser
import DatasetKit

/// `suggest data`: the data sets, where they are, and getting them.
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data",
    abstract: "List, fetch, check and show the data sets; fetch published weights.",
    discussion: """
        suggest data list
        suggest data fetch letter california
        suggest data fetch efficientnet-lite0
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
  var places: FetchPlaces { FetchPlaces(environment: Console.current.dataVariables, option: data) }
}
