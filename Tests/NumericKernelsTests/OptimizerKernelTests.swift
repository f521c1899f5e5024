import Foundation
import NumericKernels
import Testing

@Suite("Optimizer kernels")
struct OptimizerKernelTests {
  private static let count = 45  // not a multiple of the kernels' eight lanes

  /// The sums of the report, recomputed from what the step left.
  private func checkSums(
    _ sums: StepSums, gradients: [Float], start: [Float], before: [Float], after: [Float]
  ) {
    func close(_ left: Double, _ right: Double) -> Bool { abs(left - right) <= 1e-12 * abs(right) }
    func sum(_ term: (Int) -> Double) -> Double { before.indices.reduce(0) { $0 + term($1) } }
    let update = zip(after, before).map { Double($0) - Double($1) }
    #expect(close(sums.gradientSquares, sum { Double(gradients[$0]) * Double(gradients[$0]) }))
    #expect(close(sums.parameterSquares, sum { Double(before[$0]) * Double(before[$0]) }))
    #expect(close(sums.updateSquares, sum { update[$0] * update[$0] }))
    #expect(close(sums.gradientDotUpdate, sum { Double(gradients[$0]) * update[$0] }))
    #expect(close(sums.distanceSquares, sum { pow(Double(after[$0]) - Double(start[$0]), 2) }))
  }

  @Test("SGD equals the naive update", arguments: [(0.0, 0.0, false), (0.9, 0.01, false), (0.9, 0.0, true)])
  func sgd(momentum: Double, weightDecay: Double, nesterov: Bool) {
    var numbers = TestNumbers(seed: 13)
    let start = numbers.floats(Self.count)
    let parameters = buffer(start)
    let velocity = FloatBuffer(count: Self.count).view
    var expected = start.map(Double.init)
    var speeds = [Double](repeating: 0, count: Self.count)
    for _ in 0..<5 {
      let gradients = numbers.floats(Self.count)
      let before = parameters.values
      for i in expected.indices {
        let direction = Double(gradients[i]) + weightDecay * expected[i]
        speeds[i] = momentum * speeds[i] + direction
        expected[i] -= 0.1 * (nesterov ? direction + momentum * speeds[i] : speeds[i])
      }
      var sums = StepSums()
      sgdStep(
        OptimizerOperands(parameters: parameters, gradients: buffer(gradients), start: buffer(start)),
        velocity: velocity, learningRate: 0.1, momentum: momentum, weightDecay: weightDecay,
        nesterov: nesterov, sums: &sums)
      #expect(worstError(parameters, expected) < singlePrecision)
      checkSums(sums, gradients: gradients, start: start, before: before, after: parameters.values)
    }
  }

  @Test("Adam equals the naive update", arguments: [0.0, 0.1])
  func adam(weightDecay: Double) {
    var numbers = TestNumbers(seed: 14)
    let start = numbers.floats(Self.count)
    let parameters = buffer(start)
    let (first, second) = (FloatBuffer(count: Self.count).view, FloatBuffer(count: Self.count).view)
    var expected = start.map(Double.init)
    var (m, v) = ([Double](repeating: 0, count: Self.count), [Double](repeating: 0, count: Self.count))
    for step in 1...5 {
      let gradients = numbers.floats(Self.count)
      let before = parameters.values
      for i in expected.indices {
        let gradient = Double(gradients[i]) + weightDecay * expected[i]
        m[i] = 0.9 * m[i] + 0.1 * gradient
        v[i] = 0.999 * v[i] + 0.001 * gradient * gradient
        let corrected = (m[i] / (1 - pow(0.9, Double(step))), v[i] / (1 - pow(0.999, Double(step))))
        expected[i] -= 0.01 * corrected.0 / (corrected.1.squareRoot() + 1e-8)
      }
      var sums = StepSums()
      adamStep(
        OptimizerOperands(parameters: parameters, gradients: buffer(gradients), start: buffer(start)),
        firstMoment: first, secondMoment: second, step: step, learningRate: 0.01, beta1: 0.9, beta2: 0.999,
        epsilon: 1e-8, weightDecay: weightDecay, sums: &sums)
      #expect(worstError(parameters, expected) < singlePrecision)
      checkSums(sums, gradients: gradients, start: start, before: before, after: parameters.values)
    }
  }

  @Test("sums of several stretches add up")
  func sumsAddUp() {
    var sums = StepSums()
    for gradient: Float in [3, 4] {
      sgdStep(
        OptimizerOperands(parameters: buffer([1]), gradients: buffer([gradient]), start: buffer([1])),
        velocity: buffer([0]), learningRate: 0, momentum: 0, weightDecay: 0, nesterov: false, sums: &sums)
    }
    #expect(sums.gradientSquares == 25 && sums.parameterSquares == 2 && sums.updateSquares == 0)
  }
}
