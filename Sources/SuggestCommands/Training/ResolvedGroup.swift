import CurveModel
import TrainingEngine

/// A parameter group of a network that is known.
struct ResolvedGroup: Equatable, Sendable {
  let name: String
  /// The modules, or single parameters, that hold its parameters and no others.
  let modules: [String]
  var isFrozen: Bool
  /// Whether it begins with random weights although there is a checkpoint.
  let isFresh: Bool
  /// Whether its norms train although it is frozen.
  var trainsNorms = false
  /// What the learning rate is multiplied by.
  var rateFactor: Double

  /// The group as the engine takes it.
  func group(of network: Network) -> ParameterGroup {
    ParameterGroup(
      name: name, prefixes: prefixes(in: network), isFrozen: isFrozen, trainsNorms: trainsNorms)
  }

  /// What the names of its tensors begin with.
  func prefixes(in network: Network) -> [String] {
    let names = Set(network.parameters.map(\.name))
    return modules.map { names.contains($0) ? $0 : $0 + "." }
  }

  /// The group as a label of a task.
  var json: JSONValue {
    .object(
      [.init("name", .string(name)), .init("modules", .array(modules.map(JSONValue.string)))]
        + (isFrozen ? [.init("frozen", .bool(true))] : [])
        + (trainsNorms ? [.init("trainsNorms", .bool(true))] : [])
        + (isFresh ? [.init("fresh", .bool(true))] : [])
        + (rateFactor == 1 ? [] : [.init("rateFactor", .number(rateFactor))]))
  }

  /// The factors of all groups; nil where they are all the same.
  ///
  /// A frozen group moves at no rate.
  static func rateFactors(of groups: [ResolvedGroup]) -> [Double]? {
    guard groups.contains(where: { $0.rateFactor != 1 }) else { return nil }
    return groups.map { $0.isFrozen && !$0.trainsNorms ? 0 : $0.rateFactor }
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
