public import CurveModel

/// What strategies are judged on: data set × model × optimizer × batch size × schedule × step budget.
public struct TaskDescription: Hashable, Sendable {
  /// What a learning rate of the task means; a suggestion and the grid it is compared with must have the same role.
  public enum Role: String, Sendable, CaseIterable {
    /// The rate of every step.
    case constant
    /// The highest rate of a schedule that rises and falls, or only falls.
    case peak
  }

  /// The task as one canonical line of JSON: what tells one task from another.
  public let key: String
  /// The labels in the order of the file, for filters and tables.
  public let labels: [JSONValue.Member]
  /// A short name for people.
  public let title: String
  /// The data set.
  public let dataset: String
  /// The family of data sets, the cluster that resampling draws: the data set unless the file says otherwise.
  public let family: String
  /// The model's name.
  public let model: String
  /// The optimizer without its settings, such as `adam`.
  public let optimizer: String
  /// The schedule, such as `one-cycle`.
  public let schedule: String
  /// What its rates mean.
  public let role: Role
  /// Samples of a step; nil where it is not known.
  public let batchSize: Int?
  /// The step budget of a training; nil where it is not known.
  public let steps: Int?

  /// Describes a task.
  public init(
    key: String, labels: [JSONValue.Member], title: String, dataset: String, family: String, model: String,
    optimizer: String, schedule: String, role: Role, batchSize: Int?, steps: Int?
  ) {
    self.key = key
    self.labels = labels
    self.title = title
    self.dataset = dataset
    self.family = family
    self.model = model
    self.optimizer = optimizer
    self.schedule = schedule
    self.role = role
    self.batchSize = batchSize
    self.steps = steps
  }

  /// By the canonical line.
  public static func == (left: Self, right: Self) -> Bool { left.key == right.key }
  /// By the canonical line.
  public func hash(into hasher: inout Hasher) { hasher.combine(key) }
}
