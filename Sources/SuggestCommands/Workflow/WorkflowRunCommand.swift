import ArgumentParser
import Workflow

/// `suggest workflow run`: does what is missing of a workflow.
struct WorkflowRunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Do the stages of a workflow, those left out that are done and unchanged.",
    discussion: """
        suggest workflow run workflows/digits.yaml --dry-run
        suggest workflow run workflows/digits.yaml --set seed=3 -o runs/seed3

      Every range test is kept as STAGE.jsonl, with its picture and all suggestions beside it; every training as \
      STAGE.safetensors. The same command goes on after an interruption or a change of the file: a stage is done again \
      where its options, the weights it begins with or the rate a strategy gave it have changed, or a file of it is missing.

      Exit codes: 3 where a strategy abstains or a training diverges, 65 where the file is wrong.
      """)

  @OptionGroup var workflow: WorkflowOptions

  @Option(help: ArgumentHelp("The last stage to do. (default: all)", valueName: "stage"))
  var until: String?

  @Flag(help: "List the stages as commands, and whether they are done, and run nothing.")
  var dryRun = false

  func run() async throws {
    let console = Console.current
    let plan = try workflow.plan(console)
    let stages = try plan.stages(until: until)
    if dryRun {
      try StageCheck(plan: plan, console: console).checkPresence(stages)
      try WorkflowListing(plan: plan, console: console).showStates(until: until)
    } else {
      try workflow.prepareStore(console)
      try await WorkflowRun(plan: plan, console: console).run(until: until)
    }
  }
}
