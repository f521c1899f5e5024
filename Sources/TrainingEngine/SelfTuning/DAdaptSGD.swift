internal import NumericKernels

/// D-Adaptation for SGD, by dual averaging.
///
/// With d = g + λ·p, η the largest rate, r a group's rate over it, μ the momentum and ‖g₀‖ the norm of the first gradient
/// a step takes
///
///     γ = D·η/‖g₀‖;  N += r·γ·Σ d·s;  s += γ·d;  D′ = max(D, 2·N/√(Σ r·s²))
///     p = μ·p + (1 − μ)·(x₀ − r·s)
///
/// and D′ is the next D; the rate that is found is D/‖g₀‖. A step without any gradient changes nothing. Source: A.
/// Defazio, K. Mishchenko, "Learning-Rate-Free Learning by D-Adaptation", ICML 2023, algorithm 4 (SGD); the defaults
/// are dadaptation 3.2's.
struct DAdaptSGD: SelfTuningMethod {
  private var distance: Double
  private var numerator = 0.0
  /// ‖g₀‖, without weight decay; 0 before there was a gradient.
  private var firstNorm = 0.0
  // Of the step at hand: the rates, γ, and whether there was nothing to measure.
  private var momentum = 0.0
  private var largestRate = 0.0
  private var rate = 0.0
  private var isIdle = false

  init(_ settings: SelfTuning) { distance = settings.initialEstimate ?? 0 }

  var scalars: [Double] {
    get { [distance, numerator, firstNorm] }
    set { (distance, numerator, firstNorm) = (newValue[0], newValue[1], newValue[2]) }
  }

  var estimate: Double? { firstNorm == 0 ? nil : distance / firstNorm }

  mutating func begin(_ step: SelfTuningStep, gradientSquares: () -> Double) {
    (momentum, largestRate) = (step.momentum, step.largestRate)
    if firstNorm == 0 { firstNorm = gradientSquares().squareRoot() }
    rate = firstNorm == 0 ? 0 : distance * largestRate / firstNorm
  }

  func measure(_ part: OptimizerPart) -> MeasuredSums {
    guard part.learningRate > 0 else { return MeasuredSums() }
    let sums = dualMeasure(
      part.operands, weighted: part.state(1), rate: rate, weightDecay: part.weightDecay)
    let scale = part.learningRate / largestRate
    return MeasuredSums(scale * rate * sums[0], scale * sums[1], 0, 0)
  }

  mutating func conclude(_ blocks: [MeasuredSums]) {
    isIdle = blocks[0][1] == 0
    guard !isIdle else { return }
    numerator += blocks[0][0]
    let evidence = 2 * numerator / blocks[0][1].squareRoot()
    if evidence > distance { distance = evidence }
  }

  func move(_ part: OptimizerPart, sums: inout StepSums) {
    let stays = isIdle || part.learningRate == 0
    dualMove(
      part.operands, origin: part.state(0), weighted: part.state(1), momentum: stays ? 1 : momentum,
      scale: stays ? 0 : part.learningRate / largestRate, sums: &sums)
  }
}
