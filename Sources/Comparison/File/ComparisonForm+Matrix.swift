internal import CurveModel
internal import DocumentFiles
internal import ModelZoo
internal import TrainingEngine

extension ComparisonForm {
  /// The samples of a step where a file names none.
  static let standardBatchSize = 64
  /// The schedule where a file names none.
  static let standardSchedule = ScheduleKind.constant

  /// A product of lists, with zipped, additional and excluded tasks.
  var product: FormShape {
    .mapping(
      axes + [
        FormKey(
          "zip", "Keys that vary together: a list of mappings that all have the same keys.",
          .list(.mapping(axes))),
        FormKey(
          "include",
          "Further tasks: each mapping adds the product once more with its own values in place of others.",
          .list(.mapping(axes))),
        FormKey(
          "exclude",
          "Tasks of the product left out: those that agree with all keys of one of these mappings.",
          .list(.mapping(axes))),
      ])
  }

  /// What a task consists of; each key has a value or a list of values.
  var axes: [FormKey] {
    [
      FormKey(
        "dataset", "The data set, or a folder of photographs by its path, such as ./pets.",
        .axis(.wordOrPath(datasets, noun: "data set", path: "folder of photographs"))),
      FormKey(
        "model", "The model, by the names of --model.",
        .axis(.text(noun: "model's name", examples: ModelSpecification.forms))),
      FormKey(
        "optimizer", "The optimizer: its name, or a mapping of its name and settings.", .axis(optimizer)),
      FormKey(
        "batch-size", "The samples of a step.", .axis(.whole(1...1_000_000)),
        default: .number(Double(Self.standardBatchSize))),
      FormKey(
        "schedule", "How the rate moves: the shape's name, or a mapping of its name and settings.",
        .axis(schedule), default: .string(Self.standardSchedule.rawValue)),
      FormKey("steps", "How many steps a training has.", .axis(.whole(1...100_000_000))),
      FormKey(
        "weight-decay",
        "The weight decay of optimizers without one of their own; else the optimizer's default.",
        .axis(Self.weightDecay)),
    ] + fineTuningAxes
  }

  private static let weightDecay = FormShape.number(NumberLimits(least: 0, most: 1e3))

  private var optimizer: FormShape {
    let name = FormShape.word(OptimizerConfiguration.families, noun: "optimizer")
    return .anyOf([
      name,
      .mapping([
        FormKey("name", "The optimizer.", name, isRequired: true),
        FormKey(
          "momentum", "The momentum, or the share of the gradient's average that a step keeps.",
          .number(.properShare)),
        FormKey("weight-decay", "The weight decay.", Self.weightDecay),
      ]),
    ])
  }

  private var schedule: FormShape {
    let name = FormShape.word(ScheduleKind.allCases.map(\.rawValue), noun: "schedule")
    return .anyOf([
      name,
      .mapping([
        FormKey("name", "The shape.", name, isRequired: true),
        FormKey(
          "final-rate", "The rate after the last step; not of constant and step.",
          .number(NumberLimits(least: 0, most: NumberLimits.rate.most))),
        FormKey(
          "warm-up", "The share of the training in which the rate first rises from 0; not of one-cycle.",
          .number(.properShare), default: .number(0)),
        FormKey(
          "milestones", "Where step divides the rate by ten, in rising shares of the training.",
          .list(.number(.innerShare)), default: .numbers(SchedulePlan.standardMilestones)),
      ]),
    ])
  }
}
