import Comparison
import DocumentFiles
import Foundation
import Testing

/// Comparison files that are based on another.
@Suite struct BaseFileTests {
  private static let based = """
    suggest: 1
    name: longer
    base: test.yaml
    range-tests: {iterations: 300}

    """

  /// The smallest file with another text in one place.
  private static func smallest(_ text: String, _ other: String) -> String {
    SampleFile.smallest.replacing(text, with: other)
  }

  private func read(_ files: [String: String], at path: String = "folder/longer.yaml") throws -> Comparison {
    try Comparison(at: path) { path in
      guard let text = files[path] else { throw CocoaError(.fileNoSuchFile) }
      return Array(text.utf8)
    }
  }

  @Test func `Keys that are missing are those of the base, which lies beside the file`() throws {
    let base = try SampleFile.comparison(SampleFile.everything)
    let based = try read(["folder/longer.yaml": Self.based, "folder/test.yaml": SampleFile.everything])
    #expect(based.name == "longer")
    #expect(based.rangeTests.map(\.iterations) == [300])
    #expect(based.tasks == base.tasks)
    #expect(based.grid == base.grid && based.seeds == base.seeds)
    #expect(based.strategies.map(\.name) == base.strategies.map(\.name))
    // What it resolves to has no base, and reads the same.
    #expect(try SampleFile.comparison(based.resolvedText).resolvedText == based.resolvedText)
  }

  @Test func `Its own matrix takes the place of the base's`() throws {
    let own = SampleFile.smallest.replacing("name: test", with: "name: own\nbase: test.yaml")
    let based = try read(["own.yaml": own, "test.yaml": SampleFile.everything], at: "own.yaml")
    #expect(based.tasks.count == 1)
    #expect(based.seeds.grid == [3, 5, 8])
  }

  @Test(arguments: [
    ("folder/test.yaml:1:10: `suggest` needs", smallest("suggest: 1", "suggest: 2")),
    ("folder/test.yaml:7:10: `steps` needs", smallest("steps: 100", "steps: 0")),
    ("folder/test.yaml:1:1: the key matrix is missing", "suggest: 1\nname: test\n"),
    ("folder/test.yaml:3:7: a base has no base of its own", based),
  ])
  func `What is wrong with the base is told where it stands`(_ says: String, _ base: String) throws {
    let error = try #require(throws: ComparisonFileError.self) {
      try read(["folder/longer.yaml": Self.based, "folder/test.yaml": base])
    }
    #expect(error.description.hasPrefix(says), "\(error)")
  }

  @Test func `A base that is not there is the reader's error`() {
    #expect(throws: CocoaError.self) { try read(["folder/longer.yaml": Self.based]) }
  }
}
