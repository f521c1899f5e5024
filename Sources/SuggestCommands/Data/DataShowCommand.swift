import ArgumentParser
import CurveModel
import DatasetKit
import TrainingEngine

/// `suggest data show`: one data set.
struct DataShowCommand: QuickCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show what is known about a data set, and what it looks like.",
    discussion: """
        suggest data show letter
        suggest data show pets --sheet sheet.jpg
        suggest data show ./photographs --labels folder --sheet batch.jpg --train --count 9
      """)

  @OptionGroup var folder: DataFolderOption
  @OptionGroup var photographs: PhotographInputOptions

  @Option(
    help: ArgumentHelp(
      "Draw photographs with the names of their classes into a JPEG file.", valueName: "file"))
  var sheet: String?

  @Option(help: "How many photographs are on the sheet. (default: 16)")
  var count: Int?

  @Flag(help: "Draw the first batch of a training, as training sees it, and not held-out photographs.")
  var train = false

  @Argument(help: "The data set, or the path of a folder of photographs, which has a slash.")
  var name: String

  /// Photographs are decoded on all cores.
  var isQuick: Bool { (try? Dataset.isPhotographs(name)) != true }

  func runQuickly() throws {
    let isPhotographs = try Dataset.isPhotographs(name)
    try photographs.check(dataset: name)
    let sheet = try sheetPlan(isPhotographs: isPhotographs)
    let folders = folder.places.folders
    let console = Console.current
    if isPhotographs {
      try PhotographListing(name: name, folders: folders, options: photographs.options()).show(
        on: console, sheet: sheet)
      return
    }
    let entry = try Dataset.entry(named: name)
    try console.output(Table.text(facts(of: entry, in: folders), width: console.width))
    // The facts are known even where the files are not here.
    let preview = try DatasetPreview(of: entry, in: folders)
    let balance = classes(of: entry, preview)
    if !balance.isEmpty { try console.output("\n" + Table.text(balance)) }
    let look = preview.picture + preview.lines.map { cut($0, to: console.width) }
    try console.output("\n" + look.map { $0 + "\n" }.joined())
  }

  /// What is to be drawn; nil draws nothing.
  private func sheetPlan(isPhotographs: Bool) throws -> SheetPlan? {
    let typed = [sheet.map { _ in "--sheet" }, count.map { _ in "--count" }, train ? "--train" : nil]
    if let option = typed.compactMap(\.self).first, !isPhotographs {
      throw UsageError("\(option): \(name) is no data set of photographs; leave \(option) out")
    }
    guard let sheet else {
      guard let option = typed.compactMap(\.self).first else { return nil }
      throw UsageError("\(option): it is for --sheet FILE; add that, or leave \(option) out")
    }
    return try SheetPlan(path: sheet, count: count ?? 16, isTraining: train, side: photographs.options().side)
  }

  private func facts(of entry: DatasetEntry, in folders: DataFolders) -> [[String]] {
    let outputs =
      switch entry.kind {
      case .classification: "\(entry.outputCount) classes"
      case .regression: "a number; its logarithm is learned, standardised"
      case .text: "the next of \(entry.outputCount) characters, at every place"
      }
    return [
      ["name", entry.name], ["data", entry.summary], ["family", entry.family],
      ["samples", "\(entry.trainCount) to train, \(entry.validationCount) to validate"],
      ["inputs", "\(entry.sampleShape)"], ["outputs", outputs], ["origin", entry.origin],
      ["licence", entry.licence], ["from", entry.source.description],
      ["files", entry.folder(in: folders) ?? "not here: suggest data fetch \(entry.name)"],
      ["version", entry.version],
    ]
  }

  private func classes(of entry: DatasetEntry, _ preview: DatasetPreview) -> [[String]] {
    preview.classCounts.enumerated().map { number, count in
      let name = number < entry.classNames.count ? entry.classNames[number] : ""
      let share = NumberText.fixed(100 * Double(count) / Double(entry.sampleCount), fractionDigits: 2)
      return ["class \(number)", name, "\(count)", "\(share) %"]
    }
  }

  private func cut(_ line: String, to width: Int) -> String {
    line.count > width ? line.prefix(max(width - 2, 0)) + " …" : line
  }
}

extension Table {
  /// The rows as text, every line with its end.
  static func text(_ rows: [[String]], width: Int? = nil) -> String {
    lines(rows, width: width).map { $0 + "\n" }.joined()
  }
}
