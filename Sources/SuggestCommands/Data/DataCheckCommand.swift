import ArgumentParser
import DatasetKit

/// `suggest data check`: whether files are what they should be.
struct DataCheckCommand: QuickCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Compare the files of data sets and weights with their checksums.",
    discussion: """
      Ends with 65 where a file is damaged, with 66 where one that is named is missing. Photographs have to be there; \
      data show decodes them.
      """)

  @OptionGroup var folder: DataFolderOption

  @Argument(help: "The data sets and weights. (default: all that are here)")
  var names: [String] = []

  var isQuick: Bool { true }

  func runQuickly() throws {
    let places = folder.places
    let items =
      names.isEmpty
      ? FetchItem.all.filter { $0.place(in: places) != nil } : try names.fetchItems()
    var rows: [[String]] = []
    var worst: ExitStatus?
    for item in items {
      do {
        try item.check(in: places)
        rows.append([item.name, "sound", item.place(in: places) ?? ""])
      } catch {
        let status = ExitStatus(for: error)
        rows.append([item.name, status == .missingInput ? "missing" : "damaged", "\(error)"])
        worst = worst == .unusableData ? worst : status
      }
    }
    try Console.current.output(Table.lines(rows).map { $0 + "\n" }.joined())
    if let worst { throw worst }
  }
}
