/// Ranks from 1, lowest value first; equal values share the mean of their ranks.
enum Ranks {
  /// The mid-ranks of `values`, and the sizes of the groups of equal values.
  static func midRanks(_ values: [Double]) -> (ranks: [Double], ties: [Int]) {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Double](repeating: 0, count: values.count)
    var ties: [Int] = []
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      for place in start..<end { ranks[order[place]] = Double(start + end + 1) / 2 }
      ties.append(end - start)
      start = end
    }
    return (ranks, ties)
  }
}
