import ArgumentParser
import Evidence

/// `suggest import deepobs`: the published table of DeepOBS baselines.
struct ImportDeepOBSCommand: QuickCommand {
  static let configuration = CommandConfiguration(
    commandName: "deepobs",
    abstract: "Import the table of DeepOBS baselines: 24 tasks, each trained at 36 rates.",
    discussion: """
        suggest import deepobs deepobs-outcomes.jsonl.gz --store deepobs
        suggest score --outcome loss --oracle plugin deepobs

      The table holds test losses where validation losses would be right, one seed at most rates, and no range tests: it \
      scores constants and grids, not strategies.
      """)

  @Argument(help: ArgumentHelp("The file, packed or not, or - for standard input.", valueName: "file"))
  var file: String

  @OptionGroup var store: StoreOptions

  var isQuick: Bool { true }

  func runQuickly() throws {
    try ImportRun(file: file, store: store).run { bytes, name in
      try OutcomesFile(deepOBS: bytes, name: name)
    }
  }
}
