import DatasetKit
import Foundation
import Testing
import TrainingEngine

@Suite("Digits")
struct DigitsTests {
  @Test("the shipped digits load, scaled to 0...1 in the order of the file")
  func shipped() throws {
    let all = try Digits.samples(from: TemporaryData.shipped)
    #expect(all.count == 1797 && all.shape == [8, 8, 1])
    // The first line of the file.
    #expect(all.labels.prefix(10) == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    let firstRow: [Float] = [0, 0, 5, 13, 9, 1, 0, 0]
    #expect(all.inputs(of: 0).prefix(8).map { $0 * 16 } == firstRow)
    #expect((0..<all.count).allSatisfy { all.inputs(of: $0).allSatisfy { (0...1).contains($0) } })
  }

  @Test("the split takes four fifths, loses nothing and is always the same")
  func split() throws {
    let dataset = try Dataset.load("digits", from: TemporaryData.shipped)
    #expect(dataset.train.count == 1437 && dataset.validation.count == 360 && dataset.outputCount == 10)
    let all = try Digits.samples(from: TemporaryData.shipped)
    func sorted(_ samples: [Samples]) -> [[Float]] {
      samples.flatMap { part in (0..<part.count).map { part.inputs(of: $0) + [Float(part.labels[$0])] } }
        .sorted { $0.lexicographicallyPrecedes($1) }
    }
    #expect(sorted([dataset.train, dataset.validation]) == sorted([all]))
    #expect(Set(dataset.validation.labels).count == 10)
    #expect(try Dataset.load("digits", from: TemporaryData.shipped) == dataset)
  }

  @Test(
    "damaged tables are recognised",
    arguments: [
      "", "1,2,3\n", Array(repeating: "17", count: 64).joined(separator: ",") + ",0\n",
      Array(repeating: "1", count: 64).joined(separator: ",") + ",10\n",
      Array(repeating: "1", count: 64).joined(separator: ",") + ",x\n",
      Array(repeating: "-1", count: 64).joined(separator: ",") + ",1\n",
    ])
  func damaged(_ text: String) throws {
    let data = try TemporaryData()
    try data.write(Array(text.utf8), to: "digits.csv.gz", of: "digits")
    #expect {
      try data.load("digits")
    } throws: { error in
      guard case DatasetError.damaged = error else { return false }
      return true
    }
  }

  @Test("Windows line ends and a missing last line end are read")
  func lineEnds() throws {
    let data = try TemporaryData()
    let row = Array(repeating: "16", count: 64).joined(separator: ",")
    try data.write(Array("\(row),3\r\n\(row),4".utf8), to: "digits.csv.gz", of: "digits")
    let samples = try Digits.samples(from: DataFolders(paths: [data.url.path]))
    #expect(samples.labels == [3, 4] && samples.inputs(of: 1) == [Float](repeating: 1, count: 64))
    withExtendedLifetime(data) {}
  }
}
