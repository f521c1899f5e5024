internal import RandomStreams

/// What drawing a task's training seeds with replacement can give: how often each seed counts.
///
/// Up to five seeds have at most 126 multisets, and what follows from each is computed once; of more seeds a fixed
/// number of draws stands for all.
struct SeedMultisets: Sendable {
  /// How often each seed counts, for every multiset.
  let counts: [[Int]]
  /// The multiset of every tuple of drawn seeds, the first seed counting most; empty where there are too many.
  private let multisetOfTuple: [Int]
  private let seedCount: Int

  /// The most seeds whose multisets are all listed.
  static let mostListed = 5
  /// How many draws stand for all where there are more seeds.
  static let sampleSize = 256

  /// Lists the multisets of a task with `seedCount` training seeds.
  ///
  /// - Parameter stream: draws multisets where there are too many to list.
  init(seedCount: Int, _ stream: inout RandomStream) {
    self.seedCount = seedCount
    guard seedCount <= Self.mostListed else {
      counts = (0..<Self.sampleSize).map { _ in
        var counts = [Int](repeating: 0, count: seedCount)
        for _ in 0..<seedCount { counts[stream.integer(below: seedCount)] += 1 }
        return counts
      }
      multisetOfTuple = []
      return
    }
    let tuples = (0..<seedCount).reduce(1) { product, _ in product * seedCount }
    var known: [[Int]: Int] = [:]
    var listed: [[Int]] = []
    multisetOfTuple = (0..<tuples).map { tuple in
      var counts = [Int](repeating: 0, count: seedCount)
      var rest = tuple
      for _ in 0..<seedCount {
        counts[rest % seedCount] += 1
        rest /= seedCount
      }
      if let place = known[counts] { return place }
      known[counts] = listed.count
      listed.append(counts)
      return listed.count - 1
    }
    counts = listed
  }

  /// Draws a multiset: every tuple of seeds is equally likely.
  func draw(_ stream: inout RandomStream) -> Int {
    multisetOfTuple.isEmpty
      ? stream.integer(below: counts.count)
      : multisetOfTuple[stream.integer(below: multisetOfTuple.count)]
  }
}
