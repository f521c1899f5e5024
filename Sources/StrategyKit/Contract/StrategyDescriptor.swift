/// What a strategy is called, what its number means, and where its rule comes from.
public struct StrategyDescriptor: Sendable {
  /// Who answers for a rule.
  public enum Origin: Sendable, Equatable {
    /// A rule of this toolkit: it abstains rather than guess, and does not depend on the scale of the loss.
    case toolkit
    /// A bug-compatible copy of another project's rule, named with the version it was checked against.
    case peer(project: String)
  }

  /// The name on the command line: lower-case words joined by hyphens, unique among all strategies.
  public let name: String
  /// The version of the rule; it changes whenever an answer changes.
  public let version: String
  /// The rule in one sentence, ending with a full stop.
  public let summary: String
  /// What the suggested number is meant for.
  public let meantFor: IntendedUse
  /// Paper, or upstream project, version and file, of the rule.
  public let source: String
  /// Who answers for the rule.
  public let origin: Origin
  /// The families of optimizers about which the rule can tell anything, in lower case as in `sgd`; nil for all.
  ///
  /// For the others it abstains. Whoever is about to record a range test for it can know so before.
  public let optimizers: [String]?
  /// The parameters, in the order of their documentation.
  public let parameters: [ParameterDescription]

  /// Describes a strategy.
  public init(
    name: String, version: String, summary: String, meantFor: IntendedUse, source: String,
    origin: Origin = .toolkit, optimizers: [String]? = nil,
    parameters: [ParameterDescription] = []
  ) {
    self.name = name
    self.version = version
    self.summary = summary
    self.meantFor = meantFor
    self.source = source
    self.origin = origin
    self.optimizers = optimizers
    self.parameters = parameters
  }

  /// Whether the rule can tell anything about trainings by a family of optimizers, named in lower case.
  public func knows(optimizer family: String) -> Bool { optimizers?.contains(family) ?? true }
}

/// What a learning rate is used for.
public enum IntendedUse: String, Sendable, CaseIterable {
  /// The same rate in every step.
  case constant
  /// The highest rate of a schedule that warms up and decays, such as one-cycle.
  case peak
  /// The base rate for training a pretrained network further.
  case fineTuning = "fine-tuning"
  /// Whatever use the strategy is asked for: its answer depends on it.
  case asAsked = "as-asked"
  /// Not said.
  case unknown
}
