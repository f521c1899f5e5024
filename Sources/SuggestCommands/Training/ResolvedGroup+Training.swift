import CurveModel
import ModelZoo
import TrainingEngine

extension ResolvedGroup {
  /// The group as a label of a task.
  var json: JSONValue {
    .object(
      [.init("name", .string(name)), .init("modules", .array(modules.map(JSONValue.string)))]
        + (isFrozen ? [.init("frozen", .bool(true))] : [])
        + (trainsNorms ? [.init("trainsNorms", .bool(true))] : [])
        + (isFresh ? [.init("fresh", .bool(true))] : [])
        + (rateFactor == 1 ? [] : [.init("rateFactor", .number(rateFactor))]))
  }
}

extension FineTuning {
  /// The groups of a phase, made of a network's groups, the lowest first.
  static func groups(_ groups: [ResolvedGroup], in phase: Phase) -> [ResolvedGroup] {
    zip(groups.indices, rateFactors(phase, groups: groups.count)).map { index, factor in
      var group = groups[index]
      group.isFrozen = phase == .frozen && index < groups.count - 1
      group.trainsNorms = group.isFrozen
      group.rateFactor = factor
      return group
    }
  }
}
