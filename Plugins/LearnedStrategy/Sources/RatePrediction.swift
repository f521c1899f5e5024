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

  /// How far outside of what was learned from a feature may lie, in widths of the learned range.
  private static let margin = 0.5

  /// Predicts.
  ///
  /// - Throws: ``Abstention`` where a feature lies far outside of everything that was learned from.
  init(_ fit: RateModel.Fit, _ features: CurveFeatures, _ situation: Situation) throws(Abstention) {
    var sum = fit.intercept
    var moves: [Move] = []
    var unknown: [RateModel.Quantity] = []
    var reckonedSteps: Double?
    var steps: Double?
    for input in fit.inputs {
      var value = situation.value(of: input.quantity, features)
      if input.quantity == .trainingSteps, let steps = value, !Self.known(input).contains(steps) {
        value = min(max(steps, Self.known(input).lowerBound), Self.known(input).upperBound)
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

  /// The values of an input that are not too far from those that were learned from.
  private static func known(_ input: RateModel.Input) -> ClosedRange<Double> {
    let width = input.highest - input.lowest
    return input.lowest - margin * width...input.highest + margin * width
  }

  /// - Throws: ``Abstention`` for a value unlike all that were learned from.
  private static func check(_ value: Double, of input: RateModel.Input) throws(Abstention) {
    guard case .feature(let feature) = input.quantity else { return }
    let known = Self.known(input)
    guard !known.contains(value) else { return }
    let words = { (value: Double) in
      feature.isLogarithm ? pow(10, value).text(digits: 2) : value.text(digits: 3)
    }
    throw Abstention(
      .other,
      "the curve is unlike all it learned from: the \(feature.meaning) is \(words(value)), there \(words(input.lowest)) to \(words(input.highest))"
    )
  }
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
