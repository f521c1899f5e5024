public import RandomStreams

/// Where values per sample lie in the arena: room for a whole batch.
public struct SampleSlot: Sendable, Equatable {
  let offset: Int
  var perSample: Int
  var isTransient = false
}

/// A stretch of planning whose parts come after each other, so that their transient memory may overlap.
public struct TransientScope {
  fileprivate let base: Int
  fileprivate var highest: Int
}

/// Where a fixed number of values lies in the arena.
public struct WorkspaceSlot: Sendable, Equatable {
  let offset: Int
  let count: Int
}

/// Which random stream of the run is a layer's own.
public struct StreamSlot: Sendable, Equatable {
  let index: Int
}

/// Hands out places in the flat buffers while the layers of a network are planned, once, before any step.
///
/// Parameters and buffers get the names of PyTorch's `state_dict`: the path of layer names joined by dots. Every
/// place begins on a cache line, so that neighbours never share one.
public struct NetworkPlanner {
  /// The most samples that a pass will have.
  public let batchSize: Int
  /// With how many threads and which kernels the passes will compute.
  public let execution: Execution
  package private(set) var parameters: [ParameterDescription] = []
  package private(set) var buffers: [BufferDescription] = []
  private(set) var parameterCount = 0
  /// Whether what a sample gives depends on the samples beside it or before it in the batch.
  private(set) var mixesSamples = false
  /// Where the first parameter lies that is not frozen.
  var firstTrained = 0
  /// The offsets of the parameters that are frozen; only asked for single ones.
  var frozen: Set<Int> = []
  private(set) var bufferCount = 0
  private(set) var arenaCount = 0
  private(set) var scratchCount = 0
  private(set) var transientCount = 0
  private var transientTop = 0
  private(set) var streamPurposes: [StreamPurpose] = []
  private var path: [String] = []
  /// Floats in a cache line of 64 bytes.
  private static let granularity = 16

  package init(batchSize: Int, execution: Execution = Execution()) {
    precondition(batchSize > 0, "a batch needs at least one sample")
    self.batchSize = batchSize
    self.execution = execution
  }

  /// Prefixes the names that follow with `name`, if it is not empty, until ``leave()``.
  public mutating func enter(_ name: String) {
    path.append(name)
  }

  /// Ends the latest ``enter(_:)``.
  public mutating func leave() {
    path.removeLast()
  }

  /// Declares a learned tensor; `features` is the shape of the samples whose features the last axis counts.
  public mutating func parameter(
    _ name: String, shape: [Int], kind: ParameterKind, initializer: Initializer, features: SampleShape? = nil
  ) -> ParameterSlot {
    let slot = ParameterSlot(offset: parameterCount, count: shape.reduce(1, *))
    parameterCount += Self.padded(slot.count)
    parameters.append(
      ParameterDescription(
        name: qualified(name), shape: shape, kind: kind, group: 0, initializer: initializer,
        flattenedPicture: features?.flattenedPicture, slot: slot))
    return slot
  }

  /// Declares a tensor that training keeps, such as running statistics; `features` as of a parameter.
  public mutating func buffer(
    _ name: String, shape: [Int], initialValue: Float, features: SampleShape? = nil
  ) -> ParameterSlot {
    let slot = ParameterSlot(offset: bufferCount, count: shape.reduce(1, *))
    bufferCount += Self.padded(slot.count)
    buffers.append(
      BufferDescription(
        name: qualified(name), shape: shape, initialValue: initialValue,
        flattenedPicture: features?.flattenedPicture, slot: slot))
    return slot
  }

  /// Reserves room for `perSample` values of every sample, kept from the forward to the backward pass.
  public mutating func samples(_ perSample: Int) -> SampleSlot {
    let slot = SampleSlot(offset: arenaCount, perSample: perSample)
    arenaCount += Self.padded(perSample * batchSize)
    return slot
  }

  /// Reserves room for `perSample` values of every sample that lie there during one pass of this layer only.
  ///
  /// Layers inside this one have theirs beside it, if they are planned in a ``TransientScope`` before; layers after
  /// this one overwrite it.
  public mutating func transientSamples(_ perSample: Int) -> SampleSlot {
    let slot = SampleSlot(offset: transientTop, perSample: perSample, isTransient: true)
    transientTop += Self.padded(perSample * batchSize)
    transientCount = max(transientCount, transientTop)
    return slot
  }

  /// Begins a layer's planning of its inner layers.
  public func openScope() -> TransientScope {
    TransientScope(base: transientTop, highest: transientTop)
  }

  /// Lets the next inner layer overwrite the transient memory of those before it.
  public mutating func alternate(_ scope: inout TransientScope) {
    scope.highest = max(scope.highest, transientTop)
    transientTop = scope.base
  }

  /// Ends the planning of inner layers: what is reserved now lies beside the transient memory of all of them.
  public mutating func close(_ scope: TransientScope) {
    transientTop = max(scope.highest, transientTop)
  }

  /// Reserves room for `count` values, kept from the forward to the backward pass.
  public mutating func workspace(_ count: Int) -> WorkspaceSlot {
    let slot = WorkspaceSlot(offset: arenaCount, count: count)
    arenaCount += Self.padded(count)
    return slot
  }

  /// Asks for `count` values that any other layer may overwrite after the call that uses them.
  public mutating func scratch(_ count: Int) {
    scratchCount = max(scratchCount, count)
  }

  /// Says that a training pass of the layer needs the whole batch at once, like a norm over it.
  public mutating func mixSamples() {
    mixesSamples = true
  }

  /// Reserves a random stream for training passes, which then take whole batches in order; those of one purpose are told apart by their order in the network.
  public mutating func randomStream(for purpose: StreamPurpose) -> StreamSlot {
    mixSamples()
    let slot = StreamSlot(index: streamPurposes.count)
    streamPurposes.append(StreamPurpose(rawValue: "\(purpose.rawValue)-\(slot.index)"))
    return slot
  }

  private func qualified(_ name: String) -> String {
    (path + [name]).filter { !$0.isEmpty }.joined(separator: ".")
  }

  private static func padded(_ count: Int) -> Int {
    (count + granularity - 1) / granularity * granularity
  }
}
