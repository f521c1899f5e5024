import ModelZoo
import Spelling
import TrainingEngine

/// The parameter groups that were asked for, before the network is known.
struct GroupPlan: Equatable, Sendable {
  /// A group and the modules, or single parameters, in it.
  struct Definition: Equatable, Sendable {
    let name: String
    let modules: [String]
  }

  /// What a group's rate is multiplied by.
  struct Factor: Equatable, Sendable {
    let group: String
    let value: Double
    /// What was typed.
    let text: String
  }

  let definitions: [Definition]
  let frozen: [String]
  /// The groups that begin with random weights although there is a checkpoint.
  let fresh: [String]
  let factors: [Factor]
  /// Whether the norms of frozen groups train all the same.
  var trainsNorms = false

  /// Whether all parameters are to be treated alike.
  var isTrivial: Bool { definitions.isEmpty && frozen.isEmpty && fresh.isEmpty && factors.isEmpty }

  /// The group of everything that no other group has.
  static let restName = "body"

  /// The groups of `network`: those that are frozen first, then in the order of the network's depth or as typed.
  ///
  /// - Throws: ``UsageError`` where a module or group does not exist, a group is empty, or nothing is left to train.
  func groups(of network: Network) throws -> [ResolvedGroup] {
    isTrivial ? [] : try resolved(in: network, standard: [])
  }

  /// The groups of `network` for fine-tuning, the lowest first.
  ///
  /// - Parameter standard: The groups where none are typed, but for the rest; empty makes the head one.
  /// - Throws: ``UsageError`` as ``groups(of:)``, and where there is no body below the head.
  func fineTuningGroups(of network: Network, standard: [ModuleGroup]) throws -> [ResolvedGroup] {
    let groups = try resolved(in: network, standard: standard)
    guard groups.count > 1 else {
      throw UsageError(
        "--schedule fine-tune: \(network.name) has no layers below its head that could be frozen; choose another schedule"
      )
    }
    func depth(_ group: ResolvedGroup) -> Int {
      network.parameters.firstIndex { parameter in
        group.modules.contains { Self.isName(parameter.name, in: $0) }
      } ?? 0
    }
    return groups.sorted { depth($0) < depth($1) }
  }

  private func resolved(in network: Network, standard: [ModuleGroup]) throws -> [ResolvedGroup] {
    var members = try membership(of: network, standard: standard)
    for (name, parameters) in members where parameters.isEmpty {
      throw UsageError(
        "\(network.name) has no parameter left for the group \(name): its groups before have them all")
    }
    let names = members.map(\.name)
    for name in frozen { try Self.check(name, option: "--freeze \(name)", among: names) }
    for name in fresh { try Self.check(name, option: "--fresh \(name)", among: names) }
    for factor in factors {
      let option = "--rate-factor \(factor.text)"
      try Self.check(factor.group, option: option, among: names)
      guard trainsNorms || !frozen.contains(factor.group) else {
        throw UsageError("\(option): \(factor.group) is frozen")
      }
    }
    guard !names.allSatisfy(frozen.contains) else {
      throw UsageError("--freeze \(frozen.joined(separator: ",")): nothing is left to train")
    }
    // The rate that is recorded, and that --lr gives, is the last group's: that one must be trained.
    members = members.filter { frozen.contains($0.name) } + members.filter { !frozen.contains($0.name) }
    let groups = members.map { member in
      ResolvedGroup(
        name: member.name, modules: Self.modules(covering: member.parameters, of: network),
        isFrozen: frozen.contains(member.name), isFresh: fresh.contains(member.name),
        trainsNorms: trainsNorms && frozen.contains(member.name),
        rateFactor: factors.first { $0.group == member.name }?.value ?? 1)
    }
    if let last = groups.last, let factor = factors.first(where: { $0.group == last.name && $0.value != 1 }) {
      throw UsageError(
        "--rate-factor \(factor.text): \(last.name) is the last group, whose rate is the one that is typed and "
          + "recorded; give the other groups a factor")
    }
    return groups
  }

  /// The names of each group's parameters, the rest first.
  private func membership(
    of network: Network, standard: [ModuleGroup]
  ) throws -> [(name: String, parameters: [String])] {
    let defaults =
      standard.isEmpty
      ? [Self.head(of: network)] : standard.map { Definition(name: $0.name, modules: $0.modules) }
    let definitions = definitions.isEmpty ? defaults : definitions
    let names = network.parameters.map(\.name)
    for definition in definitions {
      for module in definition.modules where !names.contains(where: { Self.isName($0, in: module) }) {
        let modules = Self.allModules(of: names)
        let nearest = nearestNames(to: module, among: modules)
        let outermost = modules.filter { !$0.contains(".") }
        throw UsageError(
          "--groups \(definition.name)=\(definition.modules.joined(separator: ",")): \(network.name) has no module "
            + module + (nearest.isEmpty ? "" : ", nearest: \(nearest.joined(separator: ", "))")
            + "; its modules are \(outermost.joined(separator: ", "))")
      }
    }
    var parameters = [[String]](repeating: [], count: definitions.count)
    var rest: [String] = []
    for name in names {
      let taker = definitions.firstIndex { $0.modules.contains { Self.isName(name, in: $0) } }
      if let taker { parameters[taker].append(name) } else { rest.append(name) }
    }
    let defined = zip(definitions, parameters).map { ($0.name, $1) }
    // A network of one layer is all head.
    if rest.isEmpty { return defined }
    guard !definitions.contains(where: { $0.name == Self.restName }) else {
      throw UsageError("--groups: \(rest[0]) of \(network.name) is in no group; add its module to one")
    }
    return [(Self.restName, rest)] + defined
  }

  private static func check(_ name: String, option: String, among names: [String]) throws {
    guard !names.contains(name) else { return }
    let nearest = nearestNames(to: name, among: names).first.map { "did you mean \($0)? The" } ?? "the"
    throw UsageError(
      "\(option): there is no group \(name): \(nearest) groups are \(names.joined(separator: ", "))")
  }

  // MARK: Modules

  /// What a network for other classes has anew: the module `head`, else the last layer with parameters.
  private static func head(of network: Network) -> Definition {
    let last = network.parameters.last?.name ?? ""
    let module = isName(last, in: headName) ? headName : parent(of: last) ?? last
    return Definition(name: headName, modules: [module])
  }

  private static let headName = "head"

  /// Whether a parameter is, or is in, the module.
  static func isName(_ name: String, in module: String) -> Bool {
    name == module || name.hasPrefix(module + ".")
  }

  /// The fewest modules, or single parameters, that hold exactly these parameters.
  private static func modules(covering parameters: [String], of network: Network) -> [String] {
    let others = Set(network.parameters.map(\.name)).subtracting(parameters)
    var modules: [String] = []
    for name in parameters where !modules.contains(where: { isName(name, in: $0) }) {
      var widest = name
      while let wider = parent(of: widest), !others.contains(where: { isName($0, in: wider) }) {
        widest = wider
      }
      modules.append(widest)
    }
    return modules
  }

  /// Every module of the parameters, outermost first.
  private static func allModules(of names: [String]) -> [String] {
    var modules: [String] = []
    for name in names {
      var chain: [String] = []
      var module = parent(of: name)
      while let inner = module {
        chain.insert(inner, at: 0)
        module = parent(of: inner)
      }
      for module in chain where !modules.contains(module) { modules.append(module) }
    }
    return modules
  }

  private static func parent(of name: String) -> String? {
    name.lastIndex(of: ".").map { String(name[..<$0]) }
  }
}
