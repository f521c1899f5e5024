import CurveModel
import DatasetKit
import ModelZoo
import TrainingEngine

/// A task, resolved: what to train on what, how.
struct TrainingPlan: Equatable, Sendable {
  let dataset: String
  let model: ModelSpecification
  let optimizer: OptimizerConfiguration
  let batchSize: Int
  let dataFolder: String?

  /// The facts that identify the task, for a curve's header.
  func labels(parameterCount: Int) -> [CurveHeader.Label] {
    [
      .init("dataset", .string(dataset)), .init("model", .string(model.name)),
      .init("optimizer", .string(optimizer.family)),
      .init("optimizerSettings", .string(optimizer.description)),
      .init("batchSize", .number(Double(batchSize))), .init("loss", .string(Loss.crossEntropy.description)),
      .init("parameters", .number(Double(parameterCount))),
    ]
  }

  /// The task's network for the samples of `data`.
  ///
  /// - Throws: `ModelZooError` or `TrainingEngineError` where model and data do not fit.
  func network(for data: Dataset) throws -> Network {
    try model.network(inputShape: data.sampleShape, outputCount: data.classCount)
  }

  /// A fresh training of the task.
  ///
  /// - Throws: `ModelZooError` or `TrainingEngineError` where model and data do not fit.
  func trainer(for data: Dataset, seed: UInt64) throws -> Trainer {
    try Trainer(
      network: network(for: data), loss: .crossEntropy, optimizer: optimizer,
      batchSize: min(batchSize, data.train.count), seed: seed)
  }
}
