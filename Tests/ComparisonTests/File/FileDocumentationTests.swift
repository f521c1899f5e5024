import CurveModel
import DatasetKit
import DocumentFiles
import Testing
import TrainingEngine

@testable import Comparison

struct FileDocumentationTests {
  private static let page = (try? SampleFile.package("docs/comparison-files.md")) ?? ""

  @Test func `The page names every key and default of the table`() {
    let form = ComparisonForm(datasets: ["digits"], strategies: ["valley"])
    for key in form.shape.keys {
      let rows = Self.page.split(separator: "\n").filter {
        $0.contains("`\(key.name)`") || $0.contains("{\(key.name): {")
      }
      #expect(!rows.isEmpty, "\(key.name) is not described")
      guard case .number(let number)? = key.defaultValue, !["warm-up", "from", "to"].contains(key.name) else {
        continue
      }
      let cells = rows.compactMap { $0.split(separator: "|").last }
      let found = cells.contains { cell in
        cell.split { " ,:".contains($0) }.contains { FileNumber.double(String($0)) == number }
      }
      #expect(found, "the default of \(key.name) is \(number)")
    }
  }

  @Test func `The example of the page is a comparison`() throws {
    let blocks = Self.page.split(separator: "```yaml\n").dropFirst().compactMap {
      $0.split(separator: "```").first
    }
    #expect(blocks.count == 3)
    let whole = try SampleFile.comparison(String(blocks[0]))
    #expect(whole.tasks.count == 16)
    let united = try SampleFile.comparison("suggest: 1\nname: united\n" + blocks[2])
    #expect(united.tasks.count == 2 * 3 * 2 + 2 + 3)
    // Weights and photographs are not here; only the form can be checked.
    let tuning = "suggest: 1\nname: tuning\n" + blocks[1]
    let form = ComparisonForm(datasets: Dataset.names, strategies: ["valley"])
    try form.shape.check(FileTree(of: .comparison).root(of: Array(tuning.utf8)), named: "the file")
  }

  @Test func `The page states the range of the grid and how far it extends`() {
    let grid = GridSettings()
    #expect(grid.range == 1e-4...1 && Self.page.contains("| 1e-4, 1 |"))
    #expect(grid.extensionLimits == 1e-8...1000 && Self.page.contains("from 1e-8 to 1000"))
  }
}

extension FormShape {
  /// Every key of the table, with the keys of the mappings below it, but for names of optimizers.
  var keys: [FormKey] {
    switch self {
    case .mapping(let keys):
      keys.flatMap { [$0] + $0.shape.keys }.filter { $0.name == "sgd" || !$0.isOptimizer }
    case .list(let element): element.keys
    case .anyOf(let shapes): shapes.flatMap(\.keys)
    default: []
    }
  }
}

extension FormKey {
  fileprivate var isOptimizer: Bool { OptimizerConfiguration.families.contains(name) }
}
