internal import Spelling
internal import TrainingEngine

extension GroupPlan {
  /// The group of everything that no other group has.
  private static let restName = "body"

  /// The groups, those that are frozen first.
  func resolved(in network: Network, standard: [ModuleGroup]) throws(GroupError) -> [ResolvedGroup] {
    var members = try membership(of: network, standard: standard)
    for (name, parameters) in members where parameters.isEmpty {
      throw GroupError(
        .groups, nil,
        "\(network.name) has no parameter left for the group \(name): its groups before have them all")
    }
    let names = members.map(\.name)
    for name in frozen { try Self.check(name, .freeze, "--freeze \(name)", among: names) }
    for name in fresh { try Self.check(name, .fresh, "--fresh \(name)", among: names) }
    for factor in factors {
      let option = "--rate-factor \(factor.text)"
      try Self.check(factor.group, .rateFactor, option, among: names)
      guard trainsNorms || !frozen.contains(factor.group) else {
        throw GroupError(.rateFactor, option, "\(factor.group) is frozen")
      }
    }
    guard !names.allSatisfy(frozen.contains) else {
      throw GroupError(.freeze, "--freeze \(frozen.joined(separator: ","))", "nothing is left to train")
    }
    // The rate that is recorded, and that --lr gives, is the last group's: that one must be trained.
    members = members.filter { frozen.contains($0.name) } + members.filter { !frozen.contains($0.name) }
    let groups = members.map { member in
      ResolvedGroup(
        name: member.name, modules: ModuleNames.covering(member.parameters, of: network),
        isFrozen: frozen.contains(member.name), isFresh: fresh.contains(member.name),
        trainsNorms: trainsNorms && frozen.contains(member.name),
        rateFactor: factors.first { $0.group == member.name }?.value ?? 1)
    }
    if let last = groups.last, let factor = factors.first(where: { $0.group == last.name && $0.value != 1 }) {
      throw GroupError(
        .rateFactor, "--rate-factor \(factor.text)",
        "\(last.name) is the last group, whose rate is the one that is typed and recorded; give the other groups a factor"
      )
    }
    return groups
  }

  /// The names of each group's parameters, the rest first.
  private func membership(
    of network: Network, standard: [ModuleGroup]
  ) throws(GroupError) -> [(name: String, parameters: [String])] {
    let defaults =
      standard.isEmpty
      ? [Definition(name: ModuleNames.head, modules: [ModuleNames.head(of: network)])]
      : standard.map { Definition(name: $0.name, modules: $0.modules) }
    let definitions = definitions.isEmpty ? defaults : definitions
    let names = network.parameters.map(\.name)
    for definition in definitions {
      for module in definition.modules where !names.contains(where: { ModuleNames.isName($0, in: module) }) {
        let modules = ModuleNames.all(of: names)
        let nearest = nearestNames(to: module, among: modules)
        let outermost = modules.filter { !$0.contains(".") }
        throw GroupError(
          .groups, "--groups \(definition.name)=\(definition.modules.joined(separator: ","))",
          "\(network.name) has no module " + module
            + (nearest.isEmpty ? "" : ", nearest: \(nearest.joined(separator: ", "))")
            + "; its modules are \(outermost.joined(separator: ", "))")
      }
    }
    var parameters = [[String]](repeating: [], count: definitions.count)
    var rest: [String] = []
    for name in names {
      let taker = definitions.firstIndex { $0.modules.contains { ModuleNames.isName(name, in: $0) } }
      if let taker { parameters[taker].append(name) } else { rest.append(name) }
    }
    let defined = zip(definitions, parameters).map { ($0.name, $1) }
    // A network of one layer is all head.
    if rest.isEmpty { return defined }
    guard !definitions.contains(where: { $0.name == Self.restName }) else {
      throw GroupError(
        .groups, "--groups", "\(rest[0]) of \(network.name) is in no group; add its module to one")
    }
    return [(Self.restName, rest)] + defined
  }

  private static func check(
    _ name: String, _ setting: GroupError.Setting, _ option: String, among names: [String]
  ) throws(GroupError) {
    guard !names.contains(name) else { return }
    let nearest = nearestNames(to: name, among: names).first.map { "did you mean \($0)? The" } ?? "the"
    throw GroupError(
      setting, option, "there is no group \(name): \(nearest) groups are \(names.joined(separator: ", "))")
  }
}
