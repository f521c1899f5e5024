internal import DatasetKit
internal import ModelZoo
internal import TrainingEngine

/// The data and the network of a task in memory, for any number of its runs.
final class TaskMaterials {
  let task: TaskSpecification
  private let data: Dataset
  private let network: Network
  private let groups: [ResolvedGroup]
  private let start: StartingWeights?
  private let heldOut: [Batch]

  /// Builds a task's network.
  ///
  /// - Parameters:
  ///   - task: the task.
  ///   - data: its data.
  ///   - start: its weights; nil where it begins with random ones.
  /// - Throws: `ModelZooError`, `GroupError` or `TrainingEngineError`.
  init(_ task: TaskSpecification, data: Dataset, start: StartingWeights? = nil) throws {
    self.task = task
    self.data = data
    self.start = start
    let whole = try task.model.network(inputShape: data.sampleShape, outputCount: data.outputCount)
    groups = try task.start?.groupPlan.groups(of: whole) ?? []
    network = try task.model.network(groups, of: whole)
    let count = min(task.evaluation.samples, data.validation.count)
    heldOut = stride(from: 0, to: count, by: task.batchSize).map { start in
      var batch = data.validation.emptyBatch(capacity: task.batchSize)
      data.validation.fill(&batch, with: start..<min(start + task.batchSize, count))
      return batch
    }
  }

  /// A training before its first step, with the weights that the task begins with.
  ///
  /// - Throws: `TrainingEngineError`, or `CheckpointFileError` where the weights do not fit.
  func trainer(seed: UInt64) throws -> Trainer {
    let trainer = try Trainer(
      network: network, loss: task.loss, optimizer: task.optimizer, batchSize: task.batchSize, seed: seed)
    try start?.load(into: trainer, groups: groups, passingOver: task.model.architecture.replacedModules)
    return trainer
  }

  /// The training batches in their order.
  func batches(seed: UInt64) -> ShuffledBatches {
    ShuffledBatches(data.train, batchSize: task.batchSize, seed: seed)
  }

  /// The evaluation of the held-out samples that the task names.
  func evaluate(_ trainer: Trainer) -> Evaluation {
    // There is at least one sample, so there is a mean.
    Evaluation.mean(of: heldOut.map { trainer.evaluate($0) })
      ?? Evaluation(loss: .nan, errorRate: nil, count: 0)
  }
}
