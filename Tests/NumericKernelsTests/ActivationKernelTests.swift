import Foundation
import NumericKernels
import Testing

/// An activation, its definition and its derivative in double precision.
struct ActivationCase: Sendable, CustomTestStringConvertible {
  let function: ActivationFunction
  let value: @Sendable (Double) -> Double
  let slope: @Sendable (Double) -> Double

  var testDescription: String { "\(function)" }

  static func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

  static let all = [
    Self(function: .relu6, value: { min(max($0, 0), 6) }, slope: { $0 > 0 && $0 < 6 ? 1 : 0 }),
    Self(function: .leakyReLU(slope: 0.2), value: { $0 > 0 ? $0 : 0.2 * $0 }, slope: { $0 > 0 ? 1 : 0.2 }),
    Self(
      function: .gelu, value: { $0 * erfc(-$0 / 2.0.squareRoot()) / 2 },
      slope: { erfc(-$0 / 2.0.squareRoot()) / 2 + $0 * exp(-$0 * $0 / 2) / (2 * Double.pi).squareRoot() }),
    Self(
      function: .silu, value: { $0 * sigmoid($0) },
      slope: { sigmoid($0) + $0 * sigmoid($0) * sigmoid(-$0) }),
    Self(function: .tanh, value: { tanh($0) }, slope: { 1 / (cosh($0) * cosh($0)) }),
    Self(function: .sigmoid, value: { sigmoid($0) }, slope: { sigmoid($0) * sigmoid(-$0) }),
  ]
}

@Suite("Activation kernels")
struct ActivationKernelTests {
  @Test("values and slopes equal the definition", arguments: ActivationCase.all, [1, 8, 13, 1000])
  func definition(_ subject: ActivationCase, _ count: Int) {
    var numbers = TestNumbers(seed: 17)
    // Four deviations of 4 reach into every saturation.
    let x = numbers.floats(count).map { $0 * 4 }
    let dy = numbers.floats(count)
    let y = garbage(count)
    activationForward(subject.function, buffer(x), into: y)
    #expect(worstError(y, x.map { subject.value(Double($0)) }) < singlePrecision)
    let dx = garbage(count)
    activationBackward(subject.function, buffer(x), output: y, outputGradient: buffer(dy), into: dx)
    let expected = zip(x, dy).map { subject.slope(Double($0)) * Double($1) }
    // Where all of few slopes saturate, nothing but rounding is left to compare with.
    let scale = max(1, count == 1 ? 1 / abs(expected[0]) : 1)
    #expect(worstError(dx, expected) < singlePrecision * scale)
    let inPlace = buffer(x)
    activationForward(subject.function, inPlace, into: inPlace)
    #expect(inPlace.values == y.values)
  }

  @Test("a NaN passes in both directions, and infinities saturate", arguments: ActivationCase.all)
  func extremes(_ subject: ActivationCase) {
    let x = buffer([.nan, .infinity, 1e30, -1e30])
    let y = garbage(4)
    activationForward(subject.function, x, into: y)
    #expect(y[0].isNaN && y[1] == Float(subject.value(.infinity)) && y[2] == Float(subject.value(1e30)))
    #expect(y[3] == 0 || y[3] == Float(subject.value(-1e30)))
    let dx = garbage(4)
    activationBackward(subject.function, x, output: y, outputGradient: buffer([1, 1, 1, 1]), into: dx)
    #expect(dx[2] == Float(subject.slope(1e30)) && dx[3] == Float(subject.slope(-1e30)))
  }

  @Test("bends have the slope of PyTorch")
  func bends() {
    let dx = garbage(3)
    let x = buffer([0, 6, -1])
    activationBackward(.relu6, x, output: x, outputGradient: buffer([1, 1, 1]), into: dx)
    #expect(dx.values == [0, 0, 0])
    activationBackward(.leakyReLU(slope: 0.5), x, output: x, outputGradient: buffer([1, 1, 1]), into: dx)
    #expect(dx.values == [0.5, 1, 0.5])
  }

  @Test("products, sums and multiples of elements", arguments: [1, 8, 21])
  func arithmetic(_ count: Int) {
    var numbers = TestNumbers(seed: 18)
    let (a, b) = (numbers.floats(count), numbers.floats(count))
    let product = garbage(count)
    multiplyElements(buffer(a), by: buffer(b), into: product)
    #expect(product.values == zip(a, b).map { $0 * $1 })
    let sum = buffer(b)
    addElements(buffer(a), to: sum)
    #expect(sum.values == zip(a, b).map { $1 + $0 })
    scaleElements(sum, by: 0.25)
    #expect(sum.values == zip(a, b).map { ($1 + $0) * 0.25 })
  }
}
