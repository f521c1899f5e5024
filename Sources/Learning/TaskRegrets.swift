internal import CurveModel
internal import Glibc
internal import Scoring
internal import StrategyKit

/// How answers to range tests fare, read off the grids: a quick look while learning.
///
/// `suggest score` is the judge: it trains at the very rates, and counts abstentions after their fallback.
struct TaskRegrets {
  private let table: ExampleTable
  private var regrets: [[Double]]
  private var abstentions: [Int]

  /// Asks about each range test.
  init(_ table: ExampleTable, answer: (ExampleTable.RangeTest) throws(Abstention) -> Double) {
    self.table = table
    regrets = [[Double]](repeating: [], count: table.tasks.count)
    abstentions = [Int](repeating: 0, count: table.tasks.count)
    for test in table.rangeTests {
      do throws(Abstention) {
        let rate = try answer(test)
        regrets[test.task].append(RegretTable.regret(of: table.tasks[test.task].regret, at: log10(rate)))
      } catch {
        abstentions[test.task] += 1
      }
    }
  }

  /// The tasks with range tests of a role and a family; nil takes all families.
  private func chosen(_ role: TaskDescription.Role, _ family: String?) -> [Int] {
    table.tasks.indices.filter { index in
      let task = table.tasks[index].description
      return task.role == role && (family == nil || task.family == family)
        && !(regrets[index].isEmpty && abstentions[index] == 0)
    }
  }

  /// The mean over those tasks; nil where there are none.
  func mean(_ role: TaskDescription.Role, family: String? = nil) -> MeanRegret? {
    let tasks = chosen(role, family)
    guard !tasks.isEmpty else { return nil }
    let means = tasks.filter { !regrets[$0].isEmpty }.map { index in
      regrets[index].reduce(0, +) / Double(regrets[index].count)
    }
    let lost = tasks.reduce(0) { $0 + abstentions[$1] }
    return MeanRegret(
      tasks: tasks.count, regret: means.isEmpty ? .nan : means.reduce(0, +) / Double(means.count),
      abstentions: lost, rangeTests: lost + tasks.reduce(0) { $0 + regrets[$1].count })
  }
}

/// The regret of answers to the range tests of some tasks.
public struct MeanRegret: Sendable, Equatable {
  /// How many tasks there are.
  public var tasks: Int
  /// The mean over tasks of the mean normalised regret over their range tests; NaN where all were abstentions.
  public var regret: Double
  /// How many answers were abstentions, of how many range tests.
  public var abstentions, rangeTests: Int
}
