internal import NumericKernels

/// Schedule-free SGD and AdamW: gradients are taken at y, the network is evaluated at the average x.
///
/// With γ the learning rate, the largest so far squared as weight w, c = w/Σ w, and g the gradient at y a step takes
///
///     z −= γ·(g + λ·y), of AdamW γ·(g/(√(v/(1 − β₂^t)) + ε) + λ·y)
///     x = (1 − c)·x + c·z;  y = β·x + (1 − β)·z
///
/// The trainer's parameters are y; x is kept beside, so that evaluating changes no bit of y. Running statistics of batch
/// norms are those of the passes at y. Source: A. Defazio et al., "The Road Less Scheduled", NeurIPS 2024, equations 3 to
/// 5 and algorithm 1; weights and defaults as schedulefree 1.4.1 has them, without its own warm-up, which a schedule can
/// do. A momentum that moves is no use here: β is not moved by one-cycle.
struct ScheduleFree: SelfTuningMethod {
  private let settings: SelfTuning
  /// The largest rate and Σ w of every group.
  private var largest, weights: [Double]
  // Of the step at hand: c of every group, and what else is known of it.
  private var shares: [Double]
  private var step = SelfTuningStep(number: 0, momentum: 0, learningRates: [], largestRate: 0)

  init(_ settings: SelfTuning, groups: Int) {
    self.settings = settings
    largest = Array(repeating: 0, count: groups)
    weights = largest
    shares = largest
  }

  var scalars: [Double] {
    get { largest + weights }
    set {
      largest = Array(newValue[..<shares.count])
      weights = Array(newValue[shares.count...])
    }
  }

  var estimate: Double? { nil }
  var measures: Bool { false }

  mutating func begin(_ step: SelfTuningStep, gradientSquares: () -> Double) {
    self.step = step
    for (group, rate) in step.learningRates.enumerated() {
      largest[group] = max(largest[group], rate)
      let weight = largest[group] * largest[group]
      weights[group] += weight
      shares[group] = weights[group] > 0 ? weight / weights[group] : 0
    }
  }

  func measure(_ part: OptimizerPart) -> MeasuredSums { MeasuredSums() }
  mutating func conclude(_ blocks: [MeasuredSums]) {}

  func move(_ part: OptimizerPart, sums: inout StepSums) {
    let states = ScheduleFreeStates(average: part.state(0), base: part.state(1))
    let free = ScheduleFreeSettings(
      learningRate: part.learningRate, interpolation: step.momentum, share: shares[part.group],
      weightDecay: part.weightDecay)
    guard settings.method == .scheduleFreeAdamW else {
      return scheduleFreeStep(part.operands, states: states, settings: free, sums: &sums)
    }
    scheduleFreeStep(
      part.operands, states: states, second: part.state(2), step: step.number, settings: free,
      adam: AdamSettings(
        beta1: step.momentum, beta2: settings.squareMomentum ?? 0, epsilon: settings.epsilon ?? 0),
      sums: &sums)
  }
}
