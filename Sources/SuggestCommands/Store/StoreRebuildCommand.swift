import ArgumentParser
import CurveModel
import ExperimentStore

/// `suggest store rebuild`: makes the index again.
struct StoreRebuildCommand: QuickCommand {
  static let configuration = CommandConfiguration(
    commandName: "rebuild",
    abstract: "Build the index again from the records.",
    discussion: "The index only saves time; remembered suggestions are computed again when they are needed.")

  @OptionGroup var store: StoreOptions

  var isQuick: Bool { true }

  func runQuickly() throws {
    let console = Console.current
    let path = store.resolved(console).path
    let clock = ContinuousClock()
    let start = clock.now
    let rebuilt = try RunStore.rebuild(path)
    let duration = start.duration(to: clock.now) / .seconds(1)
    for notice in rebuilt.notices { console.report(notice) }
    try console.output(
      "indexed \(rebuilt.summaries.count) runs of \(path) in \(NumberText.fixed(duration, fractionDigits: 2)) s\n"
    )
    for problem in rebuilt.problems { console.report("\(problem)") }
    for conflict in rebuilt.conflicts { console.report("\(conflict)") }
    if !rebuilt.problems.isEmpty || !rebuilt.conflicts.isEmpty { throw ExitStatus.unusableData }
  }
}
