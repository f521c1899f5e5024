import CurveModel
import DatasetKit
import ModelZoo
import TrainingEngine

/// A task with its data and its network in memory; everything that can be wrong with it has been found.
struct LoadedTask: Sendable {
  let plan: TrainingPlan
  let data: Dataset
  /// The network as it is trained first.
  let network: Network
  /// The parameter groups, of fine-tuning those of its first phase; empty where all parameters are treated alike.
  let groups: [ResolvedGroup]
  /// Whether the groups are those of fine-tuning.
  private let isFineTuned: Bool
  /// The weights to begin with; nil begins with random ones.
  let start: StartingWeights?

  /// Loads the data and builds the network.
  ///
  /// - Parameter fineTuning: How the network is fine-tuned, if it is; its groups are then those of the first phase.
  /// - Throws: `DatasetError`, `ModelZooError`, `TrainingEngineError`, `CheckpointFileError`, `GroupError` or ``UsageError``.
  init(_ plan: TrainingPlan, fineTuning: FineTuning? = nil, console: Console) throws {
    self.plan = plan
    isFineTuned = fineTuning != nil
    data = try Dataset.load(
      plan.dataset, from: DataFolders(option: plan.dataFolder, environment: console.dataVariables),
      photographs: plan.photographs ?? PhotographOptions(), willRead: console.reportReading)
    let whole = try plan.model.network(inputShape: data.sampleShape, outputCount: data.outputCount)
    try data.check(whole)
    if let fineTuning {
      let groups = try plan.groups.fineTuningGroups(
        of: whole, standard: plan.model.architecture.fineTuningGroups)
      self.groups = FineTuning.groups(groups, in: fineTuning.phases[0])
    } else {
      groups = try plan.groups.groups(of: whole)
    }
    network = try plan.model.network(groups, of: whole)
    start = try plan.checkpoint.map(StartingWeights.init(path:))
    guard plan.batchSize <= data.train.count else {
      throw UsageError(
        "--batch-size \(plan.batchSize): \(data.name) has \(data.train.count) training samples only")
    }
    reportSkippedFiles(console)
    // Weights that do not fit are found now; the smallest trainer will do.
    if start != nil { _ = try trainer(seed: 0, batchSize: 1) }
  }

  /// The facts that identify the task.
  var labels: [CurveHeader.Label] {
    plan.labels(parameterCount: network.parameterCount)
      + (data.photographVersion.map {
        [.init("photographs", .number(Double(data.sampleCount))), .init("photographVersion", .string($0))]
      } ?? [])
      + (start?.labels ?? []) + (groups.isEmpty ? [] : [.init("groups", .array(groups.map(\.json)))])
  }

  /// How many batches visit the training samples once, at least one; what does not fill a batch is left out.
  var batchesPerEpoch: Int { data.train.count / plan.batchSize }

  /// How often so many steps visit the training samples.
  func epochs(steps: Int) -> Double { Double(steps * plan.batchesPerStep) / Double(batchesPerEpoch) }

  /// What the rate of each group is multiplied by; nil where they are the same.
  var rateFactors: [Double]? { ResolvedGroup.rateFactors(of: groups) }

  /// The same in a range test: of fine-tuning one rate for all, as fastai's `lr_find` sets it.
  var rateFactorsOfRangeTest: [Double]? { isFineTuned ? nil : rateFactors }

  /// Says which files are no samples.
  private func reportSkippedFiles(_ console: Console) {
    guard let first = data.skipped.first else { return }
    let others = data.skipped.count - 1
    console.report(
      "\(first.path) is left out: \(first.reason)"
        + (others > 0
          ? "; and \(Quantity.text(others, "more file")): suggest data show \(plan.dataset) lists them" : ""))
  }

  /// A training before its first step.
  func trainer(seed: UInt64) throws -> Trainer { try trainer(seed: seed, batchSize: plan.batchSize) }

  /// A training that goes on where an earlier one has come, with these groups and a new optimizer.
  func trainer(seed: UInt64, continuing earlier: TrainedState, groups: [ResolvedGroup]) throws -> Trainer {
    let trainer = try trainer(of: plan.model.network(groups, of: network), seed, plan.batchSize)
    try trainer.takeOver(earlier)
    return trainer
  }

  /// The checkpoint that the training will save, but for its values.
  func expectedCheckpoint() throws -> Checkpoint { try trainer(seed: 0, batchSize: 1).checkpoint() }

  /// Makes sure that the network can begin with weights.
  ///
  /// - Throws: `CheckpointFileError`
  func check(beginningWith weights: StartingWeights) throws {
    try load(weights, into: trainer(of: network, 0, 1))
  }

  private func load(_ weights: StartingWeights, into trainer: Trainer) throws {
    try weights.load(into: trainer, groups: groups, passingOver: plan.model.architecture.replacedModules)
  }

  private func trainer(seed: UInt64, batchSize: Int) throws -> Trainer {
    let trainer = try trainer(of: network, seed, batchSize)
    if let start { try load(start, into: trainer) }
    return trainer
  }

  private func trainer(of network: Network, _ seed: UInt64, _ batchSize: Int) throws -> Trainer {
    try Trainer(
      network: network, loss: plan.loss, optimizer: plan.optimizer, batchSize: batchSize, seed: seed,
      largestGradientNorm: plan.largestGradientNorm, execution: plan.execution)
  }

  /// The training batches in their order.
  func batches(seed: UInt64) -> ShuffledBatches {
    ShuffledBatches(data.train, batchSize: plan.batchSize, seed: seed)
  }

  /// The first `count` held-out samples, in batches the trainer can take.
  func heldOut(_ count: Int) -> [Batch] {
    let count = min(count, data.validation.count)
    return stride(from: 0, to: count, by: plan.batchSize).map { start in
      var batch = data.validation.emptyBatch(capacity: plan.batchSize)
      data.validation.fill(&batch, with: start..<min(start + plan.batchSize, count))
      return batch
    }
  }
}
