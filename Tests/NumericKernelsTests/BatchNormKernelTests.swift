import NumericKernels
import Testing

/// Batch norm by its definition, in double precision and two passes.
private struct NaiveBatchNorm {
  let rows, channels: Int
  let epsilon = 1e-5
  let momentum = 0.1

  func column(_ x: [Float], _ c: Int) -> [Double] { (0..<rows).map { Double(x[$0 * channels + c]) } }

  func moments(_ x: [Float], _ c: Int) -> (mean: Double, variance: Double) {
    let values = column(x, c)
    let mean = values.reduce(0, +) / Double(rows)
    return (mean, values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(rows))
  }

  func forward(_ x: [Float], weight: [Float], bias: [Float]) -> [Double] {
    let all = (0..<channels).map { moments(x, $0) }
    return x.indices.map { i in
      let (mean, variance) = all[i % channels]
      return (Double(x[i]) - mean) / (variance + epsilon).squareRoot() * Double(weight[i % channels])
        + Double(bias[i % channels])
    }
  }

  /// The chain rule written out through mean and variance.
  func backward(_ x: [Float], dy: [Float], weight: [Float]) -> (
    dx: [Double], dWeight: [Double], dBias: [Double]
  ) {
    var dx = [Double](repeating: 0, count: x.count)
    var dWeight: [Double] = []
    var dBias: [Double] = []
    for c in 0..<channels {
      let (mean, variance) = moments(x, c)
      let deviation = (variance + epsilon).squareRoot()
      let values = column(x, c)
      let gradients = column(dy, c)
      let normalised = values.map { ($0 - mean) / deviation }
      dWeight.append(zip(gradients, normalised).reduce(0) { $0 + $1.0 * $1.1 })
      dBias.append(gradients.reduce(0, +))
      let inner = gradients.map { $0 * Double(weight[c]) }
      let dVariance =
        zip(inner, values).reduce(0) { $0 + $1.0 * ($1.1 - mean) } * -0.5
        / (deviation * deviation * deviation)
      let dMean = -inner.reduce(0, +) / deviation
      for r in 0..<rows {
        dx[r * channels + c] =
          inner[r] / deviation + dVariance * 2 * (values[r] - mean) / Double(rows) + dMean / Double(rows)
      }
    }
    return (dx, dWeight, dBias)
  }
}

@Suite("Batch norm kernels")
struct BatchNormKernelTests {
  private static func state(weight: [Float], bias: [Float], mean: [Float], variance: [Float])
    -> BatchNormState
  {
    BatchNormState(
      weight: buffer(weight), bias: buffer(bias), runningMean: buffer(mean),
      runningVariance: buffer(variance), workspace: garbage(4 * weight.count), epsilon: 1e-5, momentum: 0.1)
  }

  private static func scratch(rows: Int, channels: Int) -> FloatView {
    garbage(BatchNormalization.scratchCount(rows: rows, channels: channels))
  }

  @Test(
    "training equals the definition, forward and backward, the same bits on one thread and on three",
    arguments: [(2, 1), (16, 10), (50, 33), (300, 32), (3000, 75)])
  func training(_ rows: Int, _ channels: Int) {
    var numbers = TestNumbers(seed: 6)
    let naive = NaiveBatchNorm(rows: rows, channels: channels)
    let x = numbers.floats(rows * channels).map { $0 * 2 + 3 }
    let dy = numbers.floats(rows * channels)
    let weight = numbers.floats(channels)
    let bias = numbers.floats(channels)
    let oldMean = numbers.floats(channels)
    let scratch = Self.scratch(rows: rows, channels: channels)
    let moments = (0..<channels).map { naive.moments(x, $0) }
    let expected = naive.backward(x, dy: dy, weight: weight)
    // With two rows the exact gradient nearly cancels, which magnifies rounding.
    let tolerance = rows == 2 ? 1e-2 : 1e-5
    var bits: [[[UInt32]]] = []
    for team in [WorkerTeam.alone, WorkerTeam(threads: 3)] {
      let runningMean = buffer(oldMean)
      let runningVariance = buffer([Float](repeating: 2, count: channels))
      let norm = BatchNormalization(
        BatchNormState(
          weight: buffer(weight), bias: buffer(bias), runningMean: runningMean,
          runningVariance: runningVariance, workspace: garbage(4 * channels), epsilon: naive.epsilon,
          momentum: naive.momentum), team: team)
      let y = garbage(x.count)
      norm.trainingForward(buffer(x), into: y, scratch: scratch)
      #expect(worstError(y, naive.forward(x, weight: weight, bias: bias)) < 10 * singlePrecision)
      #expect(
        worstError(runningMean, moments.indices.map { 0.9 * Double(oldMean[$0]) + 0.1 * moments[$0].mean })
          < singlePrecision)
      let unbiased = Double(rows) / Double(rows - 1)
      #expect(
        worstError(runningVariance, moments.map { 0.9 * 2 + 0.1 * $0.variance * unbiased }) < singlePrecision)

