import ArgumentParser
import ExperimentStore

/// `suggest store records`: prints them.
struct StoreRecordsCommand: QuickCommand {
  static let configuration = CommandConfiguration(
    commandName: "records",
    abstract: "Print every run's record, one JSON line each, in the order of the identities.",
    discussion: """
      With --canonical without what was measured (times, memory, host): two stores of the same runs print the same.

        suggest store records --canonical | sha256sum
      """)

  enum Kind: String, ExpressibleByArgument, CaseIterable { case curve, outcome }

  @OptionGroup var store: StoreOptions

  @Flag(help: "Leave out what may differ between two honest runs of the same thing.")
  var canonical = false

  @Option(help: "Only range tests (curve) or only trainings (outcome).")
  var kind: Kind?

  var isQuick: Bool { true }

  func runQuickly() throws {
    let console = Console.current
    let opened = try RunStore.openExisting(store.resolved(console).path)
    for notice in opened.notices { console.report(notice) }
    // Written in large pieces: a call for each line would take longer than the reading.
    var text = ""
    try opened.forEachRecord(kind: kind.flatMap { RunRecord.Kind(rawValue: $0.rawValue) }) { record in
      text += (canonical ? record.canonicalLine : record.line) + "\n"
      if text.utf8.count > 1 << 18 {
        try console.output(text)
        text = ""
      }
    }
    if !text.isEmpty { try console.output(text) }
    for problem in opened.problems { console.report("\(problem)") }
    for conflict in opened.conflicts { console.report("\(conflict)") }
    if !opened.problems.isEmpty || !opened.conflicts.isEmpty { throw ExitStatus.unusableData }
  }
}
