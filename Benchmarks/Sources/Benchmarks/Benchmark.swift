import Measuring

/// One benchmark: a file that measures one thing and the lines it adds to the table.
protocol Benchmark: Sendable {
  /// How it is chosen on the command line.
  static var name: String { get }
  /// What it measures, in one sentence.
  static var summary: String { get }

  /// Measures, and returns the table's lines.
  static func rows(_ effort: Effort) throws -> [ResultRow]
}

/// How much time the numbers may take.
enum Effort {
  /// As long as steady medians need.
  case full
  /// For a look: a few runs each.
  case quick

  /// How often something runs.
  func rounds(_ full: Int, quick: Int) -> Int { self == .full ? full : quick }
}

/// Every benchmark, in the order of the table.
let allBenchmarks: [any Benchmark.Type] = [
  StartUpBenchmark.self, MillionPointsBenchmark.self, TrainingBenchmark.self, OptimizersBenchmark.self,
  CompareBenchmark.self, PicturesBenchmark.self, CheckpointsBenchmark.self,
]
