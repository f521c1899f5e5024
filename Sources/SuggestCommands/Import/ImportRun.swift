import Evidence
import ExperimentStore

/// An import from file to message, whatever the form of the file.
struct ImportRun {
  /// The file, or - for standard input.
  let file: String
  /// Where the runs go.
  let store: StoreOptions

  /// Reads and checks the whole file, opens or makes the store, and says what was new.
  func run(_ read: (_ bytes: [UInt8], _ name: String) throws -> OutcomesFile) throws {
    let console = Console.current
    let bytes = file == "-" ? try console.pipedInput() ?? [] : try InputFile.bytes(at: file)
    let content = try read(bytes, file == "-" ? "standard input" : file)
    let path = store.resolved(console).path
    let opened = try RunStore.open(path)
    for notice in opened.notices { console.report(notice) }
    let result = try OutcomesImport(content, into: opened)
    var parts = [
      "\(Quantity.text(result.outcomes, "outcome")) and \(Quantity.text(result.curves, "curve")) imported into \(path)"
    ]
    if result.known > 0 { parts.append("\(result.known) there already") }
    if result.repeated > 0 { parts.append("\(Quantity.text(result.repeated, "repeated line"))") }
    try console.output(parts.joined(separator: ", ") + "\n")
  }
}
