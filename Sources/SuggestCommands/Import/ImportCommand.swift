import ArgumentParser
import Evidence

/// `suggest import`: takes results of other programs into a store.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Take outcomes and curves of other programs into a store.",
    subcommands: [ImportOutcomesCommand.self, ImportDeepOBSCommand.self])
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

  @Argument(
    help: ArgumentHelp("The file, packed by gzip or not, or - for standard input.", valueName: "file"))
  var file: String

  @OptionGroup var store: StoreOptions

  var isQuick: Bool { true }

  func runQuickly() throws {
    try ImportRun(file: file, store: store).run { bytes, name in
      try OutcomesFile(parsing: OutcomesFile.unpacked(bytes, name: name), name: name)
    }
  }
}
