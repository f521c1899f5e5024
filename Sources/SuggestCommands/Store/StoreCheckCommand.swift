import ArgumentParser
import ExperimentStore

/// `suggest store check`: reads every line.
struct StoreCheckCommand: QuickCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Read every record and compare the index with them.",
    discussion: """
      Prints what the store holds, and everything that is wrong with it. Ends with 0 if nothing is, else with 65.
      A file that ends within a line was left by a crash, or is being written; that is no damage.
      """)

  @OptionGroup var store: StoreOptions

  var isQuick: Bool { true }

  func runQuickly() throws {
    let console = Console.current
    let path = store.resolved(console).path
    let check = try StoreCheck(of: path)
    let counts = [
      ("runs", check.runs), ("curves", check.curves), ("finished", check.finished),
      ("diverged", check.diverged), ("without status", check.others), ("repeated records", check.duplicates),
      ("incidents", check.incidents), ("comparisons", check.comparisons),
      ("unfinished lines", check.unfinishedFiles.count),
      ("problems", check.problems.count),
    ]
    try console.output(Table.lines(counts.map { [$0.0, "\($0.1)"] }).joined(separator: "\n") + "\n")
    for problem in check.problems { console.report(problem) }
    if !check.isClean { throw ExitStatus.unusableData }
  }
}
