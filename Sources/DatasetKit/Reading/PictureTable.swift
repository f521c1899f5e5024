internal import TrainingEngine

/// Grey pictures as a gzip-compressed table of bytes, the class last.
struct PictureTable {
  /// The map of the largest value to 1.
  let plainScaling: ByteScaling
  private let shape: SampleShape
  private let pixels: [UInt8]
  private let labels: [Int32]

  /// Reads the only file of a data set.
  init(_ entry: DatasetEntry, largest: UInt8, from folders: DataFolders) throws(DatasetError) {
    let path = try entry.path(in: folders)
    let columns = entry.sampleShape.count + 1
    // Three times the size of the known file: room for other pictures, not for a bomb.
    let limit = 3 * 4 * columns * entry.sampleCount
    let rows = try ByteTable(CompressedFile(path: path).content(limit: limit), columns: columns, path: path)
    guard rows.count > 0 else { throw .damaged(path: path, detail: "it has no rows") }
    var pixels: [UInt8] = []
    var labels: [Int32] = []
    for row in 0..<rows.count {
      let values = rows[row]
      pixels += values.dropLast()
      labels.append(contentsOf: values.suffix(1).map(Int32.init))
    }
    guard pixels.allSatisfy({ $0 <= largest }), labels.allSatisfy({ $0 < entry.outputCount }) else {
      throw .damaged(
        path: path, detail: "a pixel exceeds \(largest) or a label is not below \(entry.outputCount)")
    }
    shape = entry.sampleShape
    plainScaling = ByteScaling(scale: 1 / Float(largest))
    self.pixels = pixels
    self.labels = labels
  }

  /// All pictures in the order of the file.
  func samples(scaling: ByteScaling) -> Samples {
    Samples(.bytes(pixels, scaling), labels: labels, shape: shape)
  }

  /// The pictures in two parts, standardised by all training pixels or mapped to 0...1.
  func split(standardised: Bool) -> (train: Samples, validation: Samples) {
    let split = Split(count: labels.count)
    let scaling =
      standardised
      ? ByteScaling.standardising(
        split.train.flatMap { pixels[$0 * shape.count..<($0 + 1) * shape.count] }) : plainScaling
    let all = samples(scaling: scaling)
    return (all.selecting(split.train), all.selecting(split.validation))
  }
}
