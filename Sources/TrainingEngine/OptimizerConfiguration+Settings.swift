extension OptimizerConfiguration {
  /// The momentum, or how much of the gradient's average a step keeps (β₁); nil of Adagrad and DoG, which have none.
  public var momentum: Double? {
    switch self {
    case .sgd(let momentum, _, _), .rmsProp(_, _, let momentum, _), .lamb(let momentum, _, _, _),
      .fastaiAdam(let momentum, _, _, _):
      momentum
    case .adam(let beta1, _, _, _), .adamW(let beta1, _, _, _), .rAdam(let beta1, _, _, _),
      .nAdam(let beta1, _, _, _, _), .lion(let beta1, _, _):
      beta1
    case .adagrad: nil
    case .selfTuning(let settings): settings.momentum
    }
  }

  /// Whether schedules that move the momentum move this optimizer's.
  ///
  /// The β of schedule-free methods is none: it says where gradients are taken.
  var hasMovableMomentum: Bool { (momentum ?? 0) > 0 && selfTuning?.averages != true }

  /// The settings of an optimizer that finds its rate by itself, or needs no schedule; nil of the others.
  public var selfTuning: SelfTuning? {
    if case .selfTuning(let settings) = self { settings } else { nil }
  }

  /// The weight decay.
  public var weightDecay: Double {
    switch self {
    case .sgd(_, let weightDecay, _), .adam(_, _, _, let weightDecay), .adamW(_, _, _, let weightDecay),
      .rmsProp(_, _, _, let weightDecay), .adagrad(_, let weightDecay), .rAdam(_, _, _, let weightDecay),
      .nAdam(_, _, _, _, let weightDecay), .lion(_, _, let weightDecay), .lamb(_, _, _, let weightDecay),
      .fastaiAdam(_, _, _, let weightDecay):
      weightDecay
    case .selfTuning(let settings): settings.weightDecay
    }
  }

  /// The same optimizer with another momentum or weight decay, where given and where it has a momentum to replace.
  public func replacing(momentum: Double? = nil, weightDecay: Double? = nil) -> OptimizerConfiguration {
    let keep = momentum ?? self.momentum ?? 0
    let decay = weightDecay ?? self.weightDecay
    switch self {
    case .sgd(_, _, let nesterov): return .sgd(momentum: keep, weightDecay: decay, nesterov: nesterov)
    case .adam(_, let beta2, let epsilon, _):
      return .adam(beta1: keep, beta2: beta2, epsilon: epsilon, weightDecay: decay)
    case .adamW(_, let beta2, let epsilon, _):
      return .adamW(beta1: keep, beta2: beta2, epsilon: epsilon, weightDecay: decay)
    case .rmsProp(let average, let epsilon, _, _):
      return .rmsProp(decay: average, epsilon: epsilon, momentum: keep, weightDecay: decay)
    case .adagrad(let epsilon, _): return .adagrad(epsilon: epsilon, weightDecay: decay)
    case .rAdam(_, let beta2, let epsilon, _):
      return .rAdam(beta1: keep, beta2: beta2, epsilon: epsilon, weightDecay: decay)
    case .nAdam(_, let beta2, let epsilon, let momentumDecay, _):
      return .nAdam(
        beta1: keep, beta2: beta2, epsilon: epsilon, momentumDecay: momentumDecay, weightDecay: decay)
    case .lion(_, let beta2, _): return .lion(beta1: keep, beta2: beta2, weightDecay: decay)
    case .lamb(_, let squareMomentum, let epsilon, _):
      return .lamb(
        momentum: keep, squareMomentum: squareMomentum, epsilon: epsilon, weightDecay: decay)
    case .fastaiAdam(_, let squareMomentum, let epsilon, _):
      return .fastaiAdam(
        momentum: keep, squareMomentum: squareMomentum, epsilon: epsilon, weightDecay: decay)
    case .selfTuning(let settings):
      return .selfTuning(settings.replacing(momentum: momentum, weightDecay: weightDecay))
    }
  }

  /// How many numbers the optimizer keeps for each parameter.
  var stateCount: Int {
    switch self {
    case .sgd, .adagrad, .lion: 1
    case .adam, .adamW, .rmsProp, .rAdam, .nAdam, .lamb, .fastaiAdam: 2
    case .selfTuning(let settings): settings.stateCount
    }
  }

  /// Whether biases and norms keep their size, as under fastai.
  var decaysWeightsOnly: Bool {
    switch self {
    case .lamb, .fastaiAdam: true
    case .sgd, .adam, .adamW, .rmsProp, .adagrad, .rAdam, .nAdam, .lion, .selfTuning: false
    }
  }

  /// Whether the update of an element depends on the rest of its tensor.
  var isPerTensor: Bool {
    if case .lamb = self { true } else { false }
  }
}
