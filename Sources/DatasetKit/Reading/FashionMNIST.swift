internal import TrainingEngine

/// Fashion-MNIST: 60,000 training and 10,000 test pictures of clothing, 28×28 grey pixels, ten classes.
///
/// The test pictures serve as validation set. Inputs are (value − mean)/deviation with mean and population deviation
/// over all training pixels. Source: H. Xiao, K. Rasul, R. Vollgraf, "Fashion-MNIST: a Novel Image Dataset for
/// Benchmarking Machine Learning Algorithms", 2017.
enum FashionMNIST {
  private static let classCount = 10
  private static let side = 28
  private static let mostPictures = 60_000

  static func samples(
    _ entry: DatasetEntry, from folders: DataFolders
  ) throws(DatasetError) -> (train: Samples, validation: Samples) {
    let train = try part("train", of: entry, from: folders)
    let validation = try part("t10k", of: entry, from: folders)
    let scaling = ByteScaling.standardising(train.pictures)
    return (
      Samples(.bytes(train.pictures, scaling), labels: train.labels, shape: entry.sampleShape),
      Samples(.bytes(validation.pictures, scaling), labels: validation.labels, shape: entry.sampleShape)
    )
  }

  private static func part(
    _ prefix: String, of entry: DatasetEntry, from folders: DataFolders
  ) throws(DatasetError) -> (pictures: [UInt8], labels: [Int32]) {
    let picturePath = try entry.path(of: "\(prefix)-images-idx3-ubyte.gz", in: folders)
    let pictures = try read(picturePath, dimensions: 3)
    guard pictures.extents[0] > 0, pictures.extents[1...] == [side, side] else {
      throw .damaged(path: picturePath, detail: "its extents are \(pictures.extents), not N×\(side)×\(side)")
    }
    let labelPath = try entry.path(of: "\(prefix)-labels-idx1-ubyte.gz", in: folders)
    let labels = try read(labelPath, dimensions: 1)
    guard labels.extents[0] == pictures.extents[0] else {
      throw .damaged(
        path: labelPath, detail: "it has \(labels.extents[0]) labels for \(pictures.extents[0]) pictures")
    }
    guard labels.bytes.allSatisfy({ $0 < classCount }) else {
      throw .damaged(path: labelPath, detail: "a label is not below \(classCount)")
    }
    return (pictures.bytes, labels.bytes.map(Int32.init))
  }

  private static func read(_ path: String, dimensions: Int) throws(DatasetError) -> IDXFile {
    let largestHeader = 16
    let content = try CompressedFile(path: path).content(limit: largestHeader + mostPictures * side * side)
    return try IDXFile(content, dimensions: dimensions, path: path)
  }
}
