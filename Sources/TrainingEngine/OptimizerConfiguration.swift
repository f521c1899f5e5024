/// Which optimizer trains, with its settings except the learning rate.
///
/// Formulas and sources stand at the kernels, `sgdStep` and its like. A `weightDecay` is an L2 penalty on the gradient, of
/// AdamW, Lion and fastai's two decoupled from it: parameters shrink by learning rate · decay.
public enum OptimizerConfiguration: Sendable, Hashable, CustomStringConvertible {
  /// Stochastic gradient descent with momentum, L2 weight decay and optionally Nesterov's momentum.
  case sgd(momentum: Double = 0.9, weightDecay: Double = 0, nesterov: Bool = false)
  /// Adam with L2 weight decay, PyTorch's defaults.
  case adam(beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8, weightDecay: Double = 0)
  /// Adam with decoupled weight decay, PyTorch's defaults.
  case adamW(beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8, weightDecay: Double = 0.01)
  /// RMSProp, PyTorch's defaults.
  case rmsProp(decay: Double = 0.99, epsilon: Double = 1e-8, momentum: Double = 0, weightDecay: Double = 0)
  /// Adagrad, PyTorch's defaults.
  case adagrad(epsilon: Double = 1e-10, weightDecay: Double = 0)
  /// Rectified Adam, PyTorch's defaults.
  case rAdam(beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8, weightDecay: Double = 0)
  /// Adam with Nesterov's momentum, PyTorch's defaults.
  case nAdam(
    beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8, momentumDecay: Double = 0.004,
    weightDecay: Double = 0)
  /// Lion with decoupled weight decay, the paper's defaults.
  case lion(beta1: Double = 0.9, beta2: Double = 0.99, weightDecay: Double = 0)
  /// LAMB, fastai's form and defaults: one trust ratio for each tensor, no decay of biases and norms.
  case lamb(
    momentum: Double = 0.9, squareMomentum: Double = 0.99, epsilon: Double = 1e-5, weightDecay: Double = 0)
  /// fastai's Adam with its defaults: decoupled decay, but none of biases and norms.
  case fastaiAdam(
    momentum: Double = 0.9, squareMomentum: Double = 0.99, epsilon: Double = 1e-5, weightDecay: Double = 0.01)
  /// One that finds its learning rate by itself, or needs no schedule.
  case selfTuning(SelfTuning)

  /// Every optimizer with its default settings.
  private static let standard: [OptimizerConfiguration] =
    [.sgd(), .adam(), .adamW(), .rmsProp(), .adagrad(), .rAdam(), .nAdam(), .lamb(), .lion(), .fastaiAdam()]
    + SelfTuning.Method.allCases.map { .selfTuning(SelfTuning($0)) }

  /// The names that ``init(parsing:)`` takes.
  public static let families = standard.map(\.family)

  /// The optimizer called `name` with its default settings, for example `sgd` (momentum 0.9) or `adam`.
  ///
  /// - Throws: ``TrainingEngineError/unknownOptimizer(name:)``.
  public init(parsing name: String) throws(TrainingEngineError) {
    guard let found = Self.standard.first(where: { $0.family == name }) else {
      throw .unknownOptimizer(name: name)
    }
    self = found
  }

  /// The optimizer's name without settings, for example `sgd` or `adamw`.
  public var family: String {
    switch self {
    case .sgd: "sgd"
    case .adam: "adam"
    case .adamW: "adamw"
    case .rmsProp: "rmsprop"
    case .adagrad: "adagrad"
    case .rAdam: "radam"
    case .nAdam: "nadam"
    case .lamb: "lamb"
    case .lion: "lion"
    case .fastaiAdam: "fastai-adam"
    case .selfTuning(let settings): settings.method.rawValue
    }
  }

  /// The name with all settings; equal configurations have equal descriptions.
  public var description: String {
    switch self {
    case .sgd(let momentum, let weightDecay, let nesterov):
      "sgd(momentum: \(momentum), weightDecay: \(weightDecay), nesterov: \(nesterov))"
    case .adam(let beta1, let beta2, let epsilon, let weightDecay),
      .adamW(let beta1, let beta2, let epsilon, let weightDecay),
      .rAdam(let beta1, let beta2, let epsilon, let weightDecay):
      "\(family)(beta1: \(beta1), beta2: \(beta2), epsilon: \(epsilon), weightDecay: \(weightDecay))"
    case .rmsProp(let decay, let epsilon, let momentum, let weightDecay):
      "rmsprop(decay: \(decay), epsilon: \(epsilon), momentum: \(momentum), weightDecay: \(weightDecay))"
    case .adagrad(let epsilon, let weightDecay): "adagrad(epsilon: \(epsilon), weightDecay: \(weightDecay))"
    case .nAdam(let beta1, let beta2, let epsilon, let momentumDecay, let weightDecay):
      "nadam(beta1: \(beta1), beta2: \(beta2), epsilon: \(epsilon), momentumDecay: \(momentumDecay), "
        + "weightDecay: \(weightDecay))"
    case .lion(let beta1, let beta2, let weightDecay):
      "lion(beta1: \(beta1), beta2: \(beta2), weightDecay: \(weightDecay))"
    case .lamb(let momentum, let squareMomentum, let epsilon, let weightDecay),
      .fastaiAdam(let momentum, let squareMomentum, let epsilon, let weightDecay):
      "\(family)(momentum: \(momentum), squareMomentum: \(squareMomentum), epsilon: \(epsilon), "
        + "weightDecay: \(weightDecay))"
    case .selfTuning(let settings): settings.description
    }
  }
}
