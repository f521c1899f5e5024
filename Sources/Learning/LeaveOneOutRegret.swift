internal import CurveModel
internal import Glibc
public import LearnedStrategy
public import Scoring
internal import StrategyKit

/// How a model fares on families of data sets it did not see, read off the grids: a quick look while learning.
///
/// `suggest score` is the judge: it trains at the very rates, and counts abstentions.
public struct LeaveOneOutRegret: Sendable {
  /// One family's tasks of one role.
  public struct Row: Sendable {
    /// The family that was left out; nil for the mean over all tasks.
    public var family: String?
    /// What the tasks' rates mean.
    public var role: TaskDescription.Role
    /// How many tasks there are.
    public var tasks: Int
    /// The mean over tasks of the mean normalised regret over their range tests; NaN where all abstained.
    public var regret: Double
    /// How many answers were abstentions, of how many range tests.
    public var abstentions, rangeTests: Int
  }

  /// Family by family, each with its roles; the means last.
  public let rows: [Row]

  /// Asks the model about each range test, by the fit without its family.
  public init(_ model: RateModel, _ table: ExampleTable) {
    var regrets = [[Double]](repeating: [], count: table.tasks.count)
    var abstentions = [Int](repeating: 0, count: table.tasks.count)
    for test in table.rangeTests {
      let task = table.tasks[test.task]
      do throws(Abstention) {
        let rate = try LearnedStrategy.rate(
          for: test.curve, in: test.context, by: model, leavingOut: task.description.family)
        regrets[test.task].append(RegretTable.regret(of: task.regret, at: log10(rate.learningRate)))
      } catch {
        abstentions[test.task] += 1
      }
    }
    func row(_ family: String?, _ role: TaskDescription.Role) -> Row? {
      let chosen = table.tasks.indices.filter { index in
        let task = table.tasks[index].description
        return task.role == role && (family == nil || task.family == family)
      }
      guard !chosen.isEmpty else { return nil }
      let means = chosen.filter { !regrets[$0].isEmpty }.map { index in
        regrets[index].reduce(0, +) / Double(regrets[index].count)
      }
      let lost = chosen.reduce(0) { $0 + abstentions[$1] }
      return Row(
        family: family, role: role, tasks: chosen.count,
        regret: means.isEmpty ? .nan : means.reduce(0, +) / Double(means.count), abstentions: lost,
        rangeTests: lost + chosen.reduce(0) { $0 + regrets[$1].count })
    }
    rows = (table.families.map(Optional.some) + [nil]).flatMap { family in
      TaskDescription.Role.allCases.compactMap { row(family, $0) }
    }
  }
}
