internal import NumericKernels

/// Distance over gradients, of a parameter group (DoG) or of a tensor (L-DoG).
///
/// With d = g + λ·p a step takes
///
///     r = max(r, ‖p − x₀‖), at first r_rel·(1 + ‖x₀‖);  G += Σ d², at first with ε
///     p −= η·r/√G·d
///
/// Where there are several r/√G, the rate that is found is the one at which a step of plain SGD would be as long. Source:
/// M. Ivgi, O. Hinder, Y. Carmon, "DoG is SGD's Best Friend", ICML 2023, equation 2 and section 3.2; the defaults are
/// those of dog-optimizer 1.0.3. Its average of the iterates, a tool of its own beside the optimizer, is no part of this.
struct DistanceOverGradients: SelfTuningMethod {
  private let firstMovement, epsilon: Double
  /// r and G of every block.
  private var distances, squares: [Double]
  private var found = 0.0
  private var isFirst = true
  private var rates: [Double]

  init(_ settings: SelfTuning, blocks: Int) {
    firstMovement = settings.initialEstimate ?? 0
    epsilon = settings.epsilon ?? 0
    distances = Array(repeating: 0, count: blocks)
    squares = distances
    rates = distances
  }

  var scalars: [Double] {
    get { distances + squares + [found] }
    set {
      let blocks = rates.count
      distances = Array(newValue[..<blocks])
      squares = Array(newValue[blocks..<2 * blocks])
      found = newValue[2 * blocks]
    }
  }

  var estimate: Double? { found }

  mutating func begin(_ step: SelfTuningStep, gradientSquares: () -> Double) { isFirst = step.number == 1 }

  func measure(_ part: OptimizerPart) -> MeasuredSums {
    var sums = dogMeasure(part.operands, origin: part.state(0), weightDecay: part.weightDecay)
    // x₀, for it is the first step.
    if isFirst { sums[2] = sumOfSquares(part.state(0)) }
    return sums
  }

  mutating func conclude(_ blocks: [MeasuredSums]) {
    var (length, gradient) = (0.0, 0.0)
    for (index, sums) in blocks.enumerated() {
      let distance = isFirst ? firstMovement * (1 + sums[2].squareRoot()) : sums[1].squareRoot()
      distances[index] = max(distances[index], distance)
      squares[index] += sums[0] + (isFirst ? epsilon : 0)
      rates[index] = distances[index] / squares[index].squareRoot()
      length += sums[0] * rates[index] * rates[index]
      gradient += sums[0]
    }
    if gradient > 0 { found = (length / gradient).squareRoot() }
  }

  func move(_ part: OptimizerPart, sums: inout StepSums) {
    descend(
      part.operands, learningRate: part.learningRate * rates[part.block], weightDecay: part.weightDecay,
      sums: &sums)
  }
}
