import Measuring

/// `suggest compare`: two workers against one, what it costs beside the trainings, and plans of 100,000 runs.
enum CompareBenchmark: Benchmark {
  static let name = "compare"
  static let summary =
    "the quick comparison with one and two workers, and planning and resuming 100,000 runs"

  static func rows(_ effort: Effort) throws -> [ResultRow] {
    try ComparisonThroughput(effort).rows() + LargeComparisonTimes(effort).rows()
  }
}
