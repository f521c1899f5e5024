import ArgumentParser
import DatasetKit

/// `suggest data check`: whether files are what they should be.
struct DataCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Compare the files of data sets and weights with their checksums.",
    discussion: """
      Ends with 65 where a file is damaged, with 66 where one that is named is missing. Photographs are counted and \
      decoded: partial are some of a whole set, whose results cannot be compared with those of the whole; data show names \
      those that cannot be decoded.
      """)

  @OptionGroup var folder: DataFolderOption

  @Argument(help: "The data sets and weights. (default: all that are here)")
  var names: [String] = []

  func run() throws {
    let console = Console.current
    let places = folder.places
    let items =
      names.isEmpty
      ? FetchItem.all.filter { $0.place(in: places) != nil } : try names.fetchItems()
    var rows: [[String]] = []
    var worst: ExitStatus?
    // Two sets of the same photographs are decoded once.
    var censuses: [String: PhotographCensus] = [:]
    for item in items {
      do {
        try item.check(in: places)
        let place = item.place(in: places) ?? ""
        if case .dataset(let entry) = item, entry.isPhotographs {
          let census =
            try censuses[place] ?? entry.photographCensus(in: places.folders, willRead: console.reportReading)
          censuses[place] = census
          rows.append([item.name] + Self.words(census, place))
        } else {
          rows.append([item.name, "sound", place])
        }
      } catch {
        let status = ExitStatus(for: error)
        rows.append([item.name, status == .missingInput ? "missing" : "damaged", "\(error)"])
        worst = worst == .unusableData ? worst : status
      }
    }
    try console.output(Table.lines(rows).map { $0 + "\n" }.joined())
    if let worst { throw worst }
  }

  private static func words(_ census: PhotographCensus?, _ place: String) -> [String] {
    guard let census else { return ["sound", place] }
    let number = census.isComplete ? "\(census.found)" : "\(census.found) of \(census.expected)"
    let damage =
      census.damaged.first.map { "\(census.damaged.count) cannot be decoded, such as \($0.path)" }
      ?? "all can be decoded"
    return [census.isComplete ? "sound" : "partial", "\(place): \(number) photographs, \(damage)"]
  }
}
