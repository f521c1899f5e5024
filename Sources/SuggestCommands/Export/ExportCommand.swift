import ArgumentParser

/// `suggest export`: results in forms that other programs read.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write stored results in forms that other programs read.",
    subcommands: [ExportOutcomesCommand.self, ExportCSVCommand.self, ExportNotebookCommand.self])
}
