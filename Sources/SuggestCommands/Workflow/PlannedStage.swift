import StrategyKit
import TrainingEngine
import Workflow

/// A stage whose options have been checked, and what it needs of earlier stages.
struct PlannedStage: Sendable {
  /// The weights it begins with.
  enum Start: Equatable, Sendable {
    case random
    case file(String)
    /// Those that an earlier stage saved.
    case stage(String)
  }

  /// Who decides the rate of a training.
  enum Rate: Sendable {
    /// A number, or the stage records.
    case given
    /// A strategy that reads the range test of an earlier stage, for a training of that length.
    case asked(ChosenStrategy, for: IntendedUse, about: String, over: TrainPlan.Length)
  }

  let stage: WorkflowStage
  let start: Start
  let rate: Rate
  /// What is trained; its checkpoint is that of a file only.
  let training: TrainingPlan
  /// How it is fine-tuned; nil where it is trained by one schedule, or recorded.
  let fineTuning: FineTuning?

  var name: String { stage.name }

  /// Options that decide no bit of the results, or that the identity holds as content.
  private static let undecisive = ["threads", "from"]

  /// What decides the results, once the weights and the rate are known.
  func identity(engineVersion: Int, weights: String?, rate: Double?) -> String {
    StageIdentity(
      command: stage.command, engineVersion: engineVersion,
      options: stage.options.filter { !Self.undecisive.contains($0.name) }, weights: weights,
      decidedRate: rate
    ).hash
  }
}

extension WorkflowFolder {
  /// The weights that a stage saved.
  func weights(of stage: String) -> String { file("\(stage).safetensors") }
  /// The curve that a stage recorded.
  func curve(of stage: String) -> String { file("\(stage).jsonl") }
}
