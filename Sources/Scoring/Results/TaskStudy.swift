public import CurveModel

/// What the grid of one task says, before any strategy is looked at.
public struct TaskStudy: Sendable, Equatable {
  /// The task, as an index into ``EvidenceTables/tasks``.
  public var task: Int
  /// The loss of the untrained network: the score of a failure.
  public var untrained: Double
  /// What every rate of the grid gave, sorted by rate.
  public var points: [RatePoint]
  /// The best rate and what it gives.
  public var oracle: Oracle
  /// How large a difference must be to mean something.
  public var noise: NoiseFloor
  /// The rates that are as good as the best, at 1, 5 and 10 % of the range.
  public var indifference: [IndifferenceInterval]
  /// The lowest failing rate above the best; nil where none failed.
  public var cliff: RateKey?
  /// Whether the range of losses is more than five times the noise floor; others are listed and left out of means.
  public var isInformative: Bool
  /// Rates at which the seeds fall into two groups.
  public var bimodal: [RateKey]

  /// Collects a study.
  public init(
    task: Int, untrained: Double, points: [RatePoint], oracle: Oracle, noise: NoiseFloor,
    indifference: [IndifferenceInterval], cliff: RateKey?, isInformative: Bool, bimodal: [RateKey]
  ) {
    self.task = task
    self.untrained = untrained
    self.points = points
    self.oracle = oracle
    self.noise = noise
    self.indifference = indifference
    self.cliff = cliff
    self.isInformative = isInformative
    self.bimodal = bimodal
  }
}

/// What training at one rate of the grid gave.
public struct RatePoint: Sendable, Equatable {
  /// The rate.
  public var rate: RateKey
  /// The outcome of each seed, clipped at the untrained loss; in the order of the seeds.
  public var values: [Double]
  /// The mean of ``values``.
  public var mean: Double
  /// The share of seeds that failed: diverged, or no better than untrained.
  public var failureRate: Double
  /// Whether no seed failed.
  public var isStable: Bool { failureRate == 0 }

  /// Collects what a rate gave.
  public init(rate: RateKey, values: [Double], mean: Double, failureRate: Double) {
    self.rate = rate
    self.values = values
    self.mean = mean
    self.failureRate = failureRate
  }
}

/// How the best outcome of a task is estimated from its grid (scoring reference, section 4).
public enum OracleEstimator: String, Sendable, CaseIterable {
  /// The minimum of a local quadratic in log10 of the rate around the best seed mean.
  case smooth
  /// The lowest seed mean; too good by selection.
  case plugin
  /// Chosen on half the seeds, read on the other half: what a person who searched a grid would get.
  case xfit
}

/// The best rate of a task, as estimated.
public struct Oracle: Sendable, Equatable {
  /// The estimator that gave it.
  public var estimator: OracleEstimator
  /// The best outcome.
  public var value: Double
  /// log10 of the rate that gives it.
  public var log10Rate: Double
  /// Whether the best point lies fewer than two steps from an end of the grid; such tasks stay out of distances.
  public var isAtEdge: Bool
  /// Why the smooth estimate was replaced by the plain minimum; nil where it was not.
  public var fallback: String?

  /// Describes an oracle.
  public init(estimator: OracleEstimator, value: Double, log10Rate: Double, isAtEdge: Bool, fallback: String?)
  {
    self.estimator = estimator
    self.value = value
    self.log10Rate = log10Rate
    self.isAtEdge = isAtEdge
    self.fallback = fallback
  }
}

/// The noise of a task's outcomes.
public struct NoiseFloor: Sendable, Equatable {
  /// The pooled standard deviation over seeds at stable rates; NaN with a single seed.
  public var standardDeviation: Double
  /// Its degrees of freedom.
  public var degreesOfFreedom: Int
  /// δ: differences below it are ties; 0 with a single seed.
  public var delta: Double

  /// Describes noise.
  public init(standardDeviation: Double, degreesOfFreedom: Int, delta: Double) {
    self.standardDeviation = standardDeviation
    self.degreesOfFreedom = degreesOfFreedom
    self.delta = delta
  }
}

/// The rates whose outcome lies within a share of the range (or within the noise) of the best.
public struct IndifferenceInterval: Sendable, Equatable {
  /// The share of the range between the oracle and the untrained loss.
  public var epsilon: Double
  /// log10 of the lowest and of the highest such rate; gaps inside are allowed.
  public var lowest, highest: Double
  /// Its width in decades.
  public var width: Double { highest - lowest }

  /// Describes an interval.
  public init(epsilon: Double, lowest: Double, highest: Double) {
    self.epsilon = epsilon
    self.lowest = lowest
    self.highest = highest
  }
}
