import StrategyKit
import Workflow

/// The stages of a workflow as the commands they stand for.
struct WorkflowListing {
  let plan: WorkflowPlan
  let console: Console

  /// Prints every command behind its stage's name.
  ///
  /// - Throws: `DatasetError`.
  func showCommands() throws {
    let lines = try plan.stages.map { "# \($0.name)\n\(try command($0))\n" }
    try console.output(lines.joined(separator: "\n"))
  }

  /// Prints which stages are done, and why the others are not.
  ///
  /// - Throws: What is wrong with the folder or a curve.
  func showStates(until last: String?) throws {
    var states = StageStates(plan.folder, try plan.folder.journal(of: plan.workflow.name))
    var text = ""
    for stage in try plan.stages(until: last) {
      let (words, rate) =
        switch try states.state(of: stage) {
        case .done: ("is done", nil as Double?)
        case .ready(let preparation, let why):
          ("is to do: \(why)", preparation.rate?.decided)
        case .waiting(let earlier): ("is to do after \(earlier)", nil)
        case .stuck(let why): ("cannot be done: \(why)", nil)
        }
      text += "\(stage.name) \(words)\n  \(try command(stage, rate: rate))\n"
    }
    try console.output(text)
  }

  /// The command; where a strategy is to decide the rate, the call that asks it stands in the rate's place.
  private func command(_ stage: PlannedStage, rate: Double? = nil) throws -> String {
    let words = StageWords(stage: stage.stage, start: stage.start, folder: plan.folder)
    guard rate == nil, case .asked(let strategy, _, let source, _) = stage.rate else {
      return words.command(rate: rate)
    }
    let settings = (stage.stage["set"]?.values ?? []).flatMap { ["--set", $0] }
    let question = ShellWords.text(
      of: ["suggest", "--strategy", strategy.descriptor.name] + settings
        + (try stage.wordsToTell(console)) + ["--format", "value", plan.folder.curve(of: source)])
    return words.command(asking: "\"$(\(question))\"")
  }
}
