import Testing
import TestSupport

@testable import Reporting

struct ClassificationTests {
  /// Logits whose softmax is exactly these probabilities, but for the last place.
  private static let outputs: [Float] = [
    2, 0, 0,  // right
    0, 3, 0,  // class 0 taken for 1
    0, 1, 0,  // right
    0, 0, 5,  // class 1 taken for 2
    1, 1, 0,  // a tie: the first, which is wrong
    0, 0, 4,  // right
  ]
  private static let labels: [Int32] = [0, 0, 1, 1, 1, 2]

  @Test func `Counts, shares and pairs are those worked out by hand`() throws {
    let result = ClassificationResult(
      outputs: Self.outputs, labels: Self.labels, classes: ["a", "b", "c"])
    #expect(result.confusion == [[1, 1, 0], [1, 1, 1], [0, 0, 1]])
    #expect(result.undecided == [0, 0, 0])
    #expect(result.correct == 3 && result.count == 6 && result.errorRate == 0.5)
    let scores = result.scores
    #expect(scores.map(\.support) == [2, 3, 1] && scores.map(\.predicted) == [2, 2, 2])
    #expect(scores.map(\.precision) == [0.5, 0.5, 0.5])
    #expect(scores.map(\.recall) == [0.5, 1.0 / 3, 1])
    #expect(scores.map(\.f1) == [0.5, 2.0 / 5, 2.0 / 3])
    // Equal ones in the order of the matrix.
    #expect(
      result.mostConfused() == [
        ConfusedPair(actual: 0, predicted: 1, count: 1), ConfusedPair(actual: 1, predicted: 0, count: 1),
        ConfusedPair(actual: 1, predicted: 2, count: 1),
      ])
    #expect(result.mostConfused(atLeast: 2).isEmpty)
    // −log of 1 / (e⁵ + 2), of 1 / (e³ + 2), of e / (2e + 1).
    #expect(result.worst(3).map(\.index) == [3, 1, 4])
    #expect(abs(result.samples[3].loss - 5.013386) < 1e-6)
    #expect(abs(result.samples[1].loss - 3.094923) < 1e-6)
    #expect(abs(result.samples[4].loss - 0.861995) < 1e-6)
    #expect(abs(result.samples[3].probability - 0.986703) < 1e-6)
    #expect(result.worst(0).isEmpty && result.worst(99).count == 6)
  }

  @Test func `Logits of any size have finite losses, and equal losses keep the samples' order`() {
    let result = ClassificationResult(
      outputs: [1e30, -1e30, -1e30, 1e30, 3e38, 3e38, 0, -.infinity], labels: [0, 0, 1, 0],
      classes: ["a", "b"])
    #expect(result.samples.map(\.predicted) == [0, 1, 0, 0])
    #expect(result.samples[0].loss == 0 && result.samples[0].probability == 1)
    #expect(result.samples[1].loss == 2 * Double(Float(1e30)))
    #expect(abs(result.samples[2].loss - 0.693147) < 1e-6)
    #expect(result.samples[3].loss == 0 && result.samples[3].probability == 1)
    #expect(result.worst(4).map(\.index) == [1, 2, 0, 3])
  }

  @Test func `What is no number is an error without a class, and comes first`() {
    let result = ClassificationResult(
      outputs: [0, 9, .nan, 1, 0, .infinity, 0, -.infinity], labels: [0, 1, 1, 1], classes: ["a", "b"])
    #expect(result.confusion == [[0, 1], [1, 1]] && result.undecided == [0, 1])
    #expect(result.correct == 1 && result.errorRate == 0.75)
    #expect(result.support(of: 1) == 3)
    #expect(result.samples[1].predicted == nil && result.samples[1].loss.isNaN)
    // +∞ is the largest output, but has no softmax; the class that −∞ leaves out has an infinite loss.
    #expect(result.samples[2].predicted == 1 && result.samples[2].loss.isNaN)
    #expect(result.samples[3].loss == .infinity)
    #expect(result.worst(4).map(\.index) == [1, 2, 3, 0])
  }

  @Test func `A class without samples or predictions has no shares`() {
    let result = ClassificationResult(outputs: [1, 0, 0], labels: [0], classes: ["a", "b", "c"])
    #expect(result.scores[0].precision == 1 && result.scores[0].f1 == 1)
    #expect(result.scores[1].precision == nil && result.scores[1].recall == nil && result.scores[1].f1 == nil)
    let none = ClassificationResult(outputs: [], labels: [], classes: ["a"])
    #expect(none.errorRate.isNaN && none.worst(3).isEmpty)
  }

  @Test(arguments: [1, 2, 7, 40])
  func `Rows add up to supports, the diagonal to the right ones, columns to predictions`(_ classes: Int) {
    var numbers = SeededNumbers(seed: UInt64(classes))
    let count = 300
    let outputs = (0..<count * classes).map { _ -> Float in
      let number = numbers.next()
      return number % 97 == 0 ? .nan : Float(number % 1000) / 100
    }
    let labels = (0..<count).map { _ in Int32(numbers.next() % UInt64(classes)) }
    let result = ClassificationResult(
      outputs: outputs, labels: labels, classes: (0..<classes).map { "\($0)" })
    for number in 0..<classes {
      let support = labels.count { $0 == Int32(number) }
      #expect(result.support(of: number) == support && result.scores[number].support == support)
      #expect(
        result.scores[number].predicted == result.samples.count { $0.predicted == number })
    }
    #expect(result.correct == result.samples.count(where: \.isCorrect))
    #expect(
      result.mostConfused().reduce(0) { $0 + $1.count } + result.correct + result.undecided.reduce(0, +)
        == count)
    let losses = result.worst(count).map(\.loss).filter { !$0.isNaN }
    #expect(losses == losses.sorted(by: >) && losses.allSatisfy { $0 >= 0 })
    #expect(result.worst(count).prefix(count - losses.count).allSatisfy { $0.loss.isNaN })
    #expect(result.samples.allSatisfy { $0.probability.isNaN || (0...1).contains($0.probability) })
  }
}
