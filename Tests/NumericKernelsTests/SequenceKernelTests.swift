import Foundation
import NumericKernels
import Testing

@Suite("Sequence kernels")
struct SequenceKernelTests {
  @Test("an embedding copies rows, and adds gradients of repeated entries")
  func embedding() {
    var numbers = TestNumbers(seed: 30)
    let table = numbers.floats(5 * 3)
    let indices: [Float] = [4, 0, 4, 2]
    let dy = numbers.floats(12)
    let y = garbage(12)
    embeddingForward(
      buffer(indices), table: MatrixView(buffer(table), rows: 5, columns: 3),
      into: MatrixView(y, rows: 4, columns: 3))
    #expect(y.values == indices.flatMap { table[Int($0) * 3..<Int($0) * 3 + 3] })
    let gradient = garbage(15)
    embeddingBackward(
      buffer(indices), outputGradient: MatrixView(buffer(dy), rows: 4, columns: 3),
      tableGradient: MatrixView(gradient, rows: 5, columns: 3))
    var expected = [Double](repeating: 0, count: 15)
    for (row, index) in indices.enumerated() {
      for c in 0..<3 { expected[Int(index) * 3 + c] += Double(dy[row * 3 + c]) }
    }
    #expect(worstError(gradient, expected) < singlePrecision)
  }

  private static func look(up index: Float) {
    embeddingForward(
      buffer([index]), table: MatrixView(buffer([1, 2, 3, 4, 5]), rows: 5, columns: 1),
      into: MatrixView(garbage(1), rows: 1, columns: 1))
  }

  @Test("an index that names no entry stops the program")
  func wrongIndex() async {
    await #expect(processExitsWith: .failure) { SequenceKernelTests.look(up: 5) }
    await #expect(processExitsWith: .failure) { SequenceKernelTests.look(up: -1) }
    await #expect(processExitsWith: .failure) { SequenceKernelTests.look(up: 0.5) }
    await #expect(processExitsWith: .failure) { SequenceKernelTests.look(up: .nan) }
  }

  @Test(
    "attention equals its definition on some columns of wider matrices", arguments: [(1, 1), (4, 3), (9, 8)])
  func attention(_ times: Int, _ channels: Int) {
    var numbers = TestNumbers(seed: 31)
    let all = numbers.floats(times * 3 * channels)
    let dy = numbers.floats(times * channels)
    func element(_ part: Int, _ t: Int, _ c: Int) -> Double { Double(all[(t * 3 + part) * channels + c]) }
    let scale = 1 / Double(channels).squareRoot()
    var expectedY = [Double](repeating: 0, count: dy.count)
    var expectedGradient = [Double](repeating: 0, count: all.count)
    for t in 0..<times {
      let exponentials = (0...t).map { s in
        exp(scale * (0..<channels).reduce(0) { $0 + element(0, t, $1) * element(1, s, $1) })
      }
      let p = exponentials.map { $0 / exponentials.reduce(0, +) }
      let dp = (0...t).map { s in
        (0..<channels).reduce(0) { $0 + Double(dy[t * channels + $1]) * element(2, s, $1) }
      }
      let mean = zip(p, dp).reduce(0) { $0 + $1.0 * $1.1 }
      for s in 0...t {
        let dScore = scale * p[s] * (dp[s] - mean)
        for c in 0..<channels {
          expectedY[t * channels + c] += p[s] * element(2, s, c)
          expectedGradient[(s * 3 + 2) * channels + c] += p[s] * Double(dy[t * channels + c])
          expectedGradient[t * 3 * channels + c] += dScore * element(1, s, c)
          expectedGradient[(s * 3 + 1) * channels + c] += dScore * element(0, t, c)
        }
      }
    }
    func part(_ part: Int, _ view: FloatView) -> MatrixView {
      MatrixView(view, rows: times, columns: 3 * channels).columns(from: part * channels, count: channels)
    }
    func square() -> MatrixView { MatrixView(garbage(times * times), rows: times, columns: times) }
    let (x, y, gradient, probabilities) = (buffer(all), garbage(dy.count), garbage(all.count), square())
    causalAttentionForward(
      query: part(0, x), key: part(1, x), value: part(2, x), probabilities: probabilities,
      into: MatrixView(y, rows: times, columns: channels))
    #expect(worstError(y, expectedY) < singlePrecision)
    causalAttentionBackward(
      query: part(0, x), key: part(1, x), value: part(2, x), probabilities: probabilities,
      outputGradient: MatrixView(buffer(dy), rows: times, columns: channels), scores: square(),
      queryGradient: part(0, gradient), keyGradient: part(1, gradient), valueGradient: part(2, gradient))
    #expect(worstError(gradient, expectedGradient) < 10 * singlePrecision)
  }

  @Test("a recurrent unit's states equal its definition", arguments: [(1, 1, 1), (3, 5, 4)])
  func gru(_ samples: Int, _ times: Int, _ hidden: Int) {
    var numbers = TestNumbers(seed: 32)
    let gates = numbers.floats(samples * times * 3 * hidden)
    let (weight, bias) = (numbers.floats(3 * hidden * hidden), numbers.floats(3 * hidden))
    func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
    var expected: [Double] = []
    for n in 0..<samples {
      var h = [Double](repeating: 0, count: hidden)
      for t in 0..<times {
        func input(_ gate: Int, _ i: Int) -> Double {
          Double(gates[((n * times + t) * 3 + gate) * hidden + i])
        }
        func state(_ gate: Int, _ i: Int) -> Double {
          let row = gate * hidden + i
          return (0..<hidden).reduce(Double(bias[row])) { $0 + Double(weight[row * hidden + $1]) * h[$1] }
        }
        h = (0..<hidden).map { i in
          let (r, z) = (sigmoid(input(0, i) + state(0, i)), sigmoid(input(1, i) + state(1, i)))
          return (1 - z) * tanh(input(2, i) + r * state(2, i)) + z * h[i]
        }
        expected += h
      }
    }
    let states = garbage(expected.count)
    let memory = GRUMemory(
      samples: samples, times: times, hidden: hidden, gates: buffer(gates),
      candidates: garbage(expected.count), recurrent: garbage(samples * 3 * hidden))
    gruForward(
      memory, weight: MatrixView(buffer(weight), rows: 3 * hidden, columns: hidden), bias: buffer(bias),
      into: states)
    #expect(worstError(states, expected) < singlePrecision)
  }
}
