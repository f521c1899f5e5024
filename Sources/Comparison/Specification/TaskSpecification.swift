public import CurveModel
internal import DatasetKit
public import ModelZoo
public import StrategyKit
public import TrainingEngine

/// What is trained, apart from learning rate and seed: the unit that strategies are judged on.
///
/// Data set × model × optimizer with its settings × batch size × schedule × step budget, and how it is evaluated.
public struct TaskSpecification: Hashable, Sendable {
  /// The data set's name.
  public let dataset: String
  /// The SHA-256 hash of the data set's files, as the registry states it, or with ``photographs`` what tells the
  /// photographs that are here from others: other data are another task.
  public let dataVersion: String
  /// The model.
  public let model: ModelSpecification
  /// The optimizer with all settings but the rate.
  public let optimizer: OptimizerConfiguration
  /// The samples of a step.
  public let batchSize: Int
  /// What training minimises.
  public let loss: Loss
  /// How the rate moves.
  public let schedule: SchedulePlan
  /// How many steps a training has.
  public let steps: Int
  /// When and on what the network is evaluated.
  public let evaluation: EvaluationPlan
  /// The weights that a training begins with; nil begins with random ones.
  public let start: TaskStart?
  /// How photographs become samples; nil of other data, and of a registered set's as it is.
  public let photographs: TaskPhotographs?

  /// Describes a task.
  public init(
    dataset: String, dataVersion: String, model: ModelSpecification, optimizer: OptimizerConfiguration,
    batchSize: Int, loss: Loss, schedule: SchedulePlan, steps: Int, evaluation: EvaluationPlan,
    start: TaskStart? = nil, photographs: TaskPhotographs? = nil
  ) {
    self.dataset = dataset
    self.dataVersion = dataVersion
    self.model = model
    self.optimizer = optimizer
    self.batchSize = batchSize
    self.loss = loss
    self.schedule = schedule
    self.steps = steps
    self.evaluation = evaluation
    self.start = start
    self.photographs = photographs
  }

  /// The task as the object that identifies it in records: strings and numbers only, always in this order.
  public var labels: [JSONValue.Member] {
    [
      .init("dataset", .string(dataset)), .init("dataVersion", .string(dataVersion)),
      .init("model", .string(model.name)), .init("optimizer", .string(optimizer.family)),
      .init("optimizerSettings", .string(optimizer.description)),
      .init("batchSize", .number(Double(batchSize))), .init("loss", .string(loss.description)),
      .init("schedule", .string(schedule.description)), .init("steps", .number(Double(steps))),
      .init("evaluations", .number(Double(evaluation.count))),
      .init("evaluationSamples", .number(Double(evaluation.samples))),
      .init("averagedEvaluations", .number(Double(evaluation.averaged))),
    ] + ownLabels
  }

  /// What only tasks with weights to begin with, or with photographs of their own choices, have.
  private var ownLabels: [JSONValue.Member] {
    (start?.labels ?? []) + (photographs?.options.taskLabels ?? [])
  }

  /// A short name for people: data set, model, optimizer, batch size, schedule, steps; then how it begins and what it
  /// makes of photographs.
  public var title: String {
    ([
      dataset, model.name, optimizer.family, "\(batchSize)", schedule.description, "\(steps)",
    ] + TaskTitle.words(for: ownLabels)).joined(separator: " ")
  }

  /// What the rate is used for, in the words of strategies.
  public var use: IntendedUse { start == nil ? schedule.use : .fineTuning }
}

/// When and on what a network is evaluated during a training: a grid fixed beforehand, the same for all rates.
public struct EvaluationPlan: Hashable, Sendable {
  /// How many evaluations there are, at equal distances; the last after the last step.
  public let count: Int
  /// How many held-out samples each takes, the first of the validation set; all where it has fewer.
  public let samples: Int
  /// The final loss is the mean of so many last evaluations.
  public let averaged: Int

  /// Describes evaluations.
  public init(count: Int = 10, samples: Int = 2000, averaged: Int = 3) {
    precondition(
      count > 0 && samples > 0 && (1...count).contains(averaged), "an evaluation plan needs evaluations")
    self.count = count
    self.samples = samples
    self.averaged = averaged
  }

  /// After how many steps each evaluation comes, rising, at most one a step.
  public func steps(of total: Int) -> [Int] {
    var steps: [Int] = []
    for number in 1...count {
      let step = (total * number + count - 1) / count
      if step != steps.last { steps.append(step) }
    }
    return steps
  }
}
