/// How well one class was found; as scikit-learn's `classification_report` counts it.
public struct ClassScore: Sendable, Equatable {
  /// The class's name.
  public let name: String
  /// How many samples belong to it.
  public let support: Int
  /// How many samples were taken for it.
  public let predicted: Int
  /// How many of them rightly.
  public let correct: Int

  /// The share of what was taken for it that belongs to it, in 0...1; nil where nothing was.
  public var precision: Double? { Self.share(correct, predicted) }
  /// The share of what belongs to it that was found, in 0...1; nil where nothing does.
  public var recall: Double? { Self.share(correct, support) }
  /// The harmonic mean of precision and recall, 2·correct / (predicted + support), in 0...1; nil where both are.
  public var f1: Double? { Self.share(2 * correct, predicted + support) }

  private static func share(_ part: Int, _ whole: Int) -> Double? {
    whole > 0 ? Double(part) / Double(whole) : nil
  }
}

/// Two classes of which one was taken for the other.
public struct ConfusedPair: Sendable, Equatable {
  /// The number of the true class.
  public let actual: Int
  /// The number of the class it was taken for.
  public let predicted: Int
  /// How often.
  public let count: Int
}

extension ClassificationResult {
  /// How well each class was found, in the order of their numbers.
  public var scores: [ClassScore] {
    classes.indices.map { number in
      ClassScore(
        name: classes[number], support: support(of: number),
        predicted: confusion.reduce(0) { $0 + $1[number] }, correct: confusion[number][number])
    }
  }

  /// How many samples belong to a class: the sum of its row, and what was not decided.
  public func support(of number: Int) -> Int { confusion[number].reduce(0, +) + undecided[number] }

  /// Which classes were taken for which others, the most frequent first, equal ones in the order of the matrix: what
  /// fastai's `most_confused` gives.
  ///
  /// - Parameter least: How often at least; at least 1.
  public func mostConfused(atLeast least: Int = 1) -> [ConfusedPair] {
    let pairs = classes.indices.flatMap { actual in
      classes.indices.compactMap { predicted -> ConfusedPair? in
        let count = confusion[actual][predicted]
        return actual != predicted && count >= max(least, 1)
          ? ConfusedPair(actual: actual, predicted: predicted, count: count) : nil
      }
    }
    return pairs.enumerated().sorted { first, second in
      first.element.count == second.element.count
        ? first.offset < second.offset : first.element.count > second.element.count
    }.map(\.element)
  }
}
