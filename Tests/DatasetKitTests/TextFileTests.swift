import Testing
import TrainingEngine

@testable import DatasetKit

@Suite("Texts")
struct TextFileTests {
  /// 110 characters of 11: 99 for training, 11 for validation.
  private static let text = String(repeating: "hello world", count: 10)
  private static let entry = DatasetEntry(
    "test", "made by a test", family: "test", .text, shape: [10], outputs: 8, train: 9, validation: 1,
    origin: "a test", licence: "none", source: .package(DatasetPackage(.apt, "test-data", "1")),
    files: [("text.txt", "")])

  @Test func `Inputs are the numbers of characters, labels those of the next`() throws {
    let data = try Self.entry.load(Self.text)
    #expect(data.train.count == 9 && data.validation.count == 1 && data.train.labelCount == 10)
    // Sorted: space d e h l o r w.
    let numbers: [Float] = [3, 2, 4, 4, 5, 0, 7, 5, 6, 4, 1]
    #expect(data.train.inputs(of: 0) == Array(numbers[..<10]))
    let all: [Float] = (0..<110).map { numbers[$0 % 11] }
    for index in 0..<9 {
      let window = 10 * index..<10 * index + 10
      let labels = data.train.labels[window].map { Float($0) }
      #expect(data.train.inputs(of: index) == Array(all[window]))
      #expect(labels == Array(all.dropFirst()[window.lowerBound + 1..<window.upperBound + 1]))
    }
    #expect(data.validation.inputs(of: 0) == Array(all[99..<109]))
  }

  @Test func `Batches have a label for each character`() throws {
    let data = try Self.entry.load(Self.text)
    var batch = data.train.emptyBatch(capacity: 4)
    #expect(batch.labels.count == 40 && batch.targets == [])
    data.train.fill(&batch, with: [8, 1])
    #expect(Array(batch.labels[10..<20]) == Array(data.train.labels[10..<20]))
    #expect(Array(batch.labels[..<10]) == Array(data.train.labels[80..<90]))
    var sizes: [Int] = []
    data.train.forEachBatch(of: 4) { sizes.append($0.count) }
    #expect(sizes == [4, 4, 1])
  }

  @Test(arguments: [
    ("", "empty"), (text + "z", "9 different characters, not 8"), (text + text, "19 and 2 samples"),
  ])
  func `Bad texts are recognised`(_ text: String, _ words: String) {
    #expect {
      try Self.entry.load(text)
    } throws: { isDamage($0, words) }
  }
}
