public import StrategyKit
public import TrainingEngine

extension ScheduleKind {
  /// What the rate is used for, in the words of strategies.
  public var use: IntendedUse { self == .constant ? .constant : .peak }
}

extension SchedulePlan {
  /// What the rate is used for, in the words of strategies.
  public var use: IntendedUse { kind.use }
}
