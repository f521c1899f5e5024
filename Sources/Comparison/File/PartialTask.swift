internal import DocumentFiles
internal import ModelZoo
internal import TrainingEngine

/// A value with the place where the file names it.
struct Placed<Value: Sendable>: Sendable {
  let value: Value
  let position: FilePosition
}

/// An optimizer as the file names it.
struct OptimizerChoice: Hashable, Sendable {
  let standard: OptimizerConfiguration
  let momentum: Double?
  let weightDecay: Double?

  /// The optimizer with its own weight decay, else the matrix's, else its default.
  func configuration(weightDecay matrix: Double?) -> OptimizerConfiguration {
    standard.replacing(momentum: momentum, weightDecay: weightDecay ?? matrix)
  }
}

/// A schedule as the file names it, with the settings that it names.
struct ScheduleChoice: Hashable, Sendable {
  let plan: SchedulePlan
  let settings: [String]
}

/// What a part of a matrix says of tasks: nil where it says nothing.
struct PartialTask: Sendable {
  var datasets: [Placed<DatasetChoice>]?
  var models: [Placed<ModelSpecification>]?
  var optimizers: [Placed<OptimizerChoice>]?
  var batchSizes: [Placed<Int>]?
  var schedules: [Placed<ScheduleChoice>]?
  var steps: [Placed<Int>]?
  var weightDecays: [Placed<Double>]?
  var froms: [Placed<FromChoice>]?
  var fresh: [Placed<[String]>]?
  var frozen: [Placed<[String]>]?
  var photographs: [Placed<PhotographChoice>]?

  /// This, with everything that `other` says in its place.
  func replacing(with other: PartialTask) -> PartialTask {
    PartialTask(
      datasets: other.datasets ?? datasets, models: other.models ?? models,
      optimizers: other.optimizers ?? optimizers, batchSizes: other.batchSizes ?? batchSizes,
      schedules: other.schedules ?? schedules, steps: other.steps ?? steps,
      weightDecays: other.weightDecays ?? weightDecays, froms: other.froms ?? froms,
      fresh: other.fresh ?? fresh, frozen: other.frozen ?? frozen,
      photographs: other.photographs ?? photographs)
  }

  /// How many tasks the product has; nil where that is beyond numbers.
  var count: Int? {
    let counts = [
      datasets?.count, models?.count, optimizers?.count, batchSizes?.count, schedules?.count, steps?.count,
      weightDecays?.count, froms?.count, fresh?.count, frozen?.count, photographs?.count,
    ]
    var product = 1
    for count in counts {
      let (result, overflows) = product.multipliedReportingOverflow(by: count ?? 1)
      guard !overflows else { return nil }
      product = result
    }
    return product
  }

  /// Whether every key that this names agrees with the task.
  func matches(_ task: TaskSpecification) -> Bool {
    agrees(datasets) { $0.name == task.dataset } && agrees(models) { $0 == task.model }
      && agrees(optimizers) { Self.agrees($0, task.optimizer) }
      && agrees(batchSizes) { $0 == task.batchSize } && agrees(schedules) { Self.agrees($0, task.schedule) }
      && agrees(steps) { $0 == task.steps } && agrees(weightDecays) { $0 == task.optimizer.weightDecay }
      && agrees(froms) { $0.agrees(with: task.start) } && agrees(fresh) { $0 == task.start?.fresh }
      && agrees(frozen) { $0 == task.start?.frozen } && agrees(photographs) { $0.agrees(with: task) }
  }

  private func agrees<Value>(_ values: [Placed<Value>]?, _ isTasks: (Value) -> Bool) -> Bool {
    values?.contains { isTasks($0.value) } ?? true
  }

  private static func agrees(_ choice: OptimizerChoice, _ optimizer: OptimizerConfiguration) -> Bool {
    choice.standard.family == optimizer.family
      && (choice.momentum ?? optimizer.momentum) == optimizer.momentum
      && (choice.weightDecay ?? optimizer.weightDecay) == optimizer.weightDecay
  }

  private static func agrees(_ choice: ScheduleChoice, _ plan: SchedulePlan) -> Bool {
    choice.settings.isEmpty ? choice.plan.kind == plan.kind : choice.plan == plan
  }
}
