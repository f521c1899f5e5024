internal import NumericKernels

/// An optimizer at work: its configuration, its state and how many steps it has taken.
struct Optimizer {
  let configuration: OptimizerConfiguration
  /// The velocity of SGD; the first and second moments of Adam.
  let state: [FloatBuffer]
  var stepCount = 0
  private let stretches: [Stretch]

  /// Neighbouring parameters of one group, updated in one pass.
  private struct Stretch {
    let offset: Int
    var end: Int
    let group: Int
  }

  init(_ configuration: OptimizerConfiguration, parameters: [ParameterDescription], flatCount: Int) {
    self.configuration = configuration
    state = (0..<configuration.stateCount).map { _ in FloatBuffer(count: flatCount) }
    var stretches: [Stretch] = []
    for parameter in parameters {
      let end = parameter.slot.offset + parameter.slot.count
      if let last = stretches.indices.last, stretches[last].group == parameter.group {
        // The padding between neighbours is zero in every buffer and stays zero under every rule.
        stretches[last].end = end
      } else {
        stretches.append(Stretch(offset: parameter.slot.offset, end: end, group: parameter.group))
      }
    }
    self.stretches = stretches
  }

  /// Updates all parameters, each group with its own learning rate.
  mutating func step(memory: NetworkMemory, start: FloatBuffer, learningRates: [Double]) -> StepSums {
    stepCount += 1
    var sums = StepSums()
    for stretch in stretches {
      let count = stretch.end - stretch.offset
      let operands = OptimizerOperands(
        parameters: memory.parameters.view.slice(from: stretch.offset, count: count),
        gradients: memory.gradients.view.slice(from: stretch.offset, count: count),
        start: start.view.slice(from: stretch.offset, count: count))
      let learningRate = learningRates[stretch.group]
      switch configuration {
      case .sgd(let momentum, let weightDecay, let nesterov):
        sgdStep(
          operands, velocity: state[0].view.slice(from: stretch.offset, count: count),
          learningRate: learningRate, momentum: momentum, weightDecay: weightDecay, nesterov: nesterov,
          sums: &sums)
      case .adam(let beta1, let beta2, let epsilon, let weightDecay):
        adamStep(
          operands, firstMoment: state[0].view.slice(from: stretch.offset, count: count),
          secondMoment: state[1].view.slice(from: stretch.offset, count: count), step: stepCount,
          learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: weightDecay,
          sums: &sums)
      }
    }
    return sums
  }
}
