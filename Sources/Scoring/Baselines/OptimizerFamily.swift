public import CurveModel

/// Optimizers whose usual rates are alike.
public enum OptimizerFamily: String, Sendable, CaseIterable {
  /// Steps in units of the gradient: SGD, with momentum or without.
  case sgd
  /// Steps normalised by the gradient's size: Adam and its kin, and every optimizer not known here.
  case adam
  /// Steps whose rate the optimizer finds itself; the rate that is given multiplies it.
  case selfTuning

  /// The names of those, as `TrainingEngine` has them; the schedule-free ones are like their bases.
  private static let findingNames = [
    "prodigy", "dadapt-adam", "dadapt-sgd", "dog", "l-dog", "mechanic-sgd", "mechanic-adamw",
  ]

  /// The family of an optimizer by its name.
  public init(_ optimizer: String) {
    self =
      if ["sgd", "momentum", "nesterov", "schedule-free-sgd"].contains(optimizer) {
        .sgd
      } else if Self.findingNames.contains(optimizer) {
        .selfTuning
      } else {
        .adam
      }
  }

  /// What stands in where a strategy abstains: 1e-3 for Adam's family, 1e-2 for SGD's, 1 where the optimizer finds its rate.
  public var fallback: RateKey {
    switch self {
    case .adam: RateKey(1e-3)
    case .sgd: RateKey(1e-2)
    case .selfTuning: RateKey(1)
    }
  }

  /// What people write down without looking: Karpathy's 3e-4, the frameworks' 1e-3, and 3e-3 for Adam; 1e-1 and 1e-2
  /// for SGD (scoring reference, section 8).
  public var constants: [RateKey] {
    switch self {
    case .adam: [RateKey(1e-3), RateKey(3e-3), RateKey(3e-4)]
    case .sgd: [RateKey(1e-2), RateKey(1e-1)]
    case .selfTuning: []
    }
  }

  /// A rule of thumb by optimizer and kind of model: for attention Adam at 3e-4, else at 1e-3; for convolutions SGD at
  /// 1e-1, else at 1e-2; and 1 where the optimizer finds its rate.
  ///
  /// The kind is read off the model's name.
  public func ruleOfThumb(model: String) -> RateKey {
    let name = model.lowercased()
    switch self {
    case .adam:
      return RateKey(["transformer", "vit", "bert", "gpt"].contains { name.contains($0) } ? 3e-4 : 1e-3)
    case .sgd:
      return RateKey(["cnn", "conv", "resnet", "wrn", "vgg"].contains { name.contains($0) } ? 1e-1 : 1e-2)
    case .selfTuning: return RateKey(1)
    }
  }
}
