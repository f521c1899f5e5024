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

  /// Runs five steps of a rule beside its naive twin and checks parameters and sums after each.
  ///
  /// `twin` gives the new parameter from index, step counted from 1, gradient and old parameter.
  private func compare(
    seed: UInt64, rule: (OptimizerOperands, Int, inout StepSums) -> Void,
    twin: (Int, Int, Double, Double) -> Double
  ) {
    var numbers = TestNumbers(seed: seed)
    let start = numbers.floats(Self.count)
    let parameters = buffer(start)
    var expected = start.map(Double.init)
    // RAdam's adaptive rate begins at its sixth step.
    for step in 1...8 {
      let gradients = numbers.floats(Self.count)
      let before = parameters.values
      for i in expected.indices { expected[i] = twin(i, step, Double(gradients[i]), expected[i]) }
      var sums = StepSums()
      rule(
        OptimizerOperands(parameters: parameters, gradients: buffer(gradients), start: buffer(start)), step,
        &sums)
      #expect(worstError(parameters, expected) < singlePrecision)
      checkSums(sums, gradients: gradients, start: start, before: before, after: parameters.values)
    }
  }

  /// Both averages of Adam in double precision.
  private final class NaiveMoments {
    var m = [Double](repeating: 0, count: OptimizerKernelTests.count)
    var v = [Double](repeating: 0, count: OptimizerKernelTests.count)

    func move(_ i: Int, _ gradient: Double) {
      m[i] = 0.9 * m[i] + 0.1 * gradient
      v[i] = 0.99 * v[i] + 0.01 * gradient * gradient
    }
  }

  private func zeros() -> FloatView { FloatBuffer(count: Self.count).view }
  private func moments() -> AdamMoments { AdamMoments(first: zeros(), second: zeros()) }

  @Test("Adam equals the naive update", arguments: [(0.0, 0.0), (0.1, 0.0), (0.0, 0.1)])
  func adam(weightDecay: Double, decoupledDecay: Double) {
    let (naive, moments) = (NaiveMoments(), moments())
    let settings = AdamSettings(
      beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: weightDecay, decoupledDecay: decoupledDecay)
    compare(seed: 14) { operands, step, sums in
      adamStep(
        operands, moments: moments, step: step, learningRate: 0.01, settings: settings, sums: &sums)
    } twin: { i, step, gradient, parameter in
      naive.move(i, gradient + weightDecay * parameter)
      let corrected = (naive.m[i] / (1 - pow(0.9, Double(step))), naive.v[i] / (1 - pow(0.99, Double(step))))
      return (1 - 0.01 * decoupledDecay) * parameter
        - 0.01 * corrected.0 / (corrected.1.squareRoot() + 1e-8)
    }
  }

  @Test("RAdam equals the naive update, before and after its rectification begins")
  func rAdam() {
    let (naive, moments) = (NaiveMoments(), moments())
    var rectified = 0
    compare(seed: 24) { operands, step, sums in
      rAdamStep(
        operands, moments: moments, step: step, learningRate: 0.01,
        settings: AdamSettings(beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0.1), sums: &sums)
    } twin: { i, step, gradient, parameter in
      naive.move(i, gradient + 0.1 * parameter)
      let corrections = (1 - pow(0.9, Double(step)), 1 - pow(0.99, Double(step)))
      let limit = 2 / (1 - 0.99) - 1
      let length = limit - 2 * Double(step) * pow(0.99, Double(step)) / corrections.1
      guard length > 5 else { return parameter - 0.01 * naive.m[i] / corrections.0 }
      rectified += 1
      let ratio = (length - 4) / (limit - 4) * (length - 2) / (limit - 2) * limit / length
      let rate = corrections.1.squareRoot() / (naive.v[i].squareRoot() + 1e-8)
      return parameter - 0.01 * ratio.squareRoot() * naive.m[i] / corrections.0 * rate
    }
    #expect(rectified > 0 && rectified < 8 * Self.count)
  }

  @Test("NAdam equals the naive update")
  func nAdam() {
    let (naive, moments) = (NaiveMoments(), moments())
    func momentum(_ step: Int) -> Double { 0.9 * (1 - 0.5 * pow(0.96, Double(step) * 0.004)) }
    func product(_ step: Int) -> Double { (1...step).reduce(1) { $0 * momentum($1) } }
    var before = 1.0
    compare(seed: 25) { operands, step, sums in
      let momenta = NAdamMomenta(step: step, beta1: 0.9, decay: 0.004, productBefore: before)
      before = momenta.product
      nAdamStep(
        operands, moments: moments, step: step, learningRate: 0.01,
        settings: AdamSettings(beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0.1), momenta: momenta,
        sums: &sums)
    } twin: { i, step, gradient, parameter in
      let decayed = gradient + 0.1 * parameter
      naive.move(i, decayed)
      let direction =
        (1 - momentum(step)) / (1 - product(step)) * decayed
        + momentum(step + 1) / (1 - product(step + 1)) * naive.m[i]
      return parameter - 0.01 * direction
        / ((naive.v[i] / (1 - pow(0.99, Double(step)))).squareRoot() + 1e-8)
    }
  }

  @Test("RMSProp equals the naive update", arguments: [0, 0.9])
  func rmsProp(momentum: Double) {
    let (squareAverage, velocity) = (zeros(), zeros())
    var naive = (
      average: [Double](repeating: 0, count: Self.count), speed: [Double](repeating: 0, count: Self.count)
    )
    compare(seed: 26) { operands, _, sums in
      rmsPropStep(
        operands, squareAverage: squareAverage, velocity: velocity, learningRate: 0.01, decay: 0.99,
        epsilon: 1e-8, momentum: momentum, weightDecay: 0.1, sums: &sums)
    } twin: { i, _, gradient, parameter in
      let decayed = gradient + 0.1 * parameter
      naive.average[i] = 0.99 * naive.average[i] + 0.01 * decayed * decayed
      naive.speed[i] = momentum * naive.speed[i] + decayed / (naive.average[i].squareRoot() + 1e-8)
      return parameter - 0.01 * naive.speed[i]
    }
  }

  @Test("Adagrad equals the naive update")
  func adagrad() {
    let squareSum = zeros()
    var naive = [Double](repeating: 0, count: Self.count)
    compare(seed: 27) { operands, _, sums in
      adagradStep(
        operands, squareSum: squareSum, learningRate: 0.05, epsilon: 1e-10, weightDecay: 0.1, sums: &sums)
    } twin: { i, _, gradient, parameter in
      let decayed = gradient + 0.1 * parameter
      naive[i] += decayed * decayed
      return parameter - 0.05 * decayed / (naive[i].squareRoot() + 1e-10)
    }
  }

  @Test("Lion equals the naive update")
  func lion() {
    let moment = zeros()
    var naive = [Double](repeating: 0, count: Self.count)
    compare(seed: 28) { operands, _, sums in
      lionStep(
        operands, moment: moment, learningRate: 0.01, beta1: 0.9, beta2: 0.99, weightDecay: 0.1, sums: &sums)
    } twin: { i, _, gradient, parameter in
      let direction = 0.9 * naive[i] + 0.1 * gradient
      naive[i] = 0.99 * naive[i] + 0.01 * gradient
      return parameter - 0.01 * ((direction > 0 ? 1 : -1) + 0.1 * parameter)
    }
  }

  @Test("Lion leaves a parameter without gradient, and a NaN shows")
  func lionSigns() {
    var sums = StepSums()
    let parameters = buffer([1, 1, 1])
    lionStep(
      OptimizerOperands(parameters: parameters, gradients: buffer([0, .nan, -1]), start: buffer([1, 1, 1])),
      moment: buffer([0, 0, 0]), learningRate: 0.5, beta1: 0.9, beta2: 0.99, weightDecay: 0, sums: &sums)
    #expect(parameters[0] == 1 && parameters[1].isNaN && parameters[2] == 1.5)
  }

  @Test("LAMB equals the naive update, its trust ratio bounded", arguments: [1e-3, 1, 1e3])
  func lamb(scale: Float) {
    var numbers = TestNumbers(seed: 29)
    let start = numbers.floats(Self.count).map { $0 * scale }
    let parameters = buffer(start)
    let (naive, moments) = (NaiveMoments(), moments())
    var expected = start.map(Double.init)
    for step in 1...5 {
      let gradients = numbers.floats(Self.count)
      let before = parameters.values
      let directions = expected.indices.map { i in
        naive.move(i, Double(gradients[i]))
        return naive.m[i] / (1 - pow(0.9, Double(step)))
          / ((naive.v[i] / (1 - pow(0.99, Double(step)))).squareRoot() + 1e-5)
      }
      let kept = expected.map { $0 * (1 - 0.01 * 0.1) }
      func norm(_ values: [Double]) -> Double { values.reduce(0) { $0 + $1 * $1 }.squareRoot() }
      let trust = min(norm(kept) / norm(directions), 10)
      expected = expected.indices.map { kept[$0] - 0.01 * trust * directions[$0] }
      var sums = StepSums()
      lambStep(
        OptimizerOperands(parameters: parameters, gradients: buffer(gradients), start: buffer(start)),
        moments: moments, step: step, learningRate: 0.01,
        settings: AdamSettings(beta1: 0.9, beta2: 0.99, epsilon: 1e-5, decoupledDecay: 0.1), sums: &sums)
      #expect(worstError(parameters, expected) < singlePrecision)
      checkSums(sums, gradients: gradients, start: start, before: before, after: parameters.values)
    }
  }

  @Test("LAMB moves a tensor of zeros")
  func lambOfZeros() {
    var sums = StepSums()
    let parameters = buffer([0, 0])
    lambStep(
      OptimizerOperands(parameters: parameters, gradients: buffer([1, -1]), start: buffer([0, 0])),
      moments: AdamMoments(first: buffer([0, 0]), second: buffer([0, 0])), step: 1, learningRate: 0.5,
      settings: AdamSettings(beta1: 0.9, beta2: 0.99, epsilon: 1e-5), sums: &sums)
    #expect(worstError(parameters, [-0.5, 0.5]) < 1e-4)
  }

  @Test("parameters left alone count in the norms only")
  func unchanged() {
    var sums = StepSums()
    observeUnchanged(parameters: buffer([3, 4]), start: buffer([3, 2]), sums: &sums)
    #expect(sums.parameterSquares == 25 && sums.distanceSquares == 4)
    #expect(sums.gradientSquares == 0 && sums.updateSquares == 0 && sums.gradientDotUpdate == 0)
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
