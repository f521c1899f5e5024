internal import TrainingEngine
internal import RandomStreams

/// The 1,797 handwritten digits of 8×8 pixels that scikit-learn ships, shipped in the package's `datasets/` too.
///
/// Inputs are value/16. Four fifths of the pictures, chosen by the stream `split` of seed 0, are for training, so
/// that every run of the toolkit sees one and the same split.
public enum Digits {
  static let name = "digits"
  private static let classCount = 10
  private static let side = 8
  private static let largestValue: UInt8 = 16
  private static let trainShare = (4, 5)
  /// Three times the size of the known file: room for other digits, not for a bomb.
  private static let largestFile = 800_000
  private static let remedy =
    "run the program from the package's build, or set SUGGEST_DATA to the package's datasets folder"

  static func load(from folders: DataFolders) throws(DatasetError) -> Dataset {
    let all = try samples(from: folders)
    var stream = RandomStream(seed: 0, purpose: .split)
    let order = stream.permutation(of: all.count)
    let trainCount = all.count * trainShare.0 / trainShare.1
    // Sorted, so that both parts keep the order of the file.
    return Dataset(
      name: name, train: all.selecting(order[..<trainCount].sorted()),
      validation: all.selecting(order[trainCount...].sorted()), classCount: classCount)
  }

  /// All digits in the order of the file, unsplit.
  ///
  /// - Throws: ``DatasetError``: a missing, unreadable or damaged file.
  public static func samples(from folders: DataFolders) throws(DatasetError) -> Samples {
    let path = try folders.path(of: "digits.csv.gz", dataset: name, remedy: remedy)
    let rows = try ByteTable(
      CompressedFile(path: path).content(limit: largestFile), columns: side * side + 1, path: path)
    guard rows.count > 0 else { throw .damaged(path: path, detail: "it has no rows") }
    var pixels: [UInt8] = []
    var labels: [Int32] = []
    for row in 0..<rows.count {
      let values = rows[row]
      pixels += values.dropLast()
      labels.append(contentsOf: values.suffix(1).map(Int32.init))
    }
    guard pixels.allSatisfy({ $0 <= largestValue }), labels.allSatisfy({ $0 < classCount }) else {
      throw .damaged(
        path: path, detail: "a pixel exceeds \(largestValue) or a label is not below \(classCount)")
    }
    return Samples(
      bytes: pixels, labels: labels, shape: [side, side, 1],
      scaling: ByteScaling(scale: 1 / Float(largestValue)))
  }
}
