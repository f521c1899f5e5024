import Foundation
import NumericKernels
import Testing

@Suite("Loss kernels")
struct LossKernelTests {
  @Test(
    "cross-entropy equals its definition", arguments: [(1, 2), (12, 7), (64, 10), (5, 100)], [0, 0.1, 1])
  func crossEntropyTwin(_ size: (rows: Int, classes: Int), _ smoothing: Double) {
    let (rows, classes) = size
    var numbers = TestNumbers(seed: 11)
    let logits = numbers.floats(rows * classes).map { $0 * 4 }
    let labels = numbers.labels(rows, below: classes)
    var expected = 0.0
    var expectedGradient: [Double] = []
    for r in 0..<rows {
      let exponentials = logits[r * classes..<(r + 1) * classes].map { exp(Double($0)) }
      let sum = exponentials.reduce(0, +)
      for (c, exponential) in exponentials.enumerated() {
        let target = (c == Int(labels[r]) ? 1 - smoothing : 0) + smoothing / Double(classes)
        expected -= target * log(exponential / sum) / Double(rows)
        expectedGradient.append((exponential / sum - target) / Double(rows))
      }
    }
    let matrix = MatrixView(buffer(logits), rows: rows, columns: classes)
    let gradient = garbage(logits.count)
    let loss = crossEntropy(logits: matrix, labels: labels, smoothing: smoothing, gradient: gradient)
    #expect(abs(loss - expected) < 1e-6 * expected)
    #expect(worstError(gradient, expectedGradient) < singlePrecision)
    #expect(crossEntropy(logits: matrix, labels: labels, smoothing: smoothing, gradient: nil) == loss)
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

  @Test("binary cross-entropy equals its definition", arguments: [1, 9, 100])
  func binaryTwin(_ count: Int) {
    var numbers = TestNumbers(seed: 23)
    let logits = numbers.floats(count).map { $0 * 4 }
    let targets = numbers.floats(count).map { $0 > 0 ? min($0, 1) : 0 }
    var expected = 0.0
    var expectedGradient: [Double] = []
    for (logit, target) in zip(logits, targets) {
      let probability = 1 / (1 + exp(-Double(logit)))
      expected -=
        (Double(target) * log(probability) + (1 - Double(target)) * log(1 - probability)) / Double(count)
      expectedGradient.append((probability - Double(target)) / Double(count))
    }
    let gradient = garbage(count)
    let loss = binaryCrossEntropy(logits: buffer(logits), targets: targets, gradient: gradient)
    #expect(abs(loss - expected) < 1e-6 * expected)
    #expect(worstError(gradient, expectedGradient) < singlePrecision)
    #expect(binaryCrossEntropy(logits: buffer(logits), targets: targets, gradient: nil) == loss)
    let wrong = zip(logits, targets).count { ($0 > 0) != ($1 > 0.5) }
    #expect(binaryErrors(logits: buffer(logits), targets: targets) == wrong)
  }

  @Test("binary logits of any size give a finite loss, and those that are no numbers none")
  func binaryExtremes() {
    func loss(_ logit: Float) -> Double {
      binaryCrossEntropy(logits: buffer([logit]), targets: [0], gradient: nil)
    }
    #expect(loss(1e4) == 1e4 && loss(-3e38) == 0 && loss(.nan).isNaN)
    #expect(binaryErrors(logits: buffer([.nan]), targets: [0]) == 1)
  }
}
