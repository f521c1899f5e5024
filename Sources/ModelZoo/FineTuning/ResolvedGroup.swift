public import TrainingEngine

/// A parameter group of a network that is known.
public struct ResolvedGroup: Equatable, Sendable {
  /// What it is called.
  public let name: String
  /// The modules, or single parameters, that hold its parameters and no others.
  public let modules: [String]
  /// Whether it is not trained.
  public var isFrozen: Bool
  /// Whether it begins with random weights although there is a checkpoint.
  public let isFresh: Bool
  /// Whether its norms train although it is frozen.
  public var trainsNorms = false
  /// What the learning rate is multiplied by.
  public var rateFactor: Double

  /// The group as the engine takes it.
  public func group(of network: Network) -> ParameterGroup {
    ParameterGroup(
      name: name, prefixes: prefixes(in: network), isFrozen: isFrozen, trainsNorms: trainsNorms)
  }

  /// What the names of its tensors begin with.
  public func prefixes(in network: Network) -> [String] {
    let names = Set(network.parameters.map(\.name))
    return modules.map { names.contains($0) ? $0 : $0 + "." }
  }

  /// The factors of all groups; nil where they are all the same.
  ///
  /// A frozen group moves at no rate.
  public static func rateFactors(of groups: [ResolvedGroup]) -> [Double]? {
    guard groups.contains(where: { $0.rateFactor != 1 }) else { return nil }
    return groups.map { $0.isFrozen && !$0.trainsNorms ? 0 : $0.rateFactor }
  }
}

extension ModelSpecification {
  /// Builds the model's network with its parameters in groups.
  ///
  /// - Parameters:
  ///   - groups: the groups of `whole`; none treats all parameters alike.
  ///   - whole: the model's network without groups.
  /// - Throws: as ``network(inputShape:outputCount:groups:)``.
  public func network(_ groups: [ResolvedGroup], of whole: Network) throws -> Network {
    groups.isEmpty
      ? whole
      : try network(
        inputShape: whole.inputShape, outputCount: whole.outputShape.channels,
        groups: groups.map { $0.group(of: whole) })
  }
}
