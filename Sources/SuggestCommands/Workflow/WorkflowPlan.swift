import Workflow

/// A workflow whose every stage has been parsed by its command.
struct WorkflowPlan: Sendable {
  let workflow: Workflow
  let folder: WorkflowFolder
  let stages: [PlannedStage]

  /// Parses every stage; nothing but the presence of weights is looked up.
  ///
  /// - Throws: ``StageError`` for the first thing that is wrong.
  init(_ workflow: Workflow, _ folder: WorkflowFolder, _ console: Console) throws {
    self.workflow = workflow
    self.folder = folder
    stages = try workflow.stages.indices.map { index in
      try StagePlanner(workflow: workflow, folder: folder, console: console, index: index).planned()
    }
  }

  /// The stages up to one, or all.
  ///
  /// - Throws: ``UsageError``.
  func stages(until name: String?) throws -> ArraySlice<PlannedStage> {
    guard let name else { return stages[...] }
    guard let last = stages.firstIndex(where: { $0.name == name }) else {
      throw UsageError(
        "--until \(name): the stages of \(workflow.name) are \(stages.map(\.name).joined(separator: ", "))")
    }
    return stages[...last]
  }
}
