import ArgumentParser
import Evidence
import ExperimentStore

/// `suggest export outcomes`: the lines that `suggest import outcomes` reads.
struct ExportOutcomesCommand: QuickCommand {
  static let configuration = CommandConfiguration(
    commandName: "outcomes", abstract: "Print every training and range test as a line of JSON.",
    discussion: """
        suggest export outcomes --store datasets/outcomes/quick > quick.jsonl

      suggest import outcomes reads the lines back; docs/outcomes-format.md explains them.
      """)

  @OptionGroup var store: StoreOptions

  var isQuick: Bool { true }

  func runQuickly() throws {
    let console = Console.current
    let opened = try RunStore.openExisting(store.resolved(console).path)
    for notice in opened.notices { console.report(notice) }
    if let problem = opened.problems.first { throw ExportError(description: "\(opened.path)/\(problem)") }
    if let conflict = opened.conflicts.first { throw ExportError(description: "\(conflict)") }
    let plans = try StoredPlans([opened])
    for notice in plans.notices { console.report(notice) }
    // Written in large pieces: a call for each line would take longer than the reading.
    var text = ""
    try opened.forEachRecord { record in
      text += OutcomeLine.text(of: record, isSuggested: plans.isSuggested(record)) + "\n"
      if text.utf8.count > 1 << 18 {
        try console.output(text)
        text = ""
      }
    }
    if !text.isEmpty { try console.output(text) }
  }
}

/// A store that cannot be exported as a whole.
struct ExportError: Error, Equatable, CustomStringConvertible {
  let description: String
}
