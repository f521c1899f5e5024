internal import CurveModel
internal import Scoring
internal import StrategyKit

/// The two constants of the strategy `balanced`: how many decades above the middle of the fall's second quarter a rate is best.
public struct BalancedCalibration: Sendable, Equatable {
  /// The family that was left out; nil where none was.
  public var leftOut: String?
  /// Decades for the peak of a schedule, and for a rate that stays constant.
  public var peak, constant: Double

  /// The steps in which constants are tried, in decades, and how far.
  static let step = 0.05
  static let reach = 2.0
  static let blur = 0.1

  /// The constants with the lowest mean regret, of all families and with each left out.
  public static func all(_ table: ExampleTable) -> [BalancedCalibration] {
    let blurred = table.tasks.map { RegretTable($0.regret, blur: blur) }
    return ([nil] + table.families.map(Optional.some)).map { family in
      BalancedCalibration(
        leftOut: family, peak: best(.peak, without: family, table, blurred),
        constant: best(.constant, without: family, table, blurred))
    }
  }

  private static func best(
    _ role: TaskDescription.Role, without family: String?, _ table: ExampleTable, _ blurred: [RegretTable]
  ) -> Double {
    let chosen = table.rangeTests.filter { test in
      let task = table.tasks[test.task].description
      return task.role == role && task.family != family
    }
    let count = Int((reach / step).rounded())
    let shifts = (-count...count).map { Double($0) * step }
    let regrets = shifts.map { shift in
      chosen.reduce(0.0) { sum, test in
        guard let middle = test.features.secondQuarterOfFall else { return sum }
        return sum + blurred[test.task].value(at: middle + shift).regret
          / Double(table.tasks[test.task].rangeTests)
      }
    }
    let lowest = regrets.indices.min { regrets[$0] < regrets[$1] } ?? count
    return (shifts[lowest] / step).rounded() * step
  }
}
