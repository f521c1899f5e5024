public import TrainingEngine

/// The parameter groups that were asked for, before the network is known.
public struct GroupPlan: Equatable, Sendable {
  /// A group and the modules, or single parameters, in it.
  public struct Definition: Equatable, Sendable {
    /// What the group is called.
    public let name: String
    /// The modules, or single parameters, in it.
    public let modules: [String]

    /// Names a group.
    public init(name: String, modules: [String]) {
      self.name = name
      self.modules = modules
    }
  }

  /// What a group's rate is multiplied by.
  public struct Factor: Equatable, Sendable {
    /// The group.
    public let group: String
    /// The factor; above 0.
    public let value: Double
    /// What was typed.
    public let text: String

    /// Gives a group a factor.
    public init(group: String, value: Double, text: String) {
      self.group = group
      self.value = value
      self.text = text
    }
  }

  /// The groups; none stands for the head, the last layer, and the body, the rest.
  public let definitions: [Definition]
  /// The groups that are not trained.
  public let frozen: [String]
  /// The groups that begin with random weights although there is a checkpoint.
  public let fresh: [String]
  /// The groups with a rate of their own.
  public let factors: [Factor]
  /// Whether the norms of frozen groups train all the same.
  public let trainsNorms: Bool

  /// Asks for groups; the network says later whether it has such modules.
  public init(
    definitions: [Definition] = [], frozen: [String] = [], fresh: [String] = [], factors: [Factor] = [],
    trainsNorms: Bool = false
  ) {
    self.definitions = definitions
    self.frozen = frozen
    self.fresh = fresh
    self.factors = factors
    self.trainsNorms = trainsNorms
  }

  /// Whether all parameters are to be treated alike.
  public var isTrivial: Bool { definitions.isEmpty && frozen.isEmpty && fresh.isEmpty && factors.isEmpty }

  /// The groups of `network`: those that are frozen first, then in the order of the network's depth or as typed.
  ///
  /// - Throws: ``GroupError`` where a module or group does not exist, a group is empty, or nothing is left to train.
  public func groups(of network: Network) throws(GroupError) -> [ResolvedGroup] {
    isTrivial ? [] : try resolved(in: network, standard: [])
  }

  /// The groups of `network` for fine-tuning, the lowest first.
  ///
  /// - Parameter standard: The groups where none are typed, but for the rest; empty makes the head one.
  /// - Throws: ``GroupError`` as ``groups(of:)``, and where there is no body below the head.
  public func fineTuningGroups(of network: Network, standard: [ModuleGroup]) throws(GroupError)
    -> [ResolvedGroup]
  {
    let groups = try resolved(in: network, standard: standard)
    guard groups.count > 1 else {
      throw GroupError(
        .schedule, "--schedule fine-tune",
        "\(network.name) has no layers below its head that could be frozen; choose another schedule")
    }
    func depth(_ group: ResolvedGroup) -> Int {
      network.parameters.firstIndex { parameter in
        group.modules.contains { ModuleNames.isName(parameter.name, in: $0) }
      } ?? 0
    }
    return groups.sorted { depth($0) < depth($1) }
  }
}
