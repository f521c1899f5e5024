import Measuring

/// One benchmark: a file that measures one thing and the lines it adds to the table.
protocol Benchmark: Sendable {
  /// How it is chosen on the command line.
  static var name: String { get }
  /// What it measures, in one sentence.
  static var summary: String { get }

  /// Measures, and returns the table's lines.
  static func rows() throws -> [ResultRow]
}

/// Every benchmark, in the order of the table.
let allBenchmarks: [any Benchmark.Type] = [StartUpBenchmark.self, MillionPointsBenchmark.self]
