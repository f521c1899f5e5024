internal import CurveModel
internal import Glibc
internal import Scoring
internal import StrategyKit

/// The two constants of the strategy `balanced`: how many decades above ``StrategyKit/CurveFeatures/halfwayDown``
/// a rate is best.
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
    all(table, leavingOut: [nil] + table.families.map(Optional.some))
  }

  static func all(_ table: ExampleTable, leavingOut leftOut: [String?]) -> [BalancedCalibration] {
    let blurred = table.tasks.map { RegretTable($0.regret, blur: blur) }
    return leftOut.map { family in
      BalancedCalibration(
        leftOut: family, peak: best(.peak, without: family, table, blurred),
        constant: best(.constant, without: family, table, blurred))
    }
  }

  /// The rate that these constants give.
  ///
  /// - Throws: `Abstention` where the fall's places cannot be read.
  func rate(for features: CurveFeatures, as role: TaskDescription.Role) throws(Abstention) -> Double {
    guard let middle = features.halfwayDown else {
      throw Abstention(.other, "the places of the fall cannot be read")
    }
    return pow(10, middle + (role == .constant ? constant : peak))
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
        guard let middle = test.features.halfwayDown else { return sum }
        return sum + blurred[test.task].value(at: middle + shift).regret
          / Double(table.tasks[test.task].rangeTests)
      }
    }
    let lowest = regrets.indices.min { regrets[$0] < regrets[$1] } ?? count
    return (shifts[lowest] / step).rounded() * step
  }
}
