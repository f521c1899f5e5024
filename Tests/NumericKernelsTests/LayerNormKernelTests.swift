import NumericKernels
import Testing

@Suite("Layer norm kernels")
struct LayerNormKernelTests {
  private static let epsilon = 1e-5

  @Test(
    "forward and gradients equal the definition", arguments: [(1, 2), (5, 24), (3, 33), (40, 8), (2, 100)])
  func definition(_ rows: Int, _ features: Int) {
    var numbers = TestNumbers(seed: 19)
    let x = numbers.floats(rows * features).map { $0 * 2 + 3 }
    let (dy, weight, bias) = (numbers.floats(x.count), numbers.floats(features), numbers.floats(features))
    var y: [Double] = []
    var dx: [Double] = []
    var (dWeight, dBias) = ([Double](repeating: 0, count: features), [Double](repeating: 0, count: features))
    for r in 0..<rows {
      let values = x[r * features..<(r + 1) * features].map(Double.init)
      let mean = values.reduce(0, +) / Double(features)
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(features)
      let deviation = (variance + Self.epsilon).squareRoot()
      let normalised = values.map { ($0 - mean) / deviation }
      let gradient = (0..<features).map { Double(dy[r * features + $0]) }
      let inner = (0..<features).map { gradient[$0] * Double(weight[$0]) }
      // The chain rule written out through variance and mean.
      let dVariance =
        zip(inner, values).reduce(0) { $0 + $1.0 * ($1.1 - mean) } * -0.5
        / (deviation * deviation * deviation)
      let dMean = -inner.reduce(0, +) / deviation
      for c in 0..<features {
        y.append(normalised[c] * Double(weight[c]) + Double(bias[c]))
        dx.append(
          inner[c] / deviation + dVariance * 2 * (values[c] - mean) / Double(features)
            + dMean / Double(features))
        dWeight[c] += gradient[c] * normalised[c]
        dBias[c] += gradient[c]
      }
    }
    let state = LayerNormState(
      weight: buffer(weight), bias: buffer(bias), mean: garbage(rows), inverseDeviation: garbage(rows),
      epsilon: Self.epsilon)
    let matrix = MatrixView(buffer(x), rows: rows, columns: features)
    let output = garbage(x.count)
    layerNormForward(matrix, state: state, into: output)
    #expect(worstError(output, y) < 10 * singlePrecision)
    let (weightGradient, biasGradient) = (garbage(features), garbage(features))
    let inputGradient = garbage(x.count)
    layerNormBackward(
      matrix, outputGradient: buffer(dy), state: state, weightGradient: weightGradient,
      biasGradient: biasGradient, into: inputGradient)
    // With two features the exact gradient nearly cancels, which magnifies rounding.
    #expect(worstError(inputGradient, dx) < (features == 2 ? 1e-1 : 1e-5))
    #expect(worstError(weightGradient, dWeight) < 1e-5)
    #expect(worstError(biasGradient, dBias) < 1e-5)
  }

  @Test("a common offset of a thousand deviations does not spoil the variance")
  func offset() {
    var numbers = TestNumbers(seed: 20)
    let x = numbers.floats(64)
    func normalised(_ x: [Float]) -> FloatView {
      let y = garbage(64)
      let state = LayerNormState(
        weight: buffer([Float](repeating: 1, count: 64)), bias: buffer([Float](repeating: 0, count: 64)),
        mean: garbage(1), inverseDeviation: garbage(1), epsilon: Self.epsilon)
      layerNormForward(MatrixView(buffer(x), rows: 1, columns: 64), state: state, into: y)
      return y
    }
    // x + 1000 itself rounds at a thousand times single precision.
    #expect(worstError(normalised(x.map { $0 + 1000 }), normalised(x).values.map(Double.init)) < 1e-4)
  }
}
