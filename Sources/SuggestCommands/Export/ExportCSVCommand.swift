import ArgumentParser
import CurveModel
import Evidence
import ExperimentStore
import Glibc
import Scoring

/// `suggest export csv`: tidy tables with a data dictionary.
struct ExportCSVCommand: QuickCommand {
  static let configuration = CommandConfiguration(
    commandName: "csv",
    abstract: "Write tasks, runs, range tests, curves, suggestions and scores as CSV files.",
    discussion: """
        suggest export csv datasets/outcomes/quick -o tables
        suggest export csv --strategy steepest --strategy fastai-valley -o tables

      README.md beside the files explains every column.
      """)

  @OptionGroup var options: ScoreOptions

  @Option(
    name: [.short, .customLong("output")],
    help: ArgumentHelp("The folder for the files.", valueName: "folder"))
  var output: String

  var isQuick: Bool { true }

  func runQuickly() throws {
    let console = Console.current
    let evidence = try options.evidence(console)
    let files = EvidenceExport(evidence, try sheets(of: evidence, console)).tables
      .map { (name: $0.name, text: $0.text) }
    guard mkdir(output, 0o777) == 0 || errno == EEXIST else {
      throw DestinationError(path: output, reason: String(cString: strerror(errno)))
    }
    for file in files + [(name: "README.md", text: EvidenceExport.dictionary)] {
      try Self.write(Array(file.text.utf8), to: "\(output)/\(file.name)")
    }
    try console.output(
      "\(files.map(\.name).joined(separator: ", ")) and README.md written to \(output)\n")
  }

  /// The scores; tables without any are worth writing too.
  private func sheets(of evidence: StoreEvidence, _ console: Console) throws -> [ScoreSheet] {
    do {
      return try options.sections(of: evidence, console).map(\.sheet)
    } catch  where error is ScoringError || options.rangeTest == nil {
      console.report("there are no scores: \(error)")
      return []
    }
  }

  /// Writes beside and renames, so that a file is there as a whole or not at all.
  private static func write(_ bytes: [UInt8], to path: String) throws {
    try Destination.check(path)
    let temporary = "\(path).\(getpid()).partial"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      throw DestinationError(path: path, reason: String(cString: strerror(errno)))
    }
    var failure = writeAll(bytes, to: descriptor)
    if close(descriptor) != 0, failure == 0 { failure = errno }
    if failure == 0, rename(temporary, path) != 0 { failure = errno }
    guard failure == 0 else {
      unlink(temporary)
      throw StoreError.cannotWrite(path: path, reason: String(cString: strerror(failure)))
    }
  }
}

extension StrategyOptions {
  /// The settings typed for one strategy, sorted by name, each name's last.
  func settings(of strategy: String) -> [String] {
    var found: [(key: Substring, text: String)] = []
    for text in set where text.hasPrefix(strategy + ".") {
      let setting = text.dropFirst(strategy.count + 1)
      guard let equals = setting.firstIndex(of: "="), !setting[..<equals].contains(".") else { continue }
      found.removeAll { $0.key == setting[..<equals] }
      found.append((setting[..<equals], String(setting)))
    }
    return found.map(\.text).sorted()
  }
}
