import Comparison
import Evidence
import StrategyKit
import StrategyRegistry

extension StrategyChoice {
  /// A strategy as tables name it: `steepest`, or `steepest(bandwidth=0.3,order=4)`.
  ///
  /// - Throws: `UnknownStrategy`, `ParameterError` or ``UsageError``.
  init(typed: String) throws {
    let parts = typed.split(separator: "(", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let type = try StrategyCatalog.builtIn.strategy(named: parts[0])
    let settings = parts.count < 2 ? [] : parts[1].dropLast().split(separator: ",").map(String.init).sorted()
    let values = try settings.map { setting -> (name: String, text: String) in
      let sides = setting.split(separator: "=", maxSplits: 1).map(String.init)
      guard sides.count == 2 else {
        throw UsageError("--strategy \(typed): expected name(parameter=value), as in steepest(bandwidth=0.3)")
      }
      return (sides[0], sides[1])
    }
    self.init(
      type, settings: settings, parameters: try ParameterValues(values, for: type.descriptor),
      evaluation: .interpolated)
  }

  /// The same, evaluated as the comparisons had it trained.
  func evaluated(by plans: StoredPlans) -> StrategyChoice {
    StrategyChoice(
      type, settings: settings, parameters: parameters, evaluation: plans.evaluation(ofStrategy: name))
  }
}
