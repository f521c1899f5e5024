internal import NumericKernels

extension Optimizer {
  /// Updates one stretch by the optimizer's kernel.
  func update(
    _ stretch: Stretch, _ operands: OptimizerOperands, _ settings: OptimizerConfiguration,
    _ learningRate: Double, _ momenta: NAdamMomenta?, _ sums: inout StepSums
  ) {
    let first = stretch.slice(state[0])
    var moments: AdamMoments { AdamMoments(first: first, second: stretch.slice(state[1])) }
    switch settings {
    case .sgd(let momentum, let weightDecay, let nesterov):
      sgdStep(
        operands, velocity: first, learningRate: learningRate, momentum: momentum, weightDecay: weightDecay,
        nesterov: nesterov, sums: &sums)
    case .adam(let beta1, let beta2, let epsilon, let weightDecay):
      adamStep(
        operands, moments: moments, step: stepCount, learningRate: learningRate,
        settings: AdamSettings(beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: weightDecay),
        sums: &sums)
    case .adamW(let beta1, let beta2, let epsilon, let weightDecay),
      .fastaiAdam(let beta1, let beta2, let epsilon, let weightDecay):
      adamStep(
        operands, moments: moments, step: stepCount, learningRate: learningRate,
        settings: AdamSettings(beta1: beta1, beta2: beta2, epsilon: epsilon, decoupledDecay: weightDecay),
        sums: &sums)
    case .rmsProp(let decay, let epsilon, let momentum, let weightDecay):
      rmsPropStep(
        operands, squareAverage: first, velocity: stretch.slice(state[1]), learningRate: learningRate,
        decay: decay, epsilon: epsilon, momentum: momentum, weightDecay: weightDecay, sums: &sums)
    case .adagrad(let epsilon, let weightDecay):
      adagradStep(
        operands, squareSum: first, learningRate: learningRate, epsilon: epsilon, weightDecay: weightDecay,
        sums: &sums)
    case .rAdam(let beta1, let beta2, let epsilon, let weightDecay):
      rAdamStep(
        operands, moments: moments, step: stepCount, learningRate: learningRate,
        settings: AdamSettings(beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: weightDecay),
        sums: &sums)
    case .nAdam(let beta1, let beta2, let epsilon, _, let weightDecay):
      guard let momenta else { preconditionFailure("NAdam's momenta are computed before its step") }
      nAdamStep(
        operands, moments: moments, step: stepCount, learningRate: learningRate,
        settings: AdamSettings(beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: weightDecay),
        momenta: momenta, sums: &sums)
    case .lamb(let beta1, let beta2, let epsilon, let weightDecay):
      lambStep(
        operands, moments: moments, step: stepCount, learningRate: learningRate,
        settings: AdamSettings(beta1: beta1, beta2: beta2, epsilon: epsilon, decoupledDecay: weightDecay),
        sums: &sums)
    case .lion(let beta1, let beta2, let weightDecay):
      lionStep(
        operands, moment: first, learningRate: learningRate, beta1: beta1, beta2: beta2,
        weightDecay: weightDecay, sums: &sums)
    case .selfTuning: preconditionFailure("a self-tuning method moves parameters itself")
    }
  }
}
