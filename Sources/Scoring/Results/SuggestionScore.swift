public import CurveModel

/// What following one suggestion would have given.
public struct SuggestionScore: Sendable, Equatable {
  /// The suggestion, as an index into ``EvidenceTables/suggestions``; nil for baselines.
  public var suggestion: Int?
  /// The rate that was used: the suggested one, or the fallback where the strategy abstained.
  public var rate: RateKey
  /// Whether the strategy abstained and the fallback stands in.
  public var abstained: Bool
  /// How the outcome was found.
  public var evaluation: ScoredStrategy.Evaluation
  /// The outcome of each training seed, clipped at the untrained loss.
  public var values: [Double]
  /// Normalised regret: 0 as good as the oracle, 1 as bad as untrained.
  public var normalisedRegret: Double
  /// The excess over the oracle in units of the loss; may be negative.
  public var excess: Double
  /// The share of training seeds that failed.
  public var failureRate: Double
  /// log10(rate / oracle's rate): negative is too low.
  ///
  /// Nil where the oracle is at the edge or the strategy abstained.
  public var signedDistance: Double?
  /// How far the rate lies outside the indifference intervals of 1, 5 and 10 %, in decades: negative below, 0 inside.
  ///
  /// Nil where there is no ``signedDistance``.
  public var distanceOutside: [Double]?
  /// Whether the rate lies within the indifference interval of 1, 5 and 10 %.
  public var successes: [Bool]
  /// How much the score counts among those of its task; 1 except for the rates of the random baseline.
  public var weight: Double

  /// Collects a score.
  public init(
    suggestion: Int?, rate: RateKey, abstained: Bool, evaluation: ScoredStrategy.Evaluation, values: [Double],
    normalisedRegret: Double, excess: Double, failureRate: Double, signedDistance: Double?,
    distanceOutside: [Double]? = nil, successes: [Bool], weight: Double = 1
  ) {
    self.suggestion = suggestion
    self.rate = rate
    self.abstained = abstained
    self.evaluation = evaluation
    self.values = values
    self.normalisedRegret = normalisedRegret
    self.excess = excess
    self.failureRate = failureRate
    self.signedDistance = signedDistance
    self.distanceOutside = distanceOutside
    self.successes = successes
    self.weight = weight
  }
}

/// One strategy (or baseline) on one task: one score a range test.
public struct TaskScore: Sendable, Equatable {
  /// The task, as an index into ``EvidenceTables/tasks``.
  public var task: Int
  /// The strategy, as an index into ``ScoreSheet/contestants``.
  public var contestant: Int
  /// One score a range test, in the order of the range tests' seeds.
  public var scores: [SuggestionScore]

  /// Collects the scores of a task.
  public init(task: Int, contestant: Int, scores: [SuggestionScore]) {
    self.task = task
    self.contestant = contestant
    self.scores = scores
  }
}
