extension PairComparison {
  /// Whether it compares these two, in any order.
  public func isOf(_ one: Int, _ other: Int) -> Bool {
    (first, second) == (one, other) || (first, second) == (other, one)
  }

  /// The same, seen from the second.
  public var turned: PairComparison {
    var turned = self
    (turned.first, turned.second) = (second, first)
    turned.difference.value = -difference.value
    turned.difference.interval = difference.interval.map { -$0.upperBound ... -$0.lowerBound }
    (turned.wins, turned.losses) = (losses, wins)
    (turned.better, turned.worse) = (worse, better)
    return turned
  }
}

extension ScoreSheet {
  /// The comparison of two contestants, seen from the first; nil where they were not compared.
  public func pair(_ first: Int, _ second: Int) -> PairComparison? {
    guard let pair = pairs.first(where: { $0.isOf(first, second) }) else { return nil }
    return pair.first == first ? pair : pair.turned
  }
}
