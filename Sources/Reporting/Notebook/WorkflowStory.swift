public import CurveModel

/// What a finished workflow did and gave, as its notebook tells it.
public struct WorkflowStory: Sendable {
  /// The workflow's name, which the notebook's files have too.
  public var name: String
  /// What was trained on what: a word and a value each.
  public var facts: [(word: String, value: String)]
  /// The stages in their order.
  public var stages: [Stage]

  /// A story of stages.
  public init(name: String, facts: [(word: String, value: String)], stages: [Stage]) {
    self.name = name
    self.facts = facts
    self.stages = stages
  }

  /// A stage.
  public struct Stage: Sendable {
    /// Its name.
    public var name: String
    /// The command it stands for.
    public var command: String
    /// How long it took.
    public var seconds: Double
    /// What it did.
    public var work: Work

    /// A stage.
    public init(name: String, command: String, seconds: Double, work: Work) {
      self.name = name
      self.command = command
      self.seconds = seconds
      self.work = work
    }
  }

  /// What a stage did.
  public enum Work: Sendable {
    /// It recorded a range test.
    case recording(Recording)
    /// It trained.
    case training(Training)
  }

  /// A range test.
  public struct Recording: Sendable {
    /// The curve.
    public var curve: LossCurve
    /// Every strategy's answer.
    public var answers: CurveFigure
    /// The curve with few marks, each on the line at the rate that its strategy suggests.
    public var landmarks: CurveFigure
    /// Whether the network was trained before.
    public var isOfTrainedNetwork: Bool

    /// A range test.
    public init(curve: LossCurve, answers: CurveFigure, landmarks: CurveFigure, isOfTrainedNetwork: Bool) {
      self.curve = curve
      self.answers = answers
      self.landmarks = landmarks
      self.isOfTrainedNetwork = isOfTrainedNetwork
    }
  }

  /// A training.
  public struct Training: Sendable {
    /// The learning rate.
    public var rate: Double
    /// Who decided it; nil where the file says the number.
    public var decision: Decision?
    /// How the network did, the first time before the first step.
    public var evaluations: [Evaluation]

    /// A training.
    public init(rate: Double, decision: Decision?, evaluations: [Evaluation]) {
      self.rate = rate
      self.decision = decision
      self.evaluations = evaluations
    }
  }

  /// What a strategy read where.
  public struct Decision: Sendable {
    /// The strategy.
    public var strategy: String
    /// The stage with the range test.
    public var stage: String
    /// The strategy's reason.
    public var reason: String

    /// A decision.
    public init(strategy: String, stage: String, reason: String) {
      self.strategy = strategy
      self.stage = stage
      self.reason = reason
    }
  }

  /// A look at the network between two steps.
  public struct Evaluation: Sendable {
    /// How many steps had been taken.
    public var step: Double
    /// The mean loss of the batches since the evaluation before; not a number before the first step.
    public var trainingLoss: Double
    /// The loss of all held-out samples.
    public var loss: Double
    /// The share of held-out samples with a wrong answer; not a number where there are no classes.
    public var error: Double

    /// An evaluation.
    public init(step: Double, trainingLoss: Double, loss: Double, error: Double) {
      self.step = step
      self.trainingLoss = trainingLoss
      self.loss = loss
      self.error = error
    }
  }

  /// The notebook.
  public var notebook: Notebook { WorkflowLesson(self).notebook }
}
