import ArgumentParser
import Reporting
import Workflow

/// `suggest workflow notebook`: what a workflow gave, to be read or run.
struct WorkflowNotebookCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notebook",
    abstract: "Write a notebook about a finished workflow, with its outputs, as .ipynb and as Markdown.",
    discussion: """
        suggest workflow notebook runs/workflows/digits -o notebooks

      It shows every stage's command, the range tests with the rates of min10 and steepest and every strategy's answer, \
      the learning curves, and loss, error and time of each stage. Python with pandas and matplotlib runs it again from \
      the tables beside it.
      """)

  @Argument(
    help: ArgumentHelp("The folder of the workflow, as suggest workflow run names it.", valueName: "folder"))
  var folder: String

  @Option(
    name: [.short, .customLong("output")],
    help: ArgumentHelp("The folder for the files; made if it is not there.", valueName: "folder"))
  var output: String

  func run() async throws {
    let console = Console.current
    let story = try StoryTeller(folder: WorkflowFolder(path: folder), console: console).story()
    try OutputFolder.check(output)
    let paths = try await NotebookFolder().write([story.notebook], to: output)
    try console.output("\(paths.joined(separator: ", "))\n")
  }
}
