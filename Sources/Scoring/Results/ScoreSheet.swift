/// Everything that a scoring found out: what `suggest score` prints and a report draws.
public struct ScoreSheet: Sendable, Equatable {
  /// The evidence, after duplicates and unusable rows were taken out.
  public var tables: EvidenceTables
  /// What each task's grid says, in the order of the tasks that could be studied.
  public var studies: [TaskStudy]
  /// Who is compared: strategies first, baselines behind them.
  public var contestants: [Contestant]
  /// Every contestant on every task on which it could be scored.
  public var taskScores: [TaskScore]
  /// The headline, one line a contestant.
  public var headline: [HeadlineRow]
  /// Every pair of strategies.
  public var pairs: [PairComparison]
  /// Whether any strategy differs from any other; nil with fewer than two strategies or families.
  public var friedman: FriedmanTest?
  /// The strategies by mean rank; nil where ``friedman`` is.
  public var ranks: RankComparison?
  /// The regret profile of every contestant of the headline.
  public var profiles: [RegretProfile]
  /// The tasks of the headline by the width of their plateau.
  public var widthClasses: [WidthClass]
  /// What was left out, and why.
  public var exclusions: [Exclusion]
  /// The verdict, sentence by sentence.
  public var verdict: [VerdictSentence]

  /// Collects a sheet.
  public init(
    tables: EvidenceTables, studies: [TaskStudy], contestants: [Contestant], taskScores: [TaskScore],
    headline: [HeadlineRow], pairs: [PairComparison], friedman: FriedmanTest?, ranks: RankComparison?,
    profiles: [RegretProfile],
    widthClasses: [WidthClass], exclusions: [Exclusion], verdict: [VerdictSentence]
  ) {
    self.tables = tables
    self.studies = studies
    self.contestants = contestants
    self.taskScores = taskScores
    self.headline = headline
    self.pairs = pairs
    self.friedman = friedman
    self.ranks = ranks
    self.profiles = profiles
    self.widthClasses = widthClasses
    self.exclusions = exclusions
    self.verdict = verdict
  }
}

/// A strategy or a baseline.
public struct Contestant: Sendable, Equatable {
  /// What kind it is.
  public enum Kind: String, Sendable, CaseIterable {
    /// A strategy that reads range tests.
    case strategy
    /// A rule that needs no range test, such as a constant.
    case baseline
  }

  /// Its name, such as `steepest` or `constant 1e-3`.
  public var name: String
  /// What kind it is.
  public var kind: Kind

  /// Names a contestant.
  public init(name: String, kind: Kind) {
    self.name = name
    self.kind = kind
  }
}

/// A number with the interval it may be trusted to.
public struct Estimate: Sendable, Equatable {
  /// The number.
  public var value: Double
  /// The ends of its 95 % interval; nil where no interval is claimed (fewer than eight families of data sets).
  public var interval: ClosedRange<Double>?

  /// Makes an estimate.
  public init(_ value: Double, _ interval: ClosedRange<Double>? = nil) {
    self.value = value
    self.interval = interval
  }
}

