internal import NumericKernels

/// Mechanic: the moves of another optimizer, added up and scaled by what a tuner finds.
///
/// With S = Σ sᵢ of before, the tuner's β = 0.9, 0.99, …, 0.999999 in the place of i, and p′ where SGD with momentum or
/// AdamW would come from p at the learning rate, a step takes
///
///     Δ = (p − x₀)/(S + ε);  h = Σ Δ·(g + λ_s·S·‖g‖/(‖p′‖ + ε)·p′);  Δ += p′ − p
///     mᵢ = max(βᵢ·mᵢ, |h|);  vᵢ = βᵢ²·vᵢ + h²;  rᵢ = max(0, βᵢ·rᵢ − sᵢ·h);  sᵢ = (s_init·mᵢ/6 + rᵢ)/(√vᵢ + ε)
///     p = x₀ + Δ·Σ sᵢ
///
/// where mᵢ begins at 10⁻⁶, λ_s = 0.01, s_init = ε = 10⁻⁸. The rate that is found is Σ sᵢ. Source: A. Cutkosky, A.
/// Defazio, H. Mehta, "Mechanic: A Learning Rate Tuner", NeurIPS 2023, algorithm 1; constants, and Δ computed anew from p,
/// as mechanic-pytorch 0.0.1 has them by default.
struct Mechanic: SelfTuningMethod {
  private let settings: SelfTuning
  private var tuners: [Tuner]
  // Of the step at hand:
  private var step = SelfTuningStep(number: 0, momentum: 0, learningRates: [], largestRate: 0)

  private static let keeps = [0.9, 0.99, 0.999, 0.9999, 0.99999, 0.999999]
  private static let decay = 0.01
  private static let firstScale = 1e-8
  private static let firstProduct = 1e-6
  private static let epsilon = 1e-8

  /// s, m, v and r of one β.
  private struct Tuner {
    var scale = 0.0
    var largest = firstProduct
    var squares = 0.0
    var reward = 0.0
  }

  init(_ settings: SelfTuning) {
    self.settings = settings
    tuners = Array(repeating: Tuner(), count: Self.keeps.count)
  }

  var scalars: [Double] {
    get { tuners.flatMap { [$0.scale, $0.largest, $0.squares, $0.reward] } }
    set {
      for index in tuners.indices {
        let part = newValue[(4 * index)...]
        tuners[index] = Tuner(
          scale: part[4 * index], largest: part[4 * index + 1], squares: part[4 * index + 2],
          reward: part[4 * index + 3])
      }
    }
  }

  private var scale: Double { tuners.reduce(0) { $0 + $1.scale } }

  var estimate: Double? { scale }

  mutating func begin(_ step: SelfTuningStep, gradientSquares: () -> Double) { self.step = step }

  func measure(_ part: OptimizerPart) -> MeasuredSums {
    if settings.method == .mechanicSGD {
      return mechanicMeasure(
        part.operands, states: states(part), scale: scale + Self.epsilon, velocity: part.state(2),
        learningRate: part.learningRate, momentum: step.momentum, weightDecay: part.weightDecay)
    }
    return mechanicMeasure(
      part.operands, states: states(part), scale: scale + Self.epsilon,
      moments: AdamMoments(first: part.state(2), second: part.state(3)), step: step.number,
      learningRate: part.learningRate,
      settings: AdamSettings(
        beta1: step.momentum, beta2: settings.squareMomentum ?? 0, epsilon: settings.epsilon ?? 0,
        decoupledDecay: part.weightDecay))
  }

  mutating func conclude(_ blocks: [MeasuredSums]) {
    let sums = blocks[0]
    let pull =
      Self.decay * scale * sums[0].squareRoot() / (sums[1].squareRoot() + Self.epsilon)
    let product = sums[2] + pull * sums[3]
    for (index, keep) in Self.keeps.enumerated() {
      var tuner = tuners[index]
      tuner.largest = max(keep * tuner.largest, abs(product))
      tuner.squares = keep * keep * tuner.squares + product * product
      let reward = keep * tuner.reward - tuner.scale * product
      tuner.reward = reward < 0 ? 0 : reward
      let wealth = tuner.largest * Self.firstScale / Double(Self.keeps.count) + tuner.reward
      tuner.scale = wealth / (tuner.squares.squareRoot() + Self.epsilon)
      tuners[index] = tuner
    }
  }

  func move(_ part: OptimizerPart, sums: inout StepSums) {
    mechanicMove(part.operands, states: states(part), scale: scale, sums: &sums)
  }

  private func states(_ part: OptimizerPart) -> MechanicStates {
    MechanicStates(origin: part.state(0), offset: part.state(1))
  }
}
