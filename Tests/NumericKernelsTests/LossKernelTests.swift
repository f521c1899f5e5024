import Foundation
import NumericKernels
import Testing

@Suite("Loss kernels")
struct LossKernelTests {
  @Test("cross-entropy equals its definition", arguments: [(1, 2), (12, 7), (64, 10), (5, 100)])
  func crossEntropyTwin(_ rows: Int, _ classes: Int) {
    var numbers = TestNumbers(seed: 11)
    let logits = numbers.floats(rows * classes).map { $0 * 4 }
    let labels = numbers.labels(rows, below: classes)
    var expected = 0.0
    var expectedGradient: [Double] = []
    for r in 0..<rows {
      let exponentials = logits[r * classes..<(r + 1) * classes].map { exp(Double($0)) }
      let sum = exponentials.reduce(0, +)
      expected -= log(exponentials[Int(labels[r])] / sum) / Double(rows)
      expectedGradient += exponentials.enumerated().map {
        ($0.element / sum - ($0.offset == Int(labels[r]) ? 1 : 0)) / Double(rows)
      }
    }
    let matrix = MatrixView(buffer(logits), rows: rows, columns: classes)
    let gradient = garbage(logits.count)
    let loss = crossEntropy(logits: matrix, labels: labels, gradient: gradient)
    #expect(abs(loss - expected) < 1e-6 * expected)
    #expect(worstError(gradient, expectedGradient) < singlePrecision)
    #expect(crossEntropy(logits: matrix, labels: labels, gradient: nil) == loss)
  }

  @Test("logits of any size give a finite loss, and those that are no numbers none")
  func extremes() {
    func loss(_ logits: [Float]) -> Double {
      crossEntropy(logits: MatrixView(buffer(logits), rows: 1, columns: 2), labels: [1], gradient: nil)
    }
    #expect(loss([3e38, -3e38]).isFinite)
    #expect(loss([1e4, 0]) == 1e4)
    #expect(loss([.nan, 0]).isNaN && loss([0, .nan]).isNaN && loss([.infinity, 0]).isNaN)
  }

  @Test("errors count rows whose first largest logit is elsewhere, and rows with a NaN")
  func errors() {
    let logits: [Float] = [1, 2, 3, /**/ 3, 3, 1, /**/ 3, 3, 1, /**/ .nan, 0, 1, /**/ 0, .nan, 1]
    let matrix = MatrixView(buffer(logits), rows: 5, columns: 3)
    #expect(classificationErrors(logits: matrix, labels: [2, 0, 1, 2, 2]) == 3)
    #expect(classificationErrors(logits: matrix, labels: [0, 0, 0, 0, 0]) == 3)
  }

  @Test("a label outside the classes stops the program")
  func wrongLabel() async {
    await #expect(processExitsWith: .failure) {
      let logits = MatrixView(FloatBuffer(count: 3).view, rows: 1, columns: 3)
      _ = crossEntropy(logits: logits, labels: [3], gradient: nil)
    }
  }

  @Test("squared error equals its definition", arguments: [1, 9, 100])
  func squaredError(_ count: Int) {
    var numbers = TestNumbers(seed: 12)
    let x = numbers.floats(count)
    let targets = numbers.floats(count + 3)
    let expected = zip(x, targets).reduce(0.0) { $0 + pow(Double($1.0) - Double($1.1), 2) } / Double(count)
    let gradient = garbage(count)
    #expect(
      abs(meanSquaredError(buffer(x), targets: targets, gradient: gradient) - expected) < 1e-12 * expected)
    #expect(
      worstError(gradient, zip(x, targets).map { 2 * (Double($0) - Double($1)) / Double(count) })
        < singlePrecision)
  }
}
