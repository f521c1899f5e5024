/// Which optimizer trains, with its settings except the learning rate.
public enum OptimizerConfiguration: Sendable, Equatable, CustomStringConvertible {
  /// Stochastic gradient descent with momentum, L2 weight decay and optionally Nesterov's momentum.
  case sgd(momentum: Double = 0.9, weightDecay: Double = 0, nesterov: Bool = false)
  /// Adam with L2 weight decay, PyTorch's defaults.
  case adam(beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8, weightDecay: Double = 0)

  /// The names that ``init(parsing:)`` takes.
  public static let families = ["sgd", "adam"]

  /// The optimizer `name` with its default settings: `sgd` (momentum 0.9) or `adam`.
  ///
  /// - Throws: ``TrainingEngineError/unknownOptimizer(name:)``.
  public init(parsing name: String) throws(TrainingEngineError) {
    switch name {
    case "sgd": self = .sgd()
    case "adam": self = .adam()
    default: throw .unknownOptimizer(name: name)
    }
  }

  /// The optimizer's name without settings: `sgd` or `adam`.
  public var family: String {
    switch self {
    case .sgd: "sgd"
    case .adam: "adam"
    }
  }

  /// The name with all settings; equal configurations have equal descriptions.
  public var description: String {
    switch self {
    case .sgd(let momentum, let weightDecay, let nesterov):
      "sgd(momentum: \(momentum), weightDecay: \(weightDecay), nesterov: \(nesterov))"
    case .adam(let beta1, let beta2, let epsilon, let weightDecay):
      "adam(beta1: \(beta1), beta2: \(beta2), epsilon: \(epsilon), weightDecay: \(weightDecay))"
    }
  }

  /// How many numbers the optimizer keeps for each parameter.
  var stateCount: Int {
    switch self {
    case .sgd: 1
    case .adam: 2
    }
  }
}
