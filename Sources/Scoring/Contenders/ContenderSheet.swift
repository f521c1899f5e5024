/// What a comparison across optimizers found out.
public struct ContenderSheet: Sendable, Equatable {
  /// The problems that could be studied with several optimizers, in the order of the tasks.
  public var problems: [StudiedProblem]
  /// The contenders that are compared.
  public var contenders: [Contender]
  /// A line for each, with the lowest mean regret first.
  public var rows: [ContenderRow]
  /// Every contender on every problem that counts.
  public var scores: [ContenderProblemScore]
  /// The contender whose time the others get, as an index into ``contenders``.
  public var reference: Int
  /// How many problems count, and how many families of data sets they come from.
  public var problemCount, familyCount: Int
  /// On how many of them times are known.
  public var timedCount: Int
  /// What was left out, and why.
  public var exclusions: [Exclusion]
}

/// A problem with the scale of its regrets.
public struct StudiedProblem: Sendable, Equatable {
  /// The problem.
  public var problem: Problem
  /// The optimizers with a usable grid.
  public var optimizers: [String]
  /// The untrained loss, where regret is 1.
  public var untrained: Double
  /// The best oracle of any of the optimizers, where regret is 0.
  public var best: Double
  /// Whose it is.
  public var bestOptimizer: String
  /// Whether the means hold it.
  public var isCounted: Bool
}

/// One contender's line.
public struct ContenderRow: Sendable, Equatable {
  /// The contender, as an index into ``ContenderSheet/contenders``.
  public var contender: Int
  /// The mean over problems of normalised regret at equal steps: 0 the best oracle of any optimizer, 1 untrained.
  public var regret: Estimate
  /// The mean over problems of the regret minus the reference's: below 0 it is better than the reference.
  public var difference: Estimate
  /// The mean over problems of the share of trainings that failed.
  public var failureRate: Estimate
  /// The mean over problems of the share of range tests on which a strategy abstained, so that its fallback was used.
  public var abstentionRate: Double
  /// The time of a step over that of the reference's optimizer, median over problems; nil where no times are known.
  public var stepTime: Double?
  /// The time of range test and training over the reference's, median over problems; nil where no times are known.
  public var time: Double?
  /// The mean regret at equal time, on the problems whose times are known; nil where there are none.
  public var equalTimeRegret: Estimate?
}

/// One contender on one problem.
public struct ContenderProblemScore: Sendable, Equatable {
  /// The problem, as an index into ``ContenderSheet/problems``.
  public var problem: Int
  /// The contender, as an index into ``ContenderSheet/contenders``.
  public var contender: Int
  /// Normalised regret at equal steps.
  public var regret: Double
  /// The share of trainings that failed.
  public var failureRate: Double
  /// The time of a step, and of range test and training, over the reference's; nil where times are not known.
  public var stepTime, time: Double?
  /// Normalised regret at equal time; nil where times are not known.
  public var equalTimeRegret: Double?
}
