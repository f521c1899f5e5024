internal import NumericKernels

/// Prodigy for Adam: D, the distance to the solution, grows with the evidence for it.
///
/// With η the largest rate, r a group's rate over it, β₃ = √β₂ and D₀ the first D a step takes
///
///     m = β₁·m + (1 − β₁)·D·g;  v = β₂·v + (1 − β₂)·D²·g²;  s = β₃·s + D²/D₀·η·g
///     N = β₃·N + D²/D₀·η·Σ g·(x₀ − p);  D′ = max(D, N / Σ r·|s|)
///     p −= D·η·r·(λ·p + m/(√v + D′·ε))
///
/// and D′ is the next D. The moments' bias is not corrected; a step without any gradient changes nothing. Source: K.
/// Mishchenko, A. Defazio, "Prodigy: An Expeditiously Adaptive Parameter-Free Learner", ICML 2024, algorithm 4 (Adam);
/// N, s, β₃ and the decoupled decay as prodigyopt 1.1.2 has them by default.
struct Prodigy: SelfTuningMethod {
  private let first, squareMomentum, epsilon: Double
  private var distance: Double
  private var numerator = 0.0
  // Of the step at hand: the rates, the distance before it, and whether there was nothing to measure.
  private var momentum = 0.0
  private var largestRate = 0.0
  private var before = 0.0
  private var isIdle = false

  init(_ settings: SelfTuning) {
    first = settings.initialEstimate ?? 0
    squareMomentum = settings.squareMomentum ?? 0
    epsilon = settings.epsilon ?? 0
    distance = first
  }

  var scalars: [Double] {
    get { [distance, numerator] }
    set { (distance, numerator) = (newValue[0], newValue[1]) }
  }

  var estimate: Double? { distance }

  /// D²/D₀·η: later gradients weigh more, as D was smaller before.
  private var weight: Double { before / first * before * largestRate }
  private var keptWeight: Double { squareMomentum.squareRoot() }

  mutating func begin(_ step: SelfTuningStep, gradientSquares: () -> Double) {
    (momentum, largestRate, before) = (step.momentum, step.largestRate, distance)
  }

  func measure(_ part: OptimizerPart) -> MeasuredSums {
    guard part.learningRate > 0 else { return MeasuredSums() }
    let sums = estimateMeasure(
      part.operands, origin: part.state(0), states: states(part),
      settings: EstimateSettings(
        first: (momentum, before * (1 - momentum)),
        second: (squareMomentum, before * before * (1 - squareMomentum)), weighted: (keptWeight, weight)))
    return MeasuredSums(sums[0], sums[1] * part.learningRate / largestRate, 0, 0)
  }

  mutating func conclude(_ blocks: [MeasuredSums]) {
    isIdle = blocks[0][1] == 0
    guard !isIdle else { return }
    numerator = keptWeight * numerator + weight * blocks[0][0]
    let evidence = numerator / blocks[0][1]
    if evidence > distance { distance = evidence }
  }

  func move(_ part: OptimizerPart, sums: inout StepSums) {
    let rate = isIdle ? 0 : before * part.learningRate
    adaptiveMove(
      part.operands, states: states(part), rate: rate, decay: part.weightDecay * rate,
      epsilon: distance * epsilon, sums: &sums)
  }

  private func states(_ part: OptimizerPart) -> EstimateMoments {
    EstimateMoments(first: part.state(1), second: part.state(2), weighted: part.state(3))
  }
}
