public import NumericKernels
public import RandomStreams

/// One differentiable function of samples, with its forward and its backward pass side by side.
///
/// A layer is a value: sizes, and after planning the places of its tensors in the network's flat buffers. It owns
/// no memory and keeps nothing between the passes but what it reserved. Rows of all views are samples; the views
/// hold as many samples as the pass has.
public protocol Layer: Sendable {
  /// Whether the layer only reads its samples as another shape; then neither pass is called.
  var isReshape: Bool { get }

  /// Whether the backward pass reads what the forward pass wrote; where it does not, others may overwrite it.
  ///
  /// Asked after planning.
  var needsOutput: Bool { get }

  /// The layer that computes this one and then `next` in one pass; nil where there is none.
  ///
  /// Asked before planning; `next` has no tensors.
  func absorbing(_ next: any Layer) -> (any Layer)?

  /// Declares the layer's tensors and reserves its memory.
  ///
  /// Called once on the layer's copy in a plan, before any pass.
  ///
  /// - Returns: the shape of one output sample.
  /// - Throws: ``TrainingEngineError`` where the layer cannot take samples of shape `input`.
  mutating func plan(
    input: SampleShape, in planner: inout NetworkPlanner
  ) throws(TrainingEngineError) -> SampleShape

  /// Computes the output from the input, which do not overlap.
  func forward(_ input: FloatView, into output: FloatView, in pass: Pass)

  /// Computes the gradients of the loss with respect to the layer's parameters and its input.
  ///
  /// Follows a training forward pass with the same views. Gradients are overwritten, not added up.
  ///
  /// - Parameters:
  ///   - input: what the forward pass read.
  ///   - output: what the forward pass wrote; anything where the layer does not need it.
  ///   - outputGradient: the gradient with respect to the output.
  ///   - inputGradient: where the gradient with respect to the input goes; nil where nobody needs it.
  ///   - pass: the buffers.
  func backward(
    _ input: FloatView, output: FloatView, outputGradient: FloatView, into inputGradient: FloatView?,
    in pass: Pass)
}

extension Layer {
  /// Most layers compute.
  public var isReshape: Bool { false }

  /// To be safe.
  public var needsOutput: Bool { true }

  /// Most layers go alone.
  public func absorbing(_ next: any Layer) -> (any Layer)? { nil }
}

/// A layer whose forward pass can add another view to its output, and rectify the sum, on the way.
///
/// The backward pass is the layer's own: it gets the gradient of the sum.
protocol AddingLayer: Layer {
  /// Whether it can, as it was planned.
  var canAdd: Bool { get }

  /// output = forward(input) + addend, rectified where asked for.
  func forward(
    _ input: FloatView, adding addend: FloatView?, rectifying: Bool, into output: FloatView, in pass: Pass)
}

/// The buffers of one forward or backward pass, and how many samples it has.
public struct Pass {
  /// The number of samples in this batch, up to the planned batch size.
  public let samples: Int
  /// Whether the pass trains (batch statistics) or evaluates (running statistics).
  public let isTraining: Bool
  /// The threads that share each layer's work.
  public let team: WorkerTeam
  /// Memory that other layers overwrite, as much as the largest request.
  public let scratch: FloatView
  private let parameters: FloatView
  private let gradients: FloatView
  private let buffers: FloatView
  private let arena: FloatView
  private let transient: FloatView
  private let memory: NetworkMemory

  init(
    memory: NetworkMemory, samples: Int, isTraining: Bool, workspace: NetworkMemory.Workspace,
    gradients: FloatView, team: WorkerTeam
  ) {
    self.memory = memory
    self.samples = samples
    self.isTraining = isTraining
    self.gradients = gradients
    self.team = team
    scratch = workspace.scratch.view
    arena = workspace.arena.view
    transient = workspace.transient.view
    parameters = memory.parameters.view
    buffers = memory.buffers.view
  }

  /// Whether a parameter that is not frozen lies before `end` in the flat buffer.
  func trains(before end: Int) -> Bool { memory.firstTrained < end }

