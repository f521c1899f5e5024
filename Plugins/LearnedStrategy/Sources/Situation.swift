public import StrategyKit
import Glibc

/// What the rate will be used for, as a model knows it; nil where it is not known.
public struct Situation: Sendable, Equatable {
  /// Whether the optimizer is SGD, with or without momentum.
  public var isSGD: Bool?
  /// Whether it is RMSProp.
  public var isRMSProp: Bool?
  /// Whether the network begins with trained weights.
  public var isFineTuning: Bool
  /// Whether the rate is the peak of a schedule.
  public var isPeak: Bool
  /// The steps of the training.
  public var trainingSteps: Int?

  /// The optimizer that is answered as Adam is, nothing of its own having been learned.
  public var kinOfAdam: String?

  /// The optimizers whose trainings were learned from.
  private static let learned = ["sgd", "adam", "adamw", "rmsprop"]
  private static let kin = ["fastai-adam", "radam", "nadam"]
  /// The optimizers that it answers for.
  static let optimizers = learned + kin

  /// Reads the context.
  ///
  /// - Throws: ``Abstention`` for an optimizer that nothing was learned about.
  public init(_ context: SuggestionContext) throws(Abstention) {
    if let family = context.optimizerFamily?.lowercased() {
      guard Self.optimizers.contains(family) else {
        let known = Self.learned.joined(separator: ", ")
        throw Abstention(
          .other,
          "nothing was learned about trainings by \(family), only about \(known) and, as kin of adam, "
            + Self.kin.joined(separator: ", "))
      }
      kinOfAdam = Self.kin.contains(family) ? family : nil
      isSGD = family == "sgd"
      isRMSProp = family == "rmsprop"
    }
    isFineTuning = context.use == .fineTuning
    isPeak = context.use != .constant
    trainingSteps = context.trainingSteps
  }

  /// The value of a quantity for a curve with these features; nil where it is not known.
  public func value(of quantity: RateModel.Quantity, _ features: CurveFeatures) -> Double? {
    switch quantity {
    case .feature(let feature): features[feature]
    case .isSGD: isSGD.map { $0 ? 1 : 0 }
    case .isRMSProp: isRMSProp.map { $0 ? 1 : 0 }
    case .isPeak: isPeak ? 1 : 0
    case .trainingSteps: trainingSteps.map { log10(Double(max($0, 1))) }
    }
  }
}
