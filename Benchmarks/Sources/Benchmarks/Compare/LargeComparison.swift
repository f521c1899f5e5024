import Comparison

/// A comparison of many runs: 40 tasks × 25 rates × seeds, besides a range test a task and what that suggests.
struct LargeComparison {
  /// How many seeds each rate has; 1 to 1000.
  let seeds: Int

  /// The trainings over the grid.
  var gridTrainings: Int { 1000 * seeds }

  /// The comparison file.
  ///
  /// Its grid neither grows nor is refined, so that the number of its runs is known.
  var text: String {
    """
    suggest: 1
    name: large
    matrix:
      dataset: digits
      model: [logistic, mlp-64]
      optimizer: [sgd, adam]
      batch-size: [32, 64]
      steps: [100, 200, 300, 400, 500]
    grid: {per-decade: 6, from: 1e-4, to: 1, extend: false, refine: false}
    seeds: {grid: \(seeds), suggestions: 1, range-tests: 1}
    strategies: [min10, steepest, valley]

    """
  }

  /// What the file asks for.
  ///
  /// - Throws: `ComparisonFileError`.
  func comparison() throws(ComparisonFileError) -> Comparison {
    try Comparison(parsing: text, path: "large.yaml")
  }
}