  /// The values of a parameter.
  public func parameter(_ slot: ParameterSlot) -> FloatView {
    parameters.slice(from: slot.offset, count: slot.count)
  }

  /// The place of a parameter's gradient.
  public func gradient(_ slot: ParameterSlot) -> FloatView {
    gradients.slice(from: slot.offset, count: slot.count)
  }

  /// The values of a buffer.
  public func buffer(_ slot: ParameterSlot) -> FloatView {
    buffers.slice(from: slot.offset, count: slot.count)
  }

  /// The values of this pass's samples.
  public func values(_ slot: SampleSlot) -> FloatView {
    (slot.isTransient ? transient : arena).slice(from: slot.offset, count: slot.perSample * samples)
  }

  /// Draws from a layer's random stream and keeps its place; only training passes draw.
  public func draw(from slot: StreamSlot, _ body: (inout RandomStream) -> Void) {
    precondition(isTraining, "evaluation must not move a random stream")
    // A copy in a local variable stays in registers while the layer draws.
    var stream = memory.streams[slot.index]
    body(&stream)
    memory.streams[slot.index] = stream
  }

  /// The values of a workspace.
  public func workspace(_ slot: WorkspaceSlot) -> FloatView {
    arena.slice(from: slot.offset, count: slot.count)
  }
}

/// All memory of one training run's network, allocated once.
package final class NetworkMemory {
  /// What one pass works in.
  struct Workspace {
    let arena, transient, scratch: FloatBuffer
  }

  package let parameters, gradients, buffers: FloatBuffer
  let firstTrained: Int
  /// The random streams of the layers that draw, in the order of the layers.
  package var streams: [RandomStream]
  /// The threads that share each layer's work; or, of a batch in shards, the shards.
  let team: WorkerTeam
  /// One for each shard that is in work at the same time.
  private let workspaces: [Workspace]
  /// The gradients of every shard; empty where there is one.
  private let shardGradients: FloatBuffer

  /// Allocates everything for batches of so many shards, each of the planner's batch size.
  package init(planner: NetworkPlanner, seed: UInt64, shards: Int = 1, team: WorkerTeam? = nil) {
    parameters = FloatBuffer(count: planner.parameterCount)
    gradients = FloatBuffer(count: planner.parameterCount)
    buffers = FloatBuffer(count: planner.bufferCount)
    firstTrained = planner.firstTrained
    streams = planner.streamPurposes.map { RandomStream(seed: seed, purpose: $0) }
    self.team = team ?? WorkerTeam(threads: planner.execution.threads)
    workspaces = (0..<(shards == 1 ? 1 : min(shards, self.team.threads))).map { _ in
      Workspace(
        arena: FloatBuffer(count: planner.arenaCount), transient: FloatBuffer(count: planner.transientCount),
        scratch: FloatBuffer(count: planner.scratchCount))
    }
    shardGradients = FloatBuffer(count: shards == 1 ? 0 : shards * planner.parameterCount)
  }

  /// Whether batches go through in shards.
  var isSharded: Bool { shardGradients.count > 0 }

  /// A pass over a whole batch, whose layers share their work among the team.
  package func pass(samples: Int, isTraining: Bool) -> Pass {
    Pass(
      memory: self, samples: samples, isTraining: isTraining, workspace: workspaces[0],
      gradients: gradients.view, team: team)
  }

  /// A pass over one of several shards, on one thread.
  func pass(samples: Int, isTraining: Bool, shard: Int, worker: Int) -> Pass {
    Pass(
      memory: self, samples: samples, isTraining: isTraining, workspace: workspaces[worker],
      gradients: shardGradients.view.slice(from: shard * gradients.count, count: gradients.count),
      team: .alone)
  }

  /// Sets the gradients to the sum of the first `count` shards' in order.
  func addUpGradients(ofShards count: Int) {
    addRows(shardGradients.view, count: count, into: gradients.view, team: team)
  }
}
