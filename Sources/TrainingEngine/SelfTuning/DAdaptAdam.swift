internal import NumericKernels

/// D-Adaptation for Adam.
///
/// With d = g + λ·p, η the largest rate, r a group's rate over it and β₃ = √β₂ a step takes
///
///     a = r·D·η·Σ d·s/(√v + ε);  m = β₁·m + (1 − β₁)·r·D·η·d;  v = β₂·v + (1 − β₂)·d²
///     s = β₃·s + (1 − β₃)·D·η·d;  N = β₃·N + (1 − β₃)·a
///     D′ = max(D, N / ((1 − β₃)·Σ r·|s|));  p −= m/(√v + ε)
///
/// and D′ is the next D. The moments' bias is not corrected; a step without any gradient changes nothing. Source: A.
/// Defazio, K. Mishchenko, "Learning-Rate-Free Learning by D-Adaptation", ICML 2023, algorithm 5 (Adam); r is
/// `layer_scale` of dadaptation 3.2, whose defaults these are.
struct DAdaptAdam: SelfTuningMethod {
  private let squareMomentum, epsilon: Double
  private var distance: Double
  private var numerator = 0.0
  // Of the step at hand: the rates, the distance before it, and whether there was nothing to measure.
  private var momentum = 0.0
  private var largestRate = 0.0
  private var before = 0.0
  private var isIdle = false

  init(_ settings: SelfTuning) {
    squareMomentum = settings.squareMomentum ?? 0
    epsilon = settings.epsilon ?? 0
    distance = settings.initialEstimate ?? 0
  }

  var scalars: [Double] {
    get { [distance, numerator] }
    set { (distance, numerator) = (newValue[0], newValue[1]) }
  }

  var estimate: Double? { distance }

  private var keptWeight: Double { squareMomentum.squareRoot() }

  mutating func begin(_ step: SelfTuningStep, gradientSquares: () -> Double) {
    (momentum, largestRate, before) = (step.momentum, step.largestRate, distance)
  }

  func measure(_ part: OptimizerPart) -> MeasuredSums {
    guard part.learningRate > 0 else { return MeasuredSums() }
    let rate = before * part.learningRate
    let sums = estimateMeasure(
      part.operands, origin: nil, states: states(part),
      settings: EstimateSettings(
        first: (momentum, rate * (1 - momentum)), second: (squareMomentum, 1 - squareMomentum),
        weighted: (keptWeight, before * largestRate * (1 - keptWeight)), weightDecay: part.weightDecay,
        epsilon: epsilon))
    return MeasuredSums(rate * sums[0], sums[1] * part.learningRate / largestRate, 0, 0)
  }

  mutating func conclude(_ blocks: [MeasuredSums]) {
    isIdle = blocks[0][1] == 0
    guard !isIdle else { return }
    numerator = keptWeight * numerator + (1 - keptWeight) * blocks[0][0]
    let evidence = numerator / ((1 - keptWeight) * blocks[0][1])
    if evidence > distance { distance = evidence }
  }

  func move(_ part: OptimizerPart, sums: inout StepSums) {
    // The rate is in the first moment already.
    adaptiveMove(
      part.operands, states: states(part), rate: isIdle || part.learningRate == 0 ? 0 : 1, decay: 0,
      epsilon: epsilon, sums: &sums)
  }

  private func states(_ part: OptimizerPart) -> EstimateMoments {
    EstimateMoments(first: part.state(0), second: part.state(1), weighted: part.state(2))
  }
}
