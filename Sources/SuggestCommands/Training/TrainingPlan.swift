import CurveModel
import DatasetKit
import ModelZoo
import TrainingEngine

/// A task, resolved: what to train on what, how.
struct TrainingPlan: Equatable, Sendable {
  let dataset: String
  let model: ModelSpecification
  let optimizer: OptimizerConfiguration
  /// The samples of a batch.
  let batchSize: Int
  /// How many batches a step accumulates.
  let batchesPerStep: Int
  let loss: Loss
  /// Where gradients are clipped; nil uses them as they are.
  let largestGradientNorm: Double?
  let groups: GroupPlan
  /// The checkpoint to begin with; nil begins with random weights.
  var checkpoint: String?
  let execution: Execution
  let dataFolder: String?
  /// How photographs become samples; nil of other data.
  let photographs: PhotographOptions?

  /// The facts that identify the task; those that most trainings do without only where they have them.
  func labels(parameterCount: Int) -> [CurveHeader.Label] {
    [
      .init("dataset", .string(Dataset.isFolder(dataset) ? Dataset.folderName(dataset) : dataset)),
      .init("model", .string(model.name)),
      .init("optimizer", .string(optimizer.family)),
      .init("optimizerSettings", .string(optimizer.description)),
      .init("batchSize", .number(Double(batchSize))), .init("loss", .string(loss.description)),
      .init("parameters", .number(Double(parameterCount))),
    ]
      + (batchesPerStep > 1 ? [.init("batchesPerStep", .number(Double(batchesPerStep)))] : [])
      + (photographs?.taskLabels ?? [])
      + (largestGradientNorm.map { [.init("clipNorm", .number($0))] } ?? [])
  }
}
