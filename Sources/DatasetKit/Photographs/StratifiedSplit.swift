internal import RandomStreams

/// A division of samples in which every stratum has its share: four fifths, rounded up, are for training.
struct StratifiedSplit {
  /// The training samples, in ascending order.
  let train: [Int]
  /// The others, in ascending order.
  let validation: [Int]

  /// Draws a split.
  ///
  /// - Parameters:
  ///   - strata: the stratum of every sample.
  ///   - seed: the seed of the stream `split`, from which one permutation is drawn a stratum, in the order of names.
  init(strata: [String], seed: UInt64) {
    var members: [String: [Int]] = [:]
    for (index, stratum) in strata.enumerated() { members[stratum, default: []].append(index) }
    var stream = RandomStream(seed: seed, purpose: .split)
    var (train, validation): ([Int], [Int]) = ([], [])
    for (_, indices) in members.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      let order = stream.permutation(of: indices.count).map { indices[$0] }
      let heldOut = indices.count / 5
      validation += order.prefix(heldOut)
      train += order.dropFirst(heldOut)
    }
    self.train = train.sorted()
    self.validation = validation.sorted()
  }
}
