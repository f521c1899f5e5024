import ArgumentParser
import DatasetKit

/// `suggest data check`: whether files are what they should be.
struct DataCheckCommand: QuickCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Compare the files of data sets with their checksums.",
    discussion: "Ends with 65 where a file is damaged, with 66 where one of a named data set is missing.")

  @OptionGroup var folder: DataFolderOption

  @Argument(help: "The data sets. (default: all that are here)")
  var names: [String] = []

  var isQuick: Bool { true }

  func runQuickly() throws {
    let folders = folder.folders
    let entries =
      names.isEmpty ? Dataset.entries.filter { $0.folder(in: folders) != nil } : try names.datasetEntries()
    var rows: [[String]] = []
    var worst: ExitStatus?
    for entry in entries {
      do {
        try entry.check(in: folders)
        rows.append([entry.name, "sound", entry.folder(in: folders) ?? ""])
      } catch {
        let status = ExitStatus(for: error)
        rows.append([entry.name, status == .missingInput ? "missing" : "damaged", "\(error)"])
        worst = worst == .unusableData ? worst : status
      }
    }
    try Console.current.output(Table.lines(rows).map { $0 + "\n" }.joined())
    if let worst { throw worst }
  }
}
