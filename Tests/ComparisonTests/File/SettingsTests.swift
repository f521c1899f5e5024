import Comparison
import StrategyRegistry
import Testing
import TrainingEngine

struct SettingsTests {
  private func comparison(_ lines: String) throws -> Comparison {
    try SampleFile.comparison(SampleFile.smallest + lines + "\n")
  }

  @Test(arguments: [
    ("1e-4", 1e-4), ("1E-4", 1e-4), ("0.0001", 1e-4), (".001", 1e-3), ("1.e-2", 1e-2), ("+0.1", 0.1),
    ("1_0.5", 10.5), ("5", 5),
  ])
  func `Numbers are read as people write them`(text: String, number: Double) throws {
    let comparison = try comparison("grid: {from: 1e-6, to: \(text)}")
    #expect(comparison.grid.range.upperBound == number)
  }

  @Test(arguments: ["300", "3e2", "300.0", "+300", "3_00"])
  func `A whole number may be written in any way`(text: String) throws {
    let file = SampleFile.smallest.replacing("100", with: text)
    #expect(try SampleFile.comparison(file).tasks[0].steps == 300)
  }

  @Test func `Words may be quoted, lists indented, comments anywhere`() throws {
    let file = """
      # a comment
      "suggest": 1   # the form
      name: 'test'
      matrix:
        dataset:
        - "digits"
        model: [ 'mlp-64',
                 cnn ]   # two
        optimizer: sgd
        steps: 100
      """
    #expect(try SampleFile.comparison(file).tasks.count == 2)
  }

  @Test func `Line ends of Windows and a byte order mark are read over`() throws {
    let file = "\u{FEFF}" + SampleFile.smallest.replacing("\n", with: "\r\n")
    #expect(try SampleFile.comparison(file).tasks.count == 1)
  }

  @Test func `Anchors and aliases are read`() throws {
    let file = """
      suggest: 1
      name: test
      matrix:
        - {dataset: digits, model: mlp-64, optimizer: &both [sgd, adam], steps: 100}
        - {dataset: digits, model: cnn, optimizer: *both, steps: 100}
      """
    #expect(try SampleFile.comparison(file).tasks.count == 4)
  }

  @Test func `Range tests are one or several`() throws {
    #expect(try comparison("range-tests: {iterations: 50}").rangeTests == [RangeTestSettings(iterations: 50)])
    let several = try comparison("range-tests: [{end: 1}, {start: 1e-5, iterations: 200}]")
    #expect(
      several.rangeTests == [RangeTestSettings(end: 1), RangeTestSettings(iterations: 200, start: 1e-5)])
  }

  @Test func `The grid's range may depend on the optimizer`() throws {
    let grid = try comparison("grid: {from: 1e-3, to: 0.1, ranges: {sgd: {from: 0.01, to: 10}}}").grid
    #expect(grid.range(for: .sgd()) == 0.01...10)
    #expect(grid.range(for: .sgd(momentum: 0)) == 0.01...10)
    #expect(grid.range(for: .adam()) == 1e-3...0.1)
  }

  @Test(arguments: [("true", true), ("false", false), ("{from: 1e-5, to: 10}", true)])
  func `The grid's extension is on, off or limited`(text: String, extends: Bool) throws {
    let grid = try comparison("grid: {extend: \(text)}").grid
    #expect((grid.extensionLimits != nil) == extends)
    if text.hasPrefix("{") { #expect(grid.extensionLimits == 1e-5...10) }
    if text == "true" { #expect(grid == GridSettings()) }
  }

  @Test func `Seeds are counted or listed, and suggestions use the grid's first`() throws {
    let seeds = try comparison("seeds: {grid: 4, suggestions: 2, range-tests: [5, 6]}").seeds
    #expect(seeds == SeedSettings(grid: [0, 1, 2, 3], suggestions: [0, 1], rangeTests: [5, 6]))
    let listed = try comparison("seeds: {grid: [9, 4, 2], suggestions: [9, 4], range-tests: 1}").seeds
    #expect(listed == SeedSettings(grid: [9, 4, 2], suggestions: [9, 4], rangeTests: [1000]))
  }

  @Test func `Fewer evaluations than are averaged by default are all averaged`() throws {
    #expect(
      try comparison("evaluation: {count: 2}").tasks[0].evaluation == EvaluationPlan(count: 2, averaged: 2))
  }

  @Test func `All strategies are chosen unless some are named`() throws {
    let names = StrategyCatalog.builtIn.names
    for lines in ["", "strategies: all", "strategies: [all]", "strategies: {name: all}"] {
      let choices = try comparison(lines).strategies
      #expect(choices.map(\.name) == names)
      #expect(choices.allSatisfy { $0.evaluation == .direct })
    }
  }

  @Test func `One strategy needs no list`() throws {
    #expect(try comparison("strategies: valley").strategies.map(\.name) == ["valley"])
  }

  @Test func `All in a list means those not named with their defaults`() throws {
    let choices = try comparison(
      "strategies: [valley, {name: steepest, set: {bandwidth: 0.1}}, {name: all, evaluation: interpolated}]"
    ).strategies
    let rest = StrategyCatalog.builtIn.names.filter { $0 != "valley" }
    #expect(choices.map(\.name) == ["valley", "steepest(bandwidth=0.1)"] + rest)
    #expect(choices.map(\.evaluation) == [.direct, .direct] + rest.map { _ in .interpolated })
  }

  @Test func `Lists of parameters make every combination, and a default is the default`() throws {
    let choices = try comparison(
      "strategies: [{name: valley, set: {depth: [0.5, 1], bandwidth: [1e-1, 0.25]}}]"
    ).strategies
    #expect(
      choices.map(\.name) == [
        "valley(bandwidth=0.1,depth=0.5)", "valley(bandwidth=0.1,depth=1)", "valley(depth=0.5)",
        "valley(depth=1)",
      ])
  }
}
