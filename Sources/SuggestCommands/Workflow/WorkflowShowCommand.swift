import ArgumentParser
import Workflow

/// `suggest workflow show`: the stages as the commands they stand for.
struct WorkflowShowCommand: QuickCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Print the stages of a workflow as the commands they stand for.",
    discussion: """
        suggest workflow show workflows/digits.yaml
        suggest workflow show workflows/digits.yaml --set seed=3
      """)

  @OptionGroup var workflow: WorkflowOptions

  var isQuick: Bool { true }

  func runQuickly() throws {
    let console = Console.current
    try WorkflowListing(plan: try workflow.plan(console), console: console).showCommands()
  }
}
