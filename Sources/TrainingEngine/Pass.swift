public import NumericKernels
public import RandomStreams

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
    parameters: FloatView, gradients: FloatView, team: WorkerTeam
  ) {
    self.memory = memory
    self.samples = samples
    self.isTraining = isTraining
    self.parameters = parameters
    self.gradients = gradients
    self.team = team
    scratch = workspace.scratch.view
    arena = workspace.arena.view
    transient = workspace.transient.view
    buffers = memory.buffers.view
  }

  /// Whether a parameter that is not frozen lies before `end` in the flat buffer.
  func trains(before end: Int) -> Bool { memory.firstTrained < end }

  /// Whether anybody wants the gradient of a parameter: nobody does where it is frozen.
  public func trains(_ slot: ParameterSlot) -> Bool { !memory.frozen.contains(slot.offset) }

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
