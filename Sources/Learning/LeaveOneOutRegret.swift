public import LearnedStrategy
public import Scoring
internal import StrategyKit

/// How a model fares on families of data sets it did not see, read off the grids.
public struct LeaveOneOutRegret: Sendable {
  /// One family's tasks of one role.
  public struct Row: Sendable {
    /// The family that was left out; nil for the mean over all tasks.
    public var family: String?
    /// What the tasks' rates mean.
    public var role: TaskDescription.Role
    /// How the model fares.
    public var mean: MeanRegret
  }

  /// Family by family, each with its roles; the means last.
  public let rows: [Row]

  /// Asks the model about each range test, by the fit without its family.
  public init(_ model: RateModel, _ table: ExampleTable) {
    let regrets = TaskRegrets(table) { test throws(Abstention) in
      try LearnedStrategy.rate(
        for: test.features, of: test.descent, in: test.context, by: model,
        leavingOut: table.tasks[test.task].description.family
      ).learningRate
    }
    rows = (table.families.map(Optional.some) + [nil]).flatMap { family in
      TaskDescription.Role.allCases.compactMap { role in
        regrets.mean(role, family: family).map { Row(family: family, role: role, mean: $0) }
      }
    }
  }
}
