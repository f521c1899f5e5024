public import DatasetKit
internal import ModelZoo
internal import TrainingEngine

/// How long the runs of a task take on this machine, measured on a few steps.
public struct CostEstimate: Sendable, Equatable {
  /// Seconds of one training step.
  public let step: Double
  /// Seconds of one evaluation of the held-out samples.
  public let evaluation: Double

  /// Seconds of a run.
  public func seconds(of run: RunSpecification) -> Double {
    switch run.work {
    case .rangeTest(let settings): step * Double(settings.iterations)
    case .training: trainingSeconds(of: run.task)
    }
  }

  /// Seconds of a training of a task: its steps and evaluations, the one before the first step included.
  public func trainingSeconds(of task: TaskSpecification) -> Double {
    step * Double(task.steps) + evaluation * Double(task.evaluation.steps(of: task.steps).count + 1)
  }
}

/// Measures what the runs of tasks cost; tasks that differ in schedule and length only are measured once.
public final class CostMeter {
  private let cache: MaterialsCache
  private var known: [Work: CostEstimate] = [:]
  private static let sampleTime = Duration.milliseconds(150)
  private static let mostSteps = 50

  private struct Work: Hashable {
    let dataset: String
    let model: String
    let optimizer: String
    let batchSize: Int
    let evaluationSamples: Int
    let start: TaskStart?
    let photographs: TaskPhotographs?
  }

  /// Measures on data and weights of these folders.
  public init(folders: DataFolders, weights: WeightFolders = WeightFolders()) {
    cache = MaterialsCache(folders, weights: weights)
  }

  /// What the runs of a task cost.
  ///
  /// - Throws: where data or network cannot be had.
  public func estimate(of task: TaskSpecification) throws -> CostEstimate {
    let work = Work(
      dataset: task.dataset, model: task.model.name, optimizer: task.optimizer.family,
      batchSize: task.batchSize, evaluationSamples: task.evaluation.samples,
      start: task.start, photographs: task.photographs)
    if let estimate = known[work] { return estimate }
    let materials = try cache.materials(of: task)
    let trainer = try materials.trainer(seed: 0)
    let loop = { (steps: Int) in
      TrainingLoop(steps: steps, learningRate: task.schedule.learningRate(1e-6))
        .run(trainer, batches: materials.batches(seed: 0)) { _, _, _ in }
    }
    // The first step fetches memory and code.
    _ = loop(1)
    var steps = 0
    var time = Duration.zero
    while time < Self.sampleTime, steps < Self.mostSteps {
      let count = max(steps, 1)
      time += ContinuousClock().measure { _ = loop(count) }
      steps += count
    }
    let evaluation = ContinuousClock().measure { _ = materials.evaluate(trainer) }
    let estimate = CostEstimate(
      step: time / .seconds(1) / Double(steps), evaluation: evaluation / .seconds(1))
    known[work] = estimate
    return estimate
  }
}
