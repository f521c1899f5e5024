import NumericKernels
import Testing

/// Lengths around the lanes of the kernels.
private let lengths = [1, 7, 8, 9, 16, 31, 1000]

@Suite("Elementwise kernels and reductions")
struct ElementwiseKernelTests {
  @Test("ReLU keeps positive values and NaN", arguments: lengths)
  func relu(_ count: Int) {
    var numbers = TestNumbers(seed: 2)
    let x = numbers.floats(count)
    let dy = numbers.floats(count)
    let y = garbage(count)
    reluForward(buffer(x), into: y)
    #expect(y.values == x.map { $0 > 0 ? $0 : 0 })
    let dx = garbage(count)
    reluBackward(output: y, outputGradient: buffer(dy), into: dx)
    #expect(dx.values == zip(x, dy).map { $0 > 0 ? $1 : 0 })
    let inPlace = buffer(x)
    reluForward(inPlace, into: inPlace)
    #expect(inPlace.values == y.values)
  }

  @Test("a NaN passes ReLU in both directions")
  func reluOfNaN() {
    let y = garbage(3)
    reluForward(buffer([.nan, -.infinity, .infinity]), into: y)
    #expect(y[0].isNaN && y[1] == 0 && y[2] == .infinity)
    let dx = garbage(3)
    reluBackward(output: y, outputGradient: buffer([1, 2, 3]), into: dx)
    #expect(dx.values == [1, 0, 3])
  }

  @Test("a row is broadcast and rows are summed", arguments: [(1, 1), (5, 3), (40, 32), (9, 33), (3, 100)])
  func rows(_ rows: Int, _ columns: Int) {
    var numbers = TestNumbers(seed: 3)
    let row = numbers.floats(columns)
    let y = garbage(rows * columns)
    broadcast(row: buffer(row), into: MatrixView(y, rows: rows, columns: columns))
    #expect(y.values == (0..<rows).flatMap { _ in row })
    let x = numbers.floats(rows * columns)
    let sums = garbage(columns)
    sumRows(MatrixView(buffer(x), rows: rows, columns: columns), into: sums)
    let expected = (0..<columns).map { c in (0..<rows).reduce(0.0) { $0 + Double(x[$1 * columns + c]) } }
    #expect(worstError(sums, expected) < singlePrecision)
  }

  @Test("sum of squares and dot product are the naive ones in double", arguments: lengths)
  func reductions(_ count: Int) {
    var numbers = TestNumbers(seed: 4)
    let x = numbers.floats(count)
    let y = numbers.floats(count)
    let squares = x.reduce(0.0) { $0 + Double($1) * Double($1) }
    let product = zip(x, y).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
    #expect(abs(sumOfSquares(buffer(x)) - squares) <= 1e-13 * squares)
    #expect(abs(dot(buffer(x), buffer(y)) - product) <= 1e-13 * squares.squareRoot() * Double(count))
    #expect(sumOfSquares(FloatBuffer(count: 0).view) == 0)
  }

  @Test("reductions do not overflow where floats would")
  func doublePrecision() {
    #expect(sumOfSquares(buffer([1e30, 1e30])).isFinite)
  }

  @Test("a sum does not depend on where its elements lie in memory")
  func alignment() {
    var numbers = TestNumbers(seed: 5)
    let x = numbers.floats(103)
    let reference = sumOfSquares(buffer(x))
    for shift in 1..<16 {
      let shifted = FloatBuffer(count: 103 + shift).view.slice(from: shift, count: 103)
      shifted.copy(from: x)
      #expect(sumOfSquares(shifted) == reference)
    }
  }
}
