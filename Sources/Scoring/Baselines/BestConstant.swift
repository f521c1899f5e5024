public import CurveModel

/// The one rate that would have been best for several tasks, chosen with and without the task it is judged on.
///
/// A constant chosen with hindsight flatters itself; leaving out the family of data sets that it is judged on says what
/// somebody who tuned it elsewhere gets (scoring reference, section 8).
public struct BestConstant: Sendable, Equatable {
  /// The rate that is best over all tasks.
  public let rate: RateKey
  /// Its mean regret over all tasks, in hindsight.
  public let regret: Double
  /// For every task, the regret of the rate that is best for the tasks of all other families.
  public let leftOutRegrets: [Double]
  /// For every task, that rate.
  public let leftOutRates: [RateKey]

  /// Chooses among the rates of all grids; each is read at the nearest point of a grid.
  ///
  /// - Parameters:
  ///   - curves: the tasks, all of one family of optimizers; not empty.
  ///   - families: the family of data sets of each.
  public init(_ curves: [RegretCurve], families: [String]) {
    precondition(!curves.isEmpty && curves.count == families.count, "a family for every task")
    let candidates = Array(Set(curves.flatMap(\.rates))).sorted()
    // By candidate (slow) and task (fast).
    let table = candidates.map { rate in curves.map { $0.regrets[$0.nearest(to: rate)] } }
    let best = Self.best(table) { _ in true }
    rate = candidates[best]
    regret = table[best].mean
    let others = curves.indices.map { task in Self.best(table) { families[$0] != families[task] } }
    leftOutRegrets = zip(others, curves.indices).map { table[$0][$1] }
    leftOutRates = others.map { candidates[$0] }
  }

  /// The candidate with the lowest mean over the tasks that count; of equal ones the lowest rate, and the first where no
  /// task counts.
  private static func best(_ table: [[Double]], counts: (Int) -> Bool) -> Int {
    let tasks = table[0].indices.filter(counts)
    var (best, lowest) = (0, Double.infinity)
    for (candidate, regrets) in table.enumerated() {
      let sum = tasks.reduce(0) { $0 + regrets[$1] }
      if sum < lowest { (best, lowest) = (candidate, sum) }
    }
    return best
  }
}
