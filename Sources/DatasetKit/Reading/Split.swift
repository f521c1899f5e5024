internal import RandomStreams

/// The division of a data set: four fifths, chosen by the stream `split` of seed 0, are for training, so that every run
/// of the toolkit sees one and the same split.
struct Split {
  /// The training samples, in the order of the file.
  let train: [Int]
  /// The others, in the order of the file.
  let validation: [Int]

  init(count: Int) {
    var stream = RandomStream(seed: 0, purpose: .split)
    let order = stream.permutation(of: count)
    let trainCount = count * 4 / 5
    train = order[..<trainCount].sorted()
    validation = order[trainCount...].sorted()
  }
}
