public import StrategyKit
public import TrainingEngine

extension SchedulePlan {
  /// What the rate is used for, in the words of strategies.
  public var use: IntendedUse { kind == .constant ? .constant : .peak }
}
