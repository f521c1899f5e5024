import Comparison
import Testing

struct ResolvedTextTests {
  @Test(arguments: ["comparisons/quick.yaml", "comparisons/standard.yaml", "smallest", "everything"])
  func `Reading the resolved text gives the comparison again`(source: String) throws {
    let text =
      switch source {
      case "smallest": SampleFile.smallest
      case "everything": SampleFile.everything
      default: try SampleFile.package(source)
      }
    let comparison = try SampleFile.comparison(text)
    let again = try SampleFile.comparison(comparison.resolvedText)
    #expect(again.tasks == comparison.tasks)
    #expect(again.rangeTests == comparison.rangeTests)
    #expect(again.grid == comparison.grid)
    #expect(again.seeds == comparison.seeds)
    #expect(again.strategies == comparison.strategies)
    #expect(again.resolvedText == comparison.resolvedText)
  }

  @Test func `The resolved text of the smallest file names every default`() throws {
    let text = try SampleFile.comparison(
      SampleFile.smallest
        + "strategies: [valley]\ngrid: {ranges: {sgd: {from: 0.01, to: 1}}, extend: false}\n"
    ).resolvedText
    #expect(
      text == """
        suggest: 1
        name: "test"
        matrix:
        - {dataset: "digits", model: "mlp-64", optimizer: {name: "sgd", momentum: 0.9, weight-decay: 0}, \
        batch-size: 64, schedule: {name: "constant", warm-up: 0}, steps: 100}
        range-tests:
        - {iterations: 100, start: 1e-07, end: 10}
        grid: {per-decade: 3, from: 0.0001, to: 1, ranges: {sgd: {from: 0.01, to: 1}}, extend: false, refine: true}
        seeds: {grid: [0, 1, 2], suggestions: [0, 1, 2], range-tests: [1000, 1001, 1002, 1003, 1004]}
        evaluation: {count: 10, samples: 2000, averaged: 3}
        strategies:
        - {name: "valley", evaluation: "direct"}

        """)
  }
}
