internal import CurveModel

extension SuggestionScore {
  /// Judges what a rate gave.
  ///
  /// Distances are given only where the oracle is inside the grid and the rate is the contestant's own.
  init(
    suggestion: Int? = nil, rate: RateKey, abstained: Bool = false, _ reading: TaskOutcomes.Reading,
    _ study: TaskStudy, weight: Double = 1
  ) {
    let mean = reading.values.mean
    let hasDistance = !study.oracle.isAtEdge && !abstained
    self.init(
      suggestion: suggestion, rate: rate, abstained: abstained, evaluation: reading.evaluation,
      values: reading.values, normalisedRegret: study.normalisedRegret(of: mean),
      excess: mean - study.oracle.value, failureRate: reading.failureRate,
      signedDistance: hasDistance ? rate.log10 - study.oracle.log10Rate : nil,
      distanceOutside: hasDistance ? study.indifference.map { $0.distance(of: rate.log10) } : nil,
      successes: study.indifference.map { $0.distance(of: rate.log10) == 0 }, weight: weight)
  }

  /// Judges a point of the grid.
  init(_ point: RatePoint, _ study: TaskStudy, weight: Double = 1) {
    let reading = TaskOutcomes.Reading(
      values: point.values, failureRate: point.failureRate, evaluation: .direct)
    self.init(rate: point.rate, reading, study, weight: weight)
  }
}

extension IndifferenceInterval {
  /// How far outside the interval a rate lies, in decades: negative below, 0 inside.
  public func distance(of log10Rate: Double) -> Double {
    // The ends are rates of the grid: rounding must not put them outside.
    let slack = 1e-9
    if log10Rate < lowest - slack { return log10Rate - lowest }
    if log10Rate > highest + slack { return log10Rate - highest }
    return 0
  }
}

extension TaskScore {
  /// The mean of a number over the scores, by their weights.
  func average(_ number: (SuggestionScore) -> Double) -> Double {
    var (sum, total) = (0.0, 0.0)
    for score in scores {
      sum += score.weight * number(score)
      total += score.weight
    }
    return sum / total
  }

  /// The mean of normalised regret over range tests.
  public var normalisedRegret: Double { average(\.normalisedRegret) }
  /// The mean excess over range tests, in units of the loss.
  public var excess: Double { average(\.excess) }
  /// The mean failure rate over range tests.
  public var failureRate: Double { average(\.failureRate) }
  /// The share of range tests without a suggestion.
  public var abstentionRate: Double { average { $0.abstained ? 1 : 0 } }
  /// The share of suggestions that were trained at exactly their rate.
  public var directShare: Double { average { $0.evaluation == .direct ? 1 : 0 } }

  /// The share of suggestions within an indifference interval, by its index in ``TaskStudy/epsilons``.
  public func success(_ epsilon: Int) -> Double { average { $0.successes[epsilon] ? 1 : 0 } }

  /// The median signed distance over range tests, in decades; nil where there is none.
  public var signedDistance: Double? {
    let distances = scores.compactMap(\.signedDistance).sorted()
    return distances.isEmpty ? nil : distances.median
  }

  /// How the strategy's own rates spread over range-test seeds; nil with fewer than two.
  public var spread: SuggestionSpread? {
    SuggestionSpread(scores.filter { !$0.abstained }.map(\.rate.log10))
  }
}

/// How far suggestions for one task lie apart that differ in nothing but the seed of the range test.
public struct SuggestionSpread: Sendable, Equatable {
  /// The interquartile range of log10 of the rates, in decades; quantiles by linear interpolation (R's type 7).
  public let interquartileRange: Double
  /// The highest minus the lowest, in decades.
  public let range: Double

  /// Measures log10 rates; nil with fewer than two.
  init?(_ log10Rates: [Double]) {
    guard log10Rates.count >= 2 else { return nil }
    let sorted = log10Rates.sorted()
    func quantile(_ share: Double) -> Double {
      let place = share * Double(sorted.count - 1)
      let below = Int(place)
      let above = min(below + 1, sorted.count - 1)
      return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
    }
    interquartileRange = quantile(0.75) - quantile(0.25)
    range = sorted[sorted.count - 1] - sorted[0]
  }
}
