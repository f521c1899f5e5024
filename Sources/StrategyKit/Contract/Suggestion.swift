/// A strategy's answer.
public enum Suggestion: Sendable, Equatable {
  /// A learning rate.
  case rate(SuggestedRate)
  /// "I cannot tell", and why.
  case abstention(Abstention)
}

/// A suggested learning rate, and what it was read from.
public struct SuggestedRate: Sendable, Equatable {
  /// The suggestion; positive and finite.
  public var learningRate: Double
  /// The rates that serve as well as the suggestion, as far as the rule can tell.
  public var interval: ClosedRange<Double>?
  /// The dot on the curve the suggestion was read from; for the minimum divided by ten it is the minimum.
  public var point: CurvePoint
  /// The number of the curve's points that took part.
  public var usedPoints: Int
  /// One sentence that explains the number.
  public var reason: String
  /// One sentence for each doubt.
  public var warnings: [String]
  /// What moved the answer and by how much, one sentence each, the most important first; empty where the reason says it all.
  public var explanation: [String]

  /// Makes a suggestion.
  public init(
    learningRate: Double, interval: ClosedRange<Double>? = nil, point: CurvePoint, usedPoints: Int,
    reason: String, warnings: [String] = [], explanation: [String] = []
  ) {
    self.learningRate = learningRate
    self.interval = interval
    self.point = point
    self.usedPoints = usedPoints
    self.reason = reason
    self.warnings = warnings
    self.explanation = explanation
  }
}

/// A point of a loss curve.
public struct CurvePoint: Sendable, Equatable {
  /// The index in the whole curve, counted from 0.
  public var index: Int
  /// The rate applied there.
  public var learningRate: Double
  /// The loss there, smoothed as the rule smooths.
  public var loss: Double

  /// Makes a point.
  public init(index: Int, learningRate: Double, loss: Double) {
    self.index = index
    self.learningRate = learningRate
    self.loss = loss
  }
}

/// Why a strategy gives no number; throw it inside a strategy, return it from there.
public struct Abstention: Error, Sendable, Equatable, CustomStringConvertible {
  /// Kinds of reasons, for counting.
  public enum Cause: String, Sendable, CaseIterable {
    /// The curve is too short.
    case tooFewPoints = "too-few-points"
    /// The loss does not change.
    case flat
    /// Whatever the loss falls, it could be noise.
    case neverFalls = "never-falls"
    /// The loss rises or blows up without having fallen.
    case blowsUpFirst = "blows-up-first"
    /// The very first losses are not finite.
    case nonFiniteFromStart = "non-finite-from-start"
    /// The answer would lie outside the swept rates.
    case outsideRange = "outside-range"
    /// The upstream program raises an error, or returns nothing.
    case upstreamRaises = "upstream-raises"
    /// Anything else.
    case other
  }

  /// The kind of reason.
  public var cause: Cause
  /// One sentence for a person, without a full stop.
  public var reason: String
  /// One sentence for each further doubt.
  public var warnings: [String]

  /// Makes an abstention.
  public init(_ cause: Cause, _ reason: String, warnings: [String] = []) {
    self.cause = cause
    self.reason = reason
    self.warnings = warnings
  }

  /// The reason.
  public var description: String { reason }
}
