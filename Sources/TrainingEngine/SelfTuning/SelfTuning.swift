/// An optimizer that finds its learning rate by itself, or needs no schedule, with its settings.
///
/// | name | what it finds | source | as in |
/// |---|---|---|---|
/// | `prodigy` | the distance D to the solution, for Adam | Mishchenko, Defazio, ICML 2024 (arXiv 2306.06101) | prodigyopt 1.1.2 |
/// | `dadapt-adam`, `dadapt-sgd` | the same by D-Adaptation | Defazio, Mishchenko, ICML 2023 (arXiv 2301.07733) | dadaptation 3.2 |
/// | `dog`, `l-dog` | distance over gradients, as a whole or for every tensor | Ivgi, Hinder, Carmon, ICML 2023 (arXiv 2302.12022) | dog-optimizer 1.0.3 |
/// | `mechanic-sgd`, `mechanic-adamw` | the scale of another optimizer's moves | Cutkosky, Defazio, Mehta, NeurIPS 2023 (arXiv 2306.00144) | mechanic-pytorch 0.0.1 |
/// | `schedule-free-sgd`, `schedule-free-adamw` | nothing: averages take the schedule's place | Defazio et al., NeurIPS 2024 (arXiv 2405.15682) | schedulefree 1.4.1 |
///
/// The learning rate of a step multiplies what was found, as `lr` does in the packages, and is 1 unless there is a reason;
/// only the schedule-free ones need one. The rates of parameter groups may differ: then the estimate is that of a network
/// whose groups are stretched by their rates, as `layer_scale` in dadaptation, whose formula Prodigy and `dadapt-sgd` are
/// given too (their packages refuse); theirs stays where a rate is 0. Formulas stand at the types of the methods.
public struct SelfTuning: Sendable, Hashable {
  /// Which of them.
  public enum Method: String, Sendable, CaseIterable {
    case prodigy
    case dAdaptAdam = "dadapt-adam"
    case dAdaptSGD = "dadapt-sgd"
    case dog
    case lDog = "l-dog"
    case mechanicSGD = "mechanic-sgd"
    case mechanicAdamW = "mechanic-adamw"
    case scheduleFreeSGD = "schedule-free-sgd"
    case scheduleFreeAdamW = "schedule-free-adamw"
  }

  /// The method.
  public let method: Method
  /// The momentum or β₁, of the schedule-free ones β between z and x; nil of DoG, which has none.
  public let momentum: Double?
  /// β₂, how much of the square's average a step keeps; nil where there is no such average.
  public let squareMomentum: Double?
  /// ε; nil where nothing is divided by a root.
  public let epsilon: Double?
  /// D before the first step, or of DoG the first movement relative to 1 + ‖θ‖; nil of the others.
  public let initialEstimate: Double?
  /// The weight decay: decoupled of Prodigy and the AdamWs, else added to the gradient.
  public let weightDecay: Double

  /// Chooses a method, with the settings of its package where none are given; those it has no use for are ignored.
  public init(
    _ method: Method, momentum: Double? = nil, squareMomentum: Double? = nil, epsilon: Double? = nil,
    initialEstimate: Double? = nil, weightDecay: Double? = nil
  ) {
    let defaults = method.defaults
    self.method = method
    self.momentum = defaults.momentum.map { momentum ?? $0 }
    self.squareMomentum = defaults.squareMomentum.map { squareMomentum ?? $0 }
    self.epsilon = defaults.epsilon.map { epsilon ?? $0 }
    self.initialEstimate = defaults.initialEstimate.map { initialEstimate ?? $0 }
    self.weightDecay = weightDecay ?? defaults.weightDecay
  }

  /// Whether a rate must still be chosen.
  public var needsRate: Bool { averages }

  /// Whether the network is evaluated at an average of its parameters.
  var averages: Bool { method == .scheduleFreeSGD || method == .scheduleFreeAdamW }
}

extension SelfTuning.Method {
  fileprivate struct Defaults {
    var momentum, squareMomentum, epsilon, initialEstimate: Double?
    var weightDecay = 0.0
  }

  fileprivate var defaults: Defaults {
    switch self {
    case .prodigy, .dAdaptAdam:
      Defaults(momentum: 0.9, squareMomentum: 0.999, epsilon: 1e-8, initialEstimate: 1e-6)
    case .dAdaptSGD: Defaults(momentum: 0, initialEstimate: 1e-6)
    case .dog, .lDog: Defaults(epsilon: 1e-8, initialEstimate: 1e-6)
    case .mechanicSGD: Defaults(momentum: 0.9)
    case .mechanicAdamW: Defaults(momentum: 0.9, squareMomentum: 0.999, epsilon: 1e-8, weightDecay: 0.01)
    case .scheduleFreeSGD: Defaults(momentum: 0.9)
    case .scheduleFreeAdamW: Defaults(momentum: 0.9, squareMomentum: 0.999, epsilon: 1e-8)
    }
  }
}

// MARK: Texts

extension SelfTuning: CustomStringConvertible {
  /// The name with all settings; equal configurations have equal descriptions.
  public var description: String {
    let settings = [
      ("momentum", momentum), ("squareMomentum", squareMomentum), ("epsilon", epsilon),
      ("initialEstimate", initialEstimate), ("weightDecay", weightDecay),
    ]
    let texts = settings.compactMap { name, value in value.map { "\(name): \($0)" } }
    return "\(method.rawValue)(\(texts.joined(separator: ", ")))"
  }

  /// Takes what a description says, without a check that it says everything.
  init?(_ text: SettingsText) {
    guard let method = Method(rawValue: text.name) else { return nil }
    self.init(
      method, momentum: text.number("momentum"), squareMomentum: text.number("squareMomentum"),
      epsilon: text.number("epsilon"), initialEstimate: text.number("initialEstimate"),
      weightDecay: text.number("weightDecay"))
  }

  /// The same with another momentum, where it has one, or weight decay.
  func replacing(momentum: Double?, weightDecay: Double?) -> SelfTuning {
    SelfTuning(
      method, momentum: momentum ?? self.momentum, squareMomentum: squareMomentum, epsilon: epsilon,
      initialEstimate: initialEstimate, weightDecay: weightDecay ?? self.weightDecay)
  }
}
