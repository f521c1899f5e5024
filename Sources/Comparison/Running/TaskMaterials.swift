internal import DatasetKit
internal import ModelZoo
internal import TrainingEngine

/// The data and the network of a task in memory, for any number of its runs.
final class TaskMaterials {
  let task: TaskSpecification
  private let data: Dataset
  private let network: Network
  private let heldOut: [Batch]

  /// Loads what a task needs.
  ///
  /// - Throws: `DatasetError`, `ModelZooError` or `TrainingEngineError`.
  init(_ task: TaskSpecification, data: Dataset) throws {
    self.task = task
    self.data = data
    network = try task.model.network(inputShape: data.sampleShape, outputCount: data.outputCount)
    let count = min(task.evaluation.samples, data.validation.count)
    heldOut = stride(from: 0, to: count, by: task.batchSize).map { start in
      var batch = data.validation.emptyBatch(capacity: task.batchSize)
      data.validation.fill(&batch, with: start..<min(start + task.batchSize, count))
      return batch
    }
  }

  /// A training before its first step.
  func trainer(seed: UInt64) throws -> Trainer {
    try Trainer(
      network: network, loss: task.loss, optimizer: task.optimizer, batchSize: task.batchSize, seed: seed)
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

/// The materials of tasks, kept for the next run: runs of one task come one after the other.
final class MaterialsCache {
  private let folders: DataFolders
  private var datasets: [String: Dataset] = [:]
  private var latest: TaskMaterials?

  init(_ folders: DataFolders) { self.folders = folders }

  /// The materials of a task.
  ///
  /// - Throws: what loading throws.
  func materials(of task: TaskSpecification) throws -> TaskMaterials {
    if let latest, latest.task == task { return latest }
    // Photographs become the inputs that the model's weights are used to.
    let scaling = task.model.architecture.normalization
    let key = try task.dataset + (Dataset.isPhotographs(task.dataset) ? " \(scaling)" : "")
    let data =
      try datasets[key]
      ?? Dataset.load(task.dataset, from: folders, photographs: PhotographOptions(scaling: scaling))
    datasets[key] = data
    let materials = try TaskMaterials(task, data: data)
    latest = materials
    return materials
  }
}
