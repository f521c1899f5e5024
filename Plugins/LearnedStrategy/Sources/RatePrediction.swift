import CurveModel
import Glibc
import StrategyKit

/// A rate as a fit predicts it, and what moved it.
struct RatePrediction {
  /// What an input adds to the prediction for an average curve.
  struct Move {
    var quantity: RateModel.Quantity
    /// In decades of rate.
    var decades: Double
  }

  /// log10 of the rate.
  let log10Rate: Double
  /// The moves, the largest first.
  let moves: [Move]
  /// Inputs that were not known: the average of what was learned from stands for them.
  let unknown: [RateModel.Quantity]

  /// log10 of the rate for an average curve and situation: what the moves begin at.
  let averageLog10Rate: Double
  /// The number of training steps that the rate is for; nil where the fit does not know it as an input.
  let steps: Int?
  /// The number of training steps that stands for one far outside of what was learned from; nil where it is not.
  let reckonedSteps: Int?

  /// Predicts.
  ///
  /// - Throws: ``Abstention`` where a feature lies far outside of everything that was learned from.
  init(
    _ fit: RateModel.Fit, _ features: CurveFeatures, _ situation: Situation
  ) throws(Abstention) {
    var sum = fit.intercept
    var moves: [Move] = []
    var unknown: [RateModel.Quantity] = []
    var reckonedSteps: Double?
    var steps: Double?
    for input in fit.inputs {
      var value = situation.value(of: input.quantity, features)
      if input.quantity == .trainingSteps, let steps = value, !input.range.isNear(steps) {
        value = min(max(steps, input.range.near.lowerBound), input.range.near.upperBound)
        reckonedSteps = value
      }
      if input.quantity == .trainingSteps { steps = value ?? input.mean }
      if let value { try Self.check(value, of: input) } else { unknown.append(input.quantity) }
      sum += input.coefficient * (value ?? input.mean)
      moves.append(
        Move(quantity: input.quantity, decades: input.coefficient * ((value ?? input.mean) - input.mean)))
    }
    log10Rate = sum
    averageLog10Rate = sum - moves.reduce(0) { $0 + $1.decades }
    self.steps = steps.map { Int(pow(10, $0).rounded()) }
    self.unknown = unknown
    self.reckonedSteps = reckonedSteps.map { Int(pow(10, $0).rounded()) }
    self.moves = moves.enumerated().sorted {
      (-abs($0.element.decades), $0.offset) < (-abs($1.element.decades), $1.offset)
    }.map(\.element)
  }

  /// - Throws: ``Abstention`` for a value unlike all that were learned from.
  private static func check(_ value: Double, of input: RateModel.Input) throws(Abstention) {
    guard case .feature(let feature) = input.quantity, !input.range.isNear(value) else { return }
    throw Abstention(
      .other, "the curve is unlike all it learned from: " + input.range.comparison(of: feature, value))
  }
}

extension RateModel.Input {
  /// Its values over the curves that were learned from.
  fileprivate var range: LearnedRange { LearnedRange(lowest: lowest, highest: highest) }
}

extension RateModel.Quantity {
  /// In words, to follow "the".
  var meaning: String {
    switch self {
    case .feature(let feature): feature.meaning
    case .isSGD, .isRMSProp: "optimizer"
    case .isPeak: "use of the rate"
    case .trainingSteps: "number of training steps"
    }
  }
}
