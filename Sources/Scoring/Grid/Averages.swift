extension Collection where Element == Double {
  /// The arithmetic mean; NaN of nothing.
  var mean: Double { reduce(0, +) / Double(count) }
}

extension [Double] {
  /// The median of sorted numbers; the mean of the middle two where their count is even.
  var median: Double {
    isEmpty ? .nan : count.isMultiple(of: 2) ? (self[count / 2 - 1] + self[count / 2]) / 2 : self[count / 2]
  }
}
