import ArgumentParser
import CurveModel
import DatasetKit
import TrainingEngine

/// `suggest data show`: one data set.
struct DataShowCommand: QuickCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show what is known about a data set, and what it looks like.")

  @OptionGroup var folder: DataFolderOption

  @Argument(help: "The data set.")
  var name: String

  var isQuick: Bool { true }

  func runQuickly() throws {
    let entry = try Dataset.entry(named: name)
    let folders = folder.folders
    let console = Console.current
    try console.output(lines(Table.lines(facts(of: entry, in: folders), width: console.width)))
    // The facts are known even where the files are not here.
    let preview = try DatasetPreview(of: entry, in: folders)
    let balance = classes(of: entry, preview)
    if !balance.isEmpty { try console.output("\n" + lines(Table.lines(balance))) }
    let look = preview.picture + preview.lines.map { cut($0, to: console.width) }
    try console.output("\n" + lines(look))
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
      ["licence", entry.licence], ["from", entry.sourceDescription],
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

  private func lines(_ lines: [String]) -> String { lines.map { $0 + "\n" }.joined() }

  private func cut(_ line: String, to width: Int) -> String {
    line.count > width ? line.prefix(max(width - 2, 0)) + " …" : line
  }
}
