import ArgumentParser
import Evidence
import ExperimentStore

/// `suggest import`: takes results of other programs into a store.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Take outcomes and curves of other programs into a store.",
    subcommands: [ImportOutcomesCommand.self])
}

/// `suggest import outcomes`: JSON Lines or CSV.
struct ImportOutcomesCommand: QuickCommand {
  static let configuration = CommandConfiguration(
    commandName: "outcomes",
    abstract: "Import trainings and range tests from JSON Lines, or trainings from CSV.",
    discussion: """
        suggest import outcomes mine.jsonl --store mine
        suggest import outcomes mine.csv --store mine

      A line of JSON is a training or a range test:

        {"kind": "outcome", "task": {"dataset": "letter", "model": "mlp", "optimizer": "adam"}, "learningRate": 0.001, \
      "seed": 0, "status": "finished", "loss": 0.41, "untrainedLoss": 3.3}

      docs/outcomes-format.md explains every member. The whole file is checked before anything is written; importing it \
      again changes nothing.
      """)

  @Argument(help: ArgumentHelp("The file, or - for standard input.", valueName: "file"))
  var file: String

  @OptionGroup var store: StoreOptions

  var isQuick: Bool { true }

  func runQuickly() throws {
    let console = Console.current
    let bytes = file == "-" ? try console.pipedInput() ?? [] : try InputFile.bytes(at: file)
    let content = try OutcomesFile(parsing: bytes, name: file == "-" ? "standard input" : file)
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
