import DatasetKit
import Foundation
import Testing
import TrainingEngine

/// A small Fashion-MNIST: picture p has the pixel value 10·p everywhere.
private func smallFashion(train: Int = 5, test: Int = 2) throws -> TemporaryData {
  let data = try TemporaryData()
  for (prefix, count) in [("train", train), ("t10k", test)] {
    let pixels = (0..<count).flatMap { [UInt8](repeating: UInt8(10 * $0), count: 784) }
    try data.write(
      idx(magic: 2051, extents: [count, 28, 28], values: pixels), to: "\(prefix)-images-idx3-ubyte.gz",
      of: "fashion-mnist")
    try data.write(
      idx(magic: 2049, extents: [count], values: (0..<count).map(UInt8.init)),
      to: "\(prefix)-labels-idx1-ubyte.gz", of: "fashion-mnist")
  }
  return data
}

private func isDamaged(_ error: any Error, mentioning word: String) -> Bool {
  guard case DatasetError.damaged(let path, _) = error else { return false }
  return path.hasSuffix(".gz") && "\(error)".contains(word)
}

@Suite("Fashion-MNIST")
struct FashionMNISTTests {
  @Test("pictures are standardised by the training set's mean and deviation")
  func normalisation() throws {
    let data = try smallFashion()
    let dataset = try data.load("fashion-mnist")
    #expect(dataset.sampleShape == [28, 28, 1] && dataset.outputCount == 10)
    #expect(dataset.train.labels == [0, 1, 2, 3, 4] && dataset.validation.labels == [0, 1])
    // Values 0, 10, 20, 30, 40 have mean 20 and deviation √200.
    for picture in 0..<5 {
      let expected = Float((10 * Double(picture) - 20) / 200.0.squareRoot())
      #expect(dataset.train.inputs(of: picture).allSatisfy { abs($0 - expected) < 1e-6 })
    }
    #expect(dataset.validation.inputs(of: 1) == dataset.train.inputs(of: 1))
  }

  @Test("a missing set names the Debian package and the folders")
  func missing() throws {
    let data = try TemporaryData()
    #expect {
      try data.load("fashion-mnist")
    } throws: { error in
      guard case DatasetError.missing("fashion-mnist", _, let searched, _) = error else { return false }
      return searched == ["\(data.url.path)/fashion-mnist"]
        && "\(error)".contains("apt-get install dataset-fashion-mnist")
    }
  }

  @Test("damaged files are recognised and named")
  func damaged() throws {
    let images = "train-images-idx3-ubyte.gz"
    let labels = "train-labels-idx1-ubyte.gz"
    let picture = [UInt8](repeating: 1, count: 784)
    let cases: [(file: String, content: [UInt8], word: String)] = [
      (images, idx(magic: 2049, extents: [1, 28, 28], values: picture), "magic"),
      (images, idx(magic: 2051, extents: [2, 28, 28], values: picture), "announces"),
      (images, idx(magic: 2051, extents: [1 << 31, 1 << 31, 1 << 31], values: picture), "announces"),
      (images, idx(magic: 2051, extents: [1, 14, 56], values: picture), "extents"),
      (images, [0, 0, 8], "header"),
      (labels, idx(magic: 2049, extents: [4], values: [0, 1, 2, 3]), "labels"),
      (labels, idx(magic: 2049, extents: [5], values: [0, 1, 2, 3, 10]), "label"),
    ]
    for (file, content, word) in cases {
      let data = try smallFashion()
      try data.write(content, to: file, of: "fashion-mnist")
      #expect {
        try data.load("fashion-mnist")
      } throws: {
        isDamaged($0, mentioning: word)
      }
    }
    let data = try smallFashion()
    try data.writeRaw(Array("not gzip".utf8), to: labels, of: "fashion-mnist")
    #expect {
      try data.load("fashion-mnist")
    } throws: {
      isDamaged($0, mentioning: "gzip")
    }
  }

  private static let isInstalled = FileManager.default.fileExists(
    atPath: DataFolders.systemFolder + "/fashion-mnist/train-images-idx3-ubyte.gz")

  @Test(
    "Debian's package has 60,000 and 10,000 balanced pictures",
    .enabled(if: isInstalled, "the package dataset-fashion-mnist is not installed"))
  func installed() throws {
    let dataset = try Dataset.load("fashion-mnist", from: DataFolders(paths: [DataFolders.systemFolder]))
    for (samples, count) in [(dataset.train, 60_000), (dataset.validation, 10_000)] {
      #expect(samples.count == count)
      for label in 0..<10 as Range<Int32> {
        #expect(samples.labels.count { $0 == label } == count / 10)
      }
    }
    // The published mean and deviation of the pixels in 0...1 are 0.2860 and 0.3530.
    let scaling = try #require(dataset.train.scaling)
    #expect(abs(1 / (Double(scaling.scale) * 255) - 0.3530) < 1e-4)
    #expect(abs(-Double(scaling.offset) / (Double(scaling.scale) * 255) - 0.2860) < 1e-4)
  }
}
