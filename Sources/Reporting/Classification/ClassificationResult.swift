internal import Glibc

/// How a network classified samples that it was not trained on: a pure function of its outputs and the true classes.
public struct ClassificationResult: Sendable, Equatable {
  /// What the classes are called, in the order of their numbers.
  public let classes: [String]
  /// How many samples of each true class (row) were taken for each class (column).
  public let confusion: [[Int]]
  /// How many samples of each true class have outputs of which one is not a number: errors without a predicted class.
  public let undecided: [Int]
  /// Every sample, in the order in which it was given.
  public let samples: [ClassifiedSample]

  /// Classifies samples by their largest output, of equal ones the first.
  ///
  /// - Parameters:
  ///   - outputs: [samples × classes], row by row: logits, from which probabilities follow by softmax.
  ///   - labels: The true class of each sample, from 0 and below the number of classes.
  ///   - classes: The names of the classes; at least one.
  public init(outputs: [Float], labels: [Int32], classes: [String]) {
    precondition(
      !classes.isEmpty && outputs.count == labels.count * classes.count
        && labels.allSatisfy { classes.indices.contains(Int($0)) },
      "\(outputs.count) outputs of \(labels.count) samples for \(classes.count) classes")
    self.classes = classes
    var confusion = Array(repeating: Array(repeating: 0, count: classes.count), count: classes.count)
    var undecided = Array(repeating: 0, count: classes.count)
    samples = labels.enumerated().map { index, label in
      let row = outputs[index * classes.count..<(index + 1) * classes.count]
      let sample = ClassifiedSample(index: index, actual: Int(label), outputs: row)
      if let predicted = sample.predicted {
        confusion[Int(label)][predicted] += 1
      } else {
        undecided[Int(label)] += 1
      }
      return sample
    }
    (self.confusion, self.undecided) = (confusion, undecided)
  }

  /// The number of samples.
  public var count: Int { samples.count }

  /// The number of samples whose true class was found.
  public var correct: Int { classes.indices.reduce(0) { $0 + confusion[$1][$1] } }

  /// The share of samples whose true class was not found, in 0...1; NaN without a sample.
  public var errorRate: Double { Double(count - correct) / Double(count) }

  /// The mean loss in nats; NaN without a sample, or where an output is no number.
  public var meanLoss: Double { samples.reduce(0) { $0 + $1.loss } / Double(count) }

  /// The samples with the largest losses, the largest first: what fastai's `plot_top_losses` shows.
  ///
  /// Of equal losses the first sample comes first; losses that are not a number come before all others.
  ///
  /// - Parameter most: How many at most; at least 0.
  public func worst(_ most: Int) -> [ClassifiedSample] {
    let order = samples.sorted { first, second in
      switch (first.loss.isNaN, second.loss.isNaN) {
      case (true, true): first.index < second.index
      case (true, false): true
      case (false, true): false
      case (false, false):
        first.loss == second.loss ? first.index < second.index : first.loss > second.loss
      }
    }
    return Array(order.prefix(most))
  }
}

/// One sample as a network classified it.
public struct ClassifiedSample: Sendable, Equatable {
  /// Its place among the samples, from 0.
  public let index: Int
  /// The number of its true class.
  public let actual: Int
  /// The number of the class with the largest output; nil where an output is not a number.
  public let predicted: Int?
  /// −log of the true class's probability, in nats, at least 0, without label smoothing; not a number where an output is
  /// none or +∞.
  public let loss: Double
  /// The probability of the predicted class, in 0...1; not a number where the loss is none.
  public let probability: Double

  /// Whether the true class was found.
  public var isCorrect: Bool { predicted == actual }

  /// Classifies a sample.
  ///
  /// log softmax(x)[i] = (xᵢ − max) − log Σ exp(xⱼ − max): no power overflows, and the sum is at least 1.
  init(index: Int, actual: Int, outputs: ArraySlice<Float>) {
    (self.index, self.actual) = (index, actual)
    let values = outputs.map(Double.init)
    guard !values.contains(where: \.isNaN), let largest = values.max() else {
      (predicted, loss, probability) = (nil, .nan, .nan)
      return
    }
    predicted = values.firstIndex(of: largest)
    // Infinite outputs have no softmax, but for −∞ beside a number.
    guard largest.isFinite else {
      (loss, probability) = (.nan, .nan)
      return
    }
    let sum = values.reduce(0) { $0 + exp($1 - largest) }
    // Never below 0, of which a rounding error could make the negative.
    loss = max(0, log(sum) - (values[actual] - largest))
    probability = 1 / sum
  }
}
