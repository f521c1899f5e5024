public import CurveModel
public import StrategyKit
import Glibc

/// This target's strategies.
public let strategies: [any SuggestionStrategy.Type] = [LearnedStrategy.self]

/// The rate that cost least on outcomes of real trainings, as a weighted sum of the curve's features.
///
/// Fitted by `suggest learn` on the outcomes that come with the toolkit, so that the mean regret of training at its answers is
/// smallest: a rate too high costs more than one too low, and counts so. It knows the optimizer and the use, and the
/// number of training steps where it is told. The interval holds the rates that were as good on average. It abstains
/// where the curve is unlike all it learned from, and for fine-tuning where it is unlike those on which it was tried.
///
/// Source: this toolkit; the outcomes in `datasets/outcomes`: `standard`, `range-test-lengths`, `transfer`; the fit in `Sources/Learning`.
public struct LearnedStrategy: FittedStrategy {
  /// Name, meaning and parameters.
  public static let descriptor = StrategyDescriptor(
    name: "learned", version: "1.0-" + digest,
    summary: "The rate that cost least in real trainings, by a weighted sum of the curve's features.",
    meantFor: .asAsked, source: "this toolkit: suggest learn on its own outcomes, by mean regret",
    optimizers: Situation.optimizers)

  /// The families of data sets that the default fit has seen, sorted.
  public static var fittedFamilies: [String] { model?.families ?? [] }

  /// The model that comes with the strategy; nil if its file is damaged.
  public static let model = try? RateModel(parsing: PackageResources.model_json)

  /// A short name of the model's file: another model is another version.
  private static let digest: String = {
    // FNV-1a of 64 bits, of which 32 are shown.
    let hash = PackageResources.model_json.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01b3
    }
    let text = String(hash & 0xffff_ffff, radix: 16)
    return String(repeating: "0", count: 8 - text.count) + text
  }()

  /// Makes the strategy; it has no state.
  public init() {}

  /// Predicts the rate by the fit that saw all families, or abstains.
  public func suggestion(for curve: LossCurve, in context: SuggestionContext) throws(StrategyError)
    -> Suggestion
  {
    try suggestion(for: curve, in: context, without: nil)
  }

  /// Predicts the rate by the fit that did not see `family`, or abstains.
  public func suggestion(
    for curve: LossCurve, in context: SuggestionContext, leavingOut family: String
  ) throws(StrategyError) -> Suggestion {
    try suggestion(for: curve, in: context, without: family)
  }

  private func suggestion(
    for curve: LossCurve, in context: SuggestionContext, without family: String?
  ) throws(StrategyError) -> Suggestion {
    guard let model = Self.model else {
      // Says what is wrong.
      _ = try RateModel(parsing: PackageResources.model_json)
      throw StrategyError("the model of learned cannot be read")
    }
    do throws(Abstention) {
      return .rate(try Self.rate(for: curve, in: context, by: model, leavingOut: family))
    } catch {
      return .abstention(error)
    }
  }

  /// The rate by any model, such as one that was just fitted.
  ///
  /// - Throws: ``Abstention``.
  public static func rate(
    for curve: LossCurve, in context: SuggestionContext, by model: RateModel, leavingOut family: String? = nil
  ) throws(Abstention) -> SuggestedRate {
    let descent = try Descent(of: curve, bandwidth: CurveFeatures.bandwidth)
    return try rate(
      for: CurveFeatures(of: curve, descent: descent), of: descent, in: context, by: model, leavingOut: family
    )
  }

  /// The rate by any model for a curve that was read before.
  ///
  /// - Parameters:
  ///   - features: What the curve looks like.
  ///   - descent: That of the same curve, on the window `CurveFeatures.bandwidth`.
  ///   - context: The optimizer, the use and the number of training steps, where they are known.
  ///   - model: What was fitted.
  ///   - family: The family of data sets that the fit must not have seen; nil for none.
  /// - Throws: ``Abstention`` for optimizers that nothing was learned about, where the curve is unlike all that was learned
  ///   from, or for fine-tuning unlike those on which answers were tried, and where the answer lies outside the swept rates.
  public static func rate(
    for features: CurveFeatures, of descent: Descent, in context: SuggestionContext, by model: RateModel,
    leavingOut family: String? = nil
  ) throws(Abstention) -> SuggestedRate {
    let situation = try Situation(context)
    guard let (reading, fit) = model.fit(for: features, leavingOut: family) else {
      throw Abstention(.other, "the curve has too few features for any model", warnings: descent.warnings)
    }
    if situation.isFineTuning { try model.checkFineTuning(features, by: reading, leavingOut: family) }
    let prediction = try RatePrediction(fit, features, situation)
    let rate = pow(10, prediction.log10Rate)
    let swept = descent.sweptRates
    guard swept.contains(rate) else {
      throw Abstention(
        .outsideRange, "the answer, \(rate.text(digits: 3)), lies outside the swept rates",
        warnings: descent.warnings)
    }
    let use =
      situation.isFineTuning
      ? "a rate for fine-tuning" : situation.isPeak ? "the peak of a schedule" : "a constant rate"
    return SuggestedRate(
      learningRate: rate,
      interval: max(
        rate * pow(10, fit.below), swept.lowerBound)...min(rate * pow(10, fit.above), swept.upperBound),
      point: descent.point(nearestTo: prediction.log10Rate), usedPoints: features.usedPoints,
      reason:
        "as \(use)\(prediction.length), by \(reading == "losses-alone" ? "losses alone" : "losses, gradients and weights"): "
        + "a sum of features fitted to the lowest mean regret in \(model.tasks) tasks"
        + (situation.isFineTuning ? model.trialInWords : ""),
      warnings: descent.warnings + situation.doubts + prediction.doubts,
      explanation: prediction.explanation)
  }
}

extension Situation {
  /// One sentence for an optimizer that another stands for.
  fileprivate var doubts: [String] {
    kinOfAdam.map { ["nothing was learned about trainings by \($0): the answer is that for adam"] } ?? []
  }
}

extension RatePrediction {
  /// The steps of the training, to follow the use.
  fileprivate var length: String {
    guard let steps else { return "" }
    return unknown.contains(.trainingSteps)
      ? " over some \(steps) steps (--steps says yours)" : " over \(steps) steps"
  }

  /// One sentence for what was not known.
  fileprivate var doubts: [String] {
    let optimizer =
      unknown.contains(.isRMSProp)
      ? [
        "the optimizer is not known: the average of sgd, adam and rmsprop stands for it; name it with --optimizer"
      ] : []
    let steps = reckonedSteps.map {
      "nothing was learned from trainings of so many steps: the answer is that for \($0)"
    }
    return optimizer + (steps.map { [$0] } ?? [])
  }

  /// The moves in words, those of the optimizer in one.
  fileprivate var explanation: [String] {
    let optimizer = moves.filter { [.isSGD, .isRMSProp].contains($0.quantity) }.reduce(0) { $0 + $1.decades }
    let others = moves.filter { ![.isSGD, .isRMSProp].contains($0.quantity) }.map {
      ($0.quantity.meaning, $0.decades)
    }
    let all = (others + [("optimizer", optimizer)]).enumerated()
      .sorted { (-abs($0.element.1), $0.offset) < (-abs($1.element.1), $1.offset) }.map(\.element)
    let average = "an average curve asks for \(pow(10, averageLog10Rate).text(digits: 3))"
    return [average]
      + all.filter { abs($0.1) >= 0.01 }.map { meaning, decades in
        "the \(meaning) \(decades < 0 ? "lowers" : "raises") it \(pow(10, abs(decades)).text(digits: 3)) times"
      }
  }
}