/// One contestant's line of the headline table.
public struct HeadlineRow: Sendable, Equatable {
  /// The contestant, as an index into ``ScoreSheet/contestants``.
  public var contestant: Int
  /// How many tasks it was scored on.
  public var tasks: Int
  /// The mean over tasks of normalised regret.
  public var regret: Estimate
  /// The interquartile mean over tasks of normalised regret.
  public var interquartileRegret: Estimate
  /// The share of suggestions within the indifference interval of 5 %.
  public var success: Estimate
  /// The share of trainings at its rates that failed.
  public var failureRate: Estimate
  /// The share of range tests on which it abstained.
  public var abstentionRate: Double
  /// The median over tasks of |log10(rate / oracle's rate)|, in decades; nil where no task has one.
  public var distance: Double?
  /// The median over tasks of log10(rate / oracle's rate): negative is too low.
  public var signedDistance: Double?
  /// The median over tasks of the interquartile range of log10 of the suggested rates over range-test seeds, in decades.
  public var spread: Double?
  /// The steps of its range test as a share of the training's budget, median over tasks; nil for
  /// baselines and where no budget is known.
  public var cost: Double?
  /// The shares of suggestions within the indifference intervals of 1 % and of 10 %.
  public var successAtOnePercent, successAtTenPercent: Double
  /// The share of tasks on which suggestions of different seeds lie more than half a decade apart; nil for baselines.
  public var wideSpreadShare: Double?
  /// The share of its suggestions that were trained at exactly their rate.
  public var directShare: Double
  /// How much of the way from the left-out constant to the best strategy of every task it goes; nil where that cannot
  /// be said.
  public var gapClosed: Double?
  /// The expected steps until a training at its rates comes within 10 % of the range of the oracle, over those at the
  /// oracle's rate (expected running time), median over tasks: 1 is as fast, infinite where most never come close; nil where
  /// trainings were not evaluated on the way.
  public var timeToTarget: Double?

  /// Collects a line.
  public init(
    contestant: Int, tasks: Int, regret: Estimate, interquartileRegret: Estimate, success: Estimate,
    failureRate: Estimate, abstentionRate: Double, distance: Double?, signedDistance: Double?,
    spread: Double?, cost: Double?, successAtOnePercent: Double, successAtTenPercent: Double,
    wideSpreadShare: Double?, directShare: Double, gapClosed: Double?, timeToTarget: Double?
  ) {
    self.contestant = contestant
    self.tasks = tasks
    self.regret = regret
    self.interquartileRegret = interquartileRegret
    self.success = success
    self.failureRate = failureRate
    self.abstentionRate = abstentionRate
    self.distance = distance
    self.signedDistance = signedDistance
    self.spread = spread
    self.cost = cost
    self.successAtOnePercent = successAtOnePercent
    self.successAtTenPercent = successAtTenPercent
    self.wideSpreadShare = wideSpreadShare
    self.directShare = directShare
    self.gapClosed = gapClosed
    self.timeToTarget = timeToTarget
  }
}

/// One contestant against another, on the tasks both were scored on: unaffected by any third.
public struct PairComparison: Sendable, Equatable {
  /// The two, as indices into ``ScoreSheet/contestants``.
  public var first, second: Int
  /// The tasks both were scored on.
  public var tasks: Int
  /// The mean difference of normalised regret, first minus second: negative, the first is better.
  public var difference: Estimate
  /// On how many tasks the first is better, as good (within the noise floor), worse.
  public var wins, ties, losses: Int
  /// Wilcoxon's signed-rank p, two-sided, zeros by Pratt; unit: the family of data sets.
  public var pValue: Double
  /// The same after Holm's adjustment over all pairs.
  public var adjustedPValue: Double
  /// By the Bayesian signed-rank test: the probabilities that the first is better, that both are practically equal, that
  /// the second is better (``BayesianSignedRankTest``); unit: the family of data sets.
  public var better, equal, worse: Double?

  /// Collects a comparison.
  public init(
    first: Int, second: Int, tasks: Int, difference: Estimate, wins: Int, ties: Int, losses: Int,
    pValue: Double,
    adjustedPValue: Double, better: Double?, equal: Double?, worse: Double?
  ) {
    self.first = first
    self.second = second
    self.tasks = tasks
    self.difference = difference
    self.wins = wins
    self.ties = ties
    self.losses = losses
    self.pValue = pValue
    self.adjustedPValue = adjustedPValue
    self.better = better
    self.equal = equal
    self.worse = worse
  }
}

/// Something that was left out of the scores, and why.
public struct Exclusion: Sendable, Hashable, CustomStringConvertible {
  /// What was left out: a task, a strategy on a task, a row.
  public var subject: String
  /// Why, as the end of the sentence "left out because …".
  public var reason: String

  /// Names what was left out.
  public init(_ subject: String, because reason: String) {
    self.subject = subject
    self.reason = reason
  }

  /// Both in one line.
  public var description: String { "\(subject): \(reason)" }
}
