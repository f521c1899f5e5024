public import CurveModel
public import ExperimentStore

/// The rates of a task's grid, as known outcomes made it grow: what a comparison would have trained without any strategy.
///
/// Only these rates may tell which rate is best. Rates that were trained because a strategy suggested them lie where
/// strategies look, and would favour the strategies with many suggestions.
public struct GridRates: Sendable, Equatable {
  /// The task.
  public let task: TaskSpecification
  /// The rates, rising.
  public let rates: [RateKey]

  /// The grids of all tasks of a comparison, in its order.
  ///
  /// - Parameters:
  ///   - comparison: what was asked for.
  ///   - knowledge: what is known of its trainings.
  public static func all(of comparison: Comparison, _ knowledge: some RunKnowledge) -> [GridRates] {
    comparison.tasks.map { task in
      GridRates(task: task, rates: TaskPlanner(task, of: comparison).gridRates(knowledge))
    }
  }
}

extension Comparison {
  /// The comparison as a store keeps it.
  public var stored: StoredComparison { StoredComparison(name: name, text: resolvedText) }

  /// Reads a comparison that a store kept.
  ///
  /// - Throws: ``ComparisonFileError``, where this program does not know a data set or a strategy that it names.
  public init(_ stored: StoredComparison) throws(ComparisonFileError) {
    try self.init(parsing: stored.text, path: "comparisons/\(stored.fileName)")
  }
}
