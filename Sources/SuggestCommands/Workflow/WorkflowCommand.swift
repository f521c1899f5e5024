import ArgumentParser

/// `suggest workflow`: range tests and trainings that build on each other, from one file.
struct WorkflowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "workflow",
    abstract: "Run range tests and trainings that build on each other, stage by stage.",
    discussion: """
        suggest workflow run workflows/digits.yaml
        suggest workflow show workflows/digits.yaml
        suggest workflow notebook runs/workflows/digits -o notebooks

      A stage is a suggest record or suggest train, and its keys are that command's options. A training can begin with \
      the weights of an earlier one, and take its rate from a strategy that reads an earlier range test. \
      docs/workflow-files.md describes the file.
      """,
    subcommands: [WorkflowRunCommand.self, WorkflowShowCommand.self, WorkflowNotebookCommand.self])
}