      let (dWeight, dBias, dx) = (garbage(channels), garbage(channels), garbage(x.count))
      norm.backward(
        buffer(x), outputGradient: buffer(dy), weightGradient: dWeight, biasGradient: dBias, into: dx,
        scratch: scratch)
      #expect(worstError(dx, expected.dx) < tolerance)
      #expect(worstError(dWeight, expected.dWeight) < 1e-5)
      #expect(worstError(dBias, expected.dBias) < 1e-5)
      bits.append([y, dWeight, dBias, dx].map { $0.values.map(\.bitPattern) })
      norm.backward(
        buffer(x), outputGradient: buffer(dy), weightGradient: dWeight, biasGradient: dBias, into: nil,
        scratch: scratch)
      #expect(worstError(dWeight, expected.dWeight) < 1e-5)
    }
    #expect(bits[0] == bits[1])
  }

  @Test("a sum and a rectifier on the way equal passes of their own", arguments: [(40, 75), (1500, 32)])
  func rectifiedSum(_ rows: Int, _ channels: Int) {
    var numbers = TestNumbers(seed: 9)
    let count = rows * channels
    let (x, dy, addend) = (
      buffer(numbers.floats(count)), buffer(numbers.floats(count)), buffer(numbers.floats(count))
    )
    let (weight, bias) = (numbers.floats(channels), numbers.floats(channels))
    let scratch = Self.scratch(rows: rows, channels: channels)
    let zeros = [Float](repeating: 0, count: channels)
    let state = Self.state(weight: weight, bias: bias, mean: zeros, variance: zeros)
    let (plain, rectified) = (BatchNormalization(state), BatchNormalization(state, rectifies: true))
    let (y, z, expected) = (garbage(count), garbage(count), garbage(count))

    plain.trainingForward(x, into: y, scratch: scratch)
    expected.copy(from: y)
    addElements(addend, to: expected)
    reluForward(expected, into: expected)
    rectified.trainingForward(x, adding: addend, into: z, scratch: scratch)
    #expect(z.values == expected.values)

    reluForward(y, into: expected)
    rectified.trainingForward(x, into: z, scratch: scratch)
    #expect(z.values == expected.values)
    #expect(z.values.contains(0))

    let (masked, dx, expectedDx) = (garbage(count), garbage(count), garbage(count))
    let (dWeight, dBias) = (garbage(channels), garbage(channels))
    reluBackward(output: expected, outputGradient: dy, into: masked)
    plain.backward(
      x, outputGradient: masked, weightGradient: dWeight, biasGradient: dBias, into: expectedDx,
      scratch: scratch)
    let (weights, biases) = (dWeight.values, dBias.values)
    rectified.backward(
      x, outputGradient: dy, weightGradient: dWeight, biasGradient: dBias, into: dx, scratch: scratch)
    #expect(dx.values == expectedDx.values)
    #expect(dWeight.values == weights)
    #expect(dBias.values == biases)
  }

  @Test("evaluation uses the running statistics and leaves them")
  func evaluation() {
    let state = Self.state(weight: [2, 3], bias: [1, -1], mean: [0.5, 4], variance: [4, 0.25])
    let y = garbage(4)
    BatchNormalization(state).evaluationForward(buffer([1, 2, 3, 4]), into: y)
    let expected: [Double] = [
      0.5 * 2 / (4 + 1e-5).squareRoot() + 1, -2 * 3 / (0.25 + 1e-5).squareRoot() - 1,
      2.5 * 2 / (4 + 1e-5).squareRoot() + 1, -1,
    ]
    #expect(worstError(y, expected) < singlePrecision)
  }

  @Test("a common offset of a thousand deviations does not spoil the variance")
  func offset() {
    var numbers = TestNumbers(seed: 7)
    let x = numbers.floats(64).map { $0 + 1000 }
    let naive = NaiveBatchNorm(rows: 64, channels: 1)
    let y = garbage(64)
    BatchNormalization(Self.state(weight: [1], bias: [0], mean: [0], variance: [1]))
      .trainingForward(buffer(x), into: y, scratch: Self.scratch(rows: 64, channels: 1))
    // y = x·scale + shift rounds at the size of the offset: a thousand times single precision.
    #expect(worstError(y, naive.forward(x, weight: [1], bias: [0])) < 1000 * 1e-7)
  }

  @Test("one row has variance 0 and stays finite")
  func oneRow() {
    let y = garbage(2)
    BatchNormalization(Self.state(weight: [1, 1], bias: [3, 4], mean: [0, 0], variance: [1, 1]))
      .trainingForward(buffer([5, 6]), into: y, scratch: Self.scratch(rows: 1, channels: 2))
    #expect(worstError(y, [3, 4]) < 1e-3)
  }
}
