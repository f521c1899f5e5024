import NumericKernels
import RandomStreams

/// Random test data and comparisons with a naive twin in double precision.
struct TestNumbers {
  private var stream: RandomStream

  init(seed: UInt64) {
    stream = RandomStream(seed: seed, purpose: .strategy)
  }

  /// Normal numbers.
  mutating func floats(_ count: Int) -> [Float] {
    (0..<count).map { _ in Float(stream.normal()) }
  }

  /// Class numbers.
  mutating func labels(_ count: Int, below classes: Int) -> [Int32] {
    (0..<count).map { _ in Int32(stream.integer(below: classes)) }
  }
}

/// A buffer of its own with these values.
func buffer(_ values: [Float]) -> FloatView {
  let view = FloatBuffer(count: values.count).view
  view.copy(from: values)
  return view
}

/// A buffer whose old content would show, were it read.
func garbage(_ count: Int) -> FloatView {
  buffer([Float](repeating: .nan, count: count))
}

/// The largest difference, relative to the root mean square of the expected values.
func worstError(_ actual: FloatView, _ expected: [Double]) -> Double {
  guard actual.count == expected.count else { return .infinity }
  let scale = (expected.reduce(0) { $0 + $1 * $1 } / Double(max(expected.count, 1))).squareRoot()
  let differences = zip(actual.values, expected).map { abs(Double($0) - $1) }
  // A NaN must fail the comparison that follows, whatever stands beside it.
  if differences.contains(where: \.isNaN) { return .infinity }
  return (differences.max() ?? 0) / max(scale, .leastNormalMagnitude)
}

/// What single-precision kernels with some hundred terms may differ by from exact arithmetic.
let singlePrecision = 5e-6
