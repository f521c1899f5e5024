/// What a training's losses and rates were, step by step, and how the network did in between; a plain value.
public struct LearningCurve: Sendable, Equatable {
  /// One step.
  public struct Step: Sendable, Equatable {
    /// Its number, from 1.
    public var number: Int
    /// How often the training samples had been visited after it.
    public var epoch: Double
    /// The learning rate, before any group's factor.
    public var learningRate: Double
    /// The loss of its batch, before its update; it may be infinite or not a number.
    public var loss: Double

    /// One step.
    public init(number: Int, epoch: Double, learningRate: Double, loss: Double) {
      self.number = number
      self.epoch = epoch
      self.learningRate = learningRate
      self.loss = loss
    }
  }

  /// A look at the network between two steps.
  public struct Evaluation: Sendable, Equatable {
    /// How many steps had been taken.
    public var step: Int
    /// How often the training samples had been visited.
    public var epoch: Double
    /// The mean loss of all held-out samples.
    public var loss: Double
    /// The share of wrong classes among them, in 0...1; nil where nothing is classified.
    public var errorRate: Double?

    /// A look at the network.
    public init(step: Int, epoch: Double, loss: Double, errorRate: Double? = nil) {
      self.step = step
      self.epoch = epoch
      self.loss = loss
      self.errorRate = errorRate
    }
  }

  /// A part of the training that has a name of its own.
  public struct Phase: Sendable, Equatable {
    /// What it is called.
    public var name: String
    /// The number of its first step.
    public var firstStep: Int

    /// A part of the training.
    public init(name: String, firstStep: Int) {
      self.name = name
      self.firstStep = firstStep
    }
  }

  /// The headline.
  public var title: String
  /// A second, quieter line beneath the headline.
  public var subtitle: String?
  /// The steps in their order.
  public var steps: [Step]
  /// A smoothed loss for each of the first steps; empty where none are to be drawn.
  public var smoothed: [Double]
  /// The looks at the network, in their order; at most one after each step.
  public var evaluations: [Evaluation]
  /// The parts of the training in their order; empty where it has one without a name.
  public var phases: [Phase]

  /// Collects a learning curve.
  public init(
    title: String, subtitle: String? = nil, steps: [Step], smoothed: [Double] = [], evaluations: [Evaluation],
    phases: [Phase] = []
  ) {
    self.title = title
    self.subtitle = subtitle
    self.steps = steps
    self.smoothed = smoothed
    self.evaluations = evaluations
    self.phases = phases
  }

  /// Whether the network classifies, so that there are error rates.
  var hasErrors: Bool { evaluations.contains { $0.errorRate != nil } }

  /// The number of the last step; 0 without steps.
  var lastStep: Int { max(steps.last?.number ?? 0, evaluations.last?.step ?? 0) }
}
