/// A network's architecture: its layers, shapes and named tensors, but no values.
///
/// A ``Trainer`` allocates the values; any number of trainers may share one network.
public struct Network: Sendable {
  /// What to call the network, for example `mlp-256-128`.
  public let name: String
  /// The shape of one input sample.
  public let inputShape: SampleShape
  /// The shape of one output sample.
  public let outputShape: SampleShape
  /// The learned tensors, in the order of the layers.
  public let parameters: [ParameterDescription]
  /// The tensors that training keeps beside them, in the order of the layers.
  public let buffers: [BufferDescription]
  /// The parameter groups, in the order of the learning rates of a step.
  public let groups: [ParameterGroup]
  private let body: Sequential
  /// The floats of working memory that one sample takes, and whether samples can go through one by one.
  private let perSample: Int
  private let mixesSamples: Bool
  /// Floats of working memory that stay in the caches of one core: 768 KiB.
  private static let shardBudget = 192 * 1024

  /// Builds a network and checks that its layers fit each other.
  ///
  /// - Parameters:
  ///   - name: what to call it.
  ///   - layers: from input to output, named by their numbers.
  ///   - inputShape: the shape of one sample.
  ///   - groups: parameters that get a learning rate of their own; the first group that fits takes a parameter.
  /// - Throws: ``TrainingEngineError`` where layers do not fit or a parameter is in no group.
  public init(
    name: String, layers: [any Layer], inputShape: SampleShape, groups: [ParameterGroup] = [.all]
  ) throws(TrainingEngineError) {
    try self.init(name: name, body: Sequential(layers), inputShape: inputShape, groups: groups)
  }

  /// Builds a network of a sequence that names its layers.
  ///
  /// - Parameters:
  ///   - name: what to call it.
  ///   - body: the layers from input to output.
  ///   - inputShape: the shape of one sample.
  ///   - groups: parameters that get a learning rate of their own; the first group that fits takes a parameter.
  /// - Throws: ``TrainingEngineError`` where layers do not fit or a parameter is in no group.
  public init(
    name: String, body: Sequential, inputShape: SampleShape, groups: [ParameterGroup] = [.all]
  ) throws(TrainingEngineError) {
    self.name = name
    self.inputShape = inputShape
    self.body = body
    self.groups = groups
    var planner = NetworkPlanner(batchSize: 1)
    var planned = body
    outputShape = try planned.plan(input: inputShape, in: &planner)
    buffers = planner.buffers
    perSample = planner.arenaCount + planner.transientCount
    mixesSamples = planner.mixesSamples
    var grouped: [ParameterDescription] = []
    for var parameter in planner.parameters {
      let fits = groups.firstIndex { group in group.prefixes.contains { parameter.name.hasPrefix($0) } }
      guard let fits else { throw .ungroupedParameter(name: parameter.name) }
      parameter.group = fits
      grouped.append(parameter)
    }
    parameters = grouped
  }

  /// The names of the parameter groups, in the order of the learning rates of a step.
  public var groupNames: [String] { groups.map(\.name) }

  /// The number of learned values.
  public var parameterCount: Int {
    parameters.reduce(0) { $0 + $1.slot.count }
  }

  /// How many samples of a batch go through the network together, in forward and backward pass.
  ///
  /// Where samples do not depend on each other and a batch's working memory exceeds the caches, shards that fit go one
  /// after the other, or on several threads; their gradients are added up in order. It depends on the sizes alone.
  package func shardSize(batchSize: Int) -> Int {
    guard !mixesSamples, perSample * batchSize > Self.shardBudget else { return batchSize }
    let most = max(Self.shardBudget / perSample, 1)
    let shards = (batchSize + most - 1) / most
    // Adding up gradients must cost little beside the passes.
    return 2 * parameterCount <= most * perSample ? (batchSize + shards - 1) / shards : batchSize
  }

  /// Whether an optimizer moves a parameter.
  func trains(_ parameter: ParameterDescription) -> Bool { groups[parameter.group].trains(parameter.kind) }

  /// The network laid out for passes of up to `samples` samples.
  func plan(samples: Int, execution: Execution) throws(TrainingEngineError) -> NetworkPlan {
    var planner = NetworkPlanner(batchSize: samples, execution: execution)
    var planned = body
    _ = try planned.plan(input: inputShape, in: &planner)
    planner.frozen = Set(parameters.lazy.filter { !trains($0) }.map(\.slot.offset))
    planner.firstTrained = parameters.first(where: trains)?.slot.offset ?? planner.parameterCount
    return NetworkPlan(body: planned, planner: planner)
  }
}

/// A network with places for everything.
struct NetworkPlan {
  let body: Sequential
  let planner: NetworkPlanner
}
