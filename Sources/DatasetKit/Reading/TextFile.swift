internal import TrainingEngine

/// A text whose next character is to be guessed at every place.
///
/// The number of a character is its place among all that occur, in the order of their bytes. Nine tenths of the text,
/// from its beginning, are for training. Samples follow each other without overlapping.
struct TextFile {
  private let entry: DatasetEntry
  private let numbers: [UInt8]

  /// Reads the only file of a data set.
  init(_ entry: DatasetEntry, from folders: DataFolders) throws(DatasetError) {
    let path = try entry.path(in: folders)
    let text = try WholeFile.content(of: path)
    guard !text.isEmpty else { throw .damaged(path: path, detail: "it is empty") }
    var number = [UInt8](repeating: 0, count: 256)
    for byte in text { number[Int(byte)] = 1 }
    var vocabulary = 0
    for byte in 0..<256 where number[byte] == 1 {
      number[byte] = UInt8(vocabulary)
      vocabulary += 1
    }
    guard vocabulary == entry.outputCount else {
      throw .damaged(
        path: path, detail: "it has \(vocabulary) different characters, not \(entry.outputCount)")
    }
    self.entry = entry
    numbers = text.map { number[Int($0)] }
    let parts = self.parts
    let counts = (windowCount(parts.train), windowCount(parts.validation))
    guard counts == (entry.trainCount, entry.validationCount) else {
      throw .damaged(
        path: path,
        detail:
          "its \(text.count) characters give \(counts.0) and \(counts.1) samples, not \(entry.trainCount) "
          + "and \(entry.validationCount)")
    }
  }

  /// The characters in windows, each with the character that follows.
  func windows() -> (train: Samples, validation: Samples) {
    (windows(in: parts.train), windows(in: parts.validation))
  }

  private var parts: (train: ArraySlice<UInt8>, validation: ArraySlice<UInt8>) {
    let border = numbers.count * 9 / 10
    return (numbers[..<border], numbers[border...])
  }

  /// The last character of the last window must have one that follows.
  private func windowCount(_ part: ArraySlice<UInt8>) -> Int { (part.count - 1) / entry.sampleShape.count }

  private func windows(in part: ArraySlice<UInt8>) -> Samples {
    let count = windowCount(part) * entry.sampleShape.count
    return Samples(
      .bytes(Array(part.prefix(count)), ByteScaling(scale: 1)),
      labels: part.dropFirst().prefix(count).map(Int32.init), shape: entry.sampleShape,
      labelCount: entry.sampleShape.count)
  }
}
