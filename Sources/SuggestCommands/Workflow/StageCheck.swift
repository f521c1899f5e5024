import DatasetKit
import FoundationEssentials
import ModelZoo
import Workflow

/// Finds what is wrong with stages before the first begins.
struct StageCheck {
  let plan: WorkflowPlan
  let console: Console

  /// Loads each stage's data, builds its network and reads its weights; those that an earlier stage will save are taken
  /// from that stage's network as it begins.
  ///
  /// - Throws: ``StageError`` for the first thing that is wrong.
  func check(_ stages: [PlannedStage]) throws {
    var expected: [String: Checkpoint] = [:]
    for stage in stages {
      try blaming(stage) {
        let task = try LoadedTask(stage.training, fineTuning: stage.fineTuning, console: console)
        if case .stage(let earlier) = stage.start {
          let path = plan.folder.weights(of: earlier)
          if let weights = expected[earlier] {
            try task.check(beginningWith: StartingWeights(expected: weights, at: path))
          } else {
            try task.check(beginningWith: StartingWeights(path: path))
          }
        }
        if plan.stages.contains(where: { $0.start == .stage(stage.name) }) {
          expected[stage.name] = try task.expectedCheckpoint()
        }
      }
    }
  }

  /// Makes sure that each stage's data are there, and reads nothing.
  ///
  /// - Throws: ``StageError``
  func checkPresence(_ stages: some Sequence<PlannedStage>) throws {
    for stage in stages {
      try blaming(stage) {
        let (name, option) = (stage.training.dataset, stage.training.dataFolder)
        if Dataset.isFolder(name) {
          guard FileManager.default.fileExists(atPath: name) else {
            throw InputError.missingFolder(path: name)
          }
        } else {
          try Dataset.entry(named: name)
            .find(in: DataFolders(option: option, environment: console.dataVariables))
        }
      }
    }
  }

  private func blaming(_ stage: PlannedStage, _ body: () throws -> Void) throws {
    do {
      try body()
    } catch {
      let command: StageCommand = stage.stage.command
      throw StageError(
        StageBlame(stage: stage.stage).problem(
          for: error, of: command == .record ? RecordCommand.self : TrainCommand.self),
        in: plan.workflow.path, status: ExitStatus(for: error))
    }
  }
}
