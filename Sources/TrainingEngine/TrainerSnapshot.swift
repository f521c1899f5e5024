internal import NumericKernels
internal import RandomStreams

/// Everything that a training run remembers between steps; restoring it makes the run go on bit for bit.
public struct TrainerSnapshot: Sendable, Equatable {
  /// All parameters as they lie in memory.
  let parameters: [Float]
  /// The optimizer's flat state buffers.
  let optimizerState: [[Float]]
  /// The optimizer's name.
  let optimizerFamily: String
  /// How many steps the optimizer had taken.
  let stepCount: Int
  /// The product of the optimizer's momenta.
  let momentumProduct: Double
  /// What a self-tuning method keeps beside its state buffers.
  let scalars: [Double]
  /// Running statistics.
  let buffers: [Float]
  /// Where distances are measured from.
  let start: [Float]
  /// The places in the random streams of the layers that draw.
  let streams: [RandomStream]

  /// Whether two snapshots hold the same bits, so that NaN equals itself and 0 differs from −0.
  public static func == (left: Self, right: Self) -> Bool {
    left.stepCount == right.stepCount && left.optimizerFamily == right.optimizerFamily
      && left.momentumProduct == right.momentumProduct && left.streams == right.streams
      && left.scalars.elementsEqual(right.scalars) { $0.bitPattern == $1.bitPattern }
      && sameBits(left.parameters, right.parameters)
      && sameBits(left.buffers, right.buffers) && sameBits(left.start, right.start)
      && left.optimizerState.elementsEqual(right.optimizerState, by: sameBits)
  }

  private static func sameBits(_ left: [Float], _ right: [Float]) -> Bool {
    left.elementsEqual(right) { $0.bitPattern == $1.bitPattern }
  }
}

extension Trainer {
  /// Copies parameters, optimizer state with its step count, running statistics, random streams and the mark of the start.
  public func snapshot() -> TrainerSnapshot {
    TrainerSnapshot(
      parameters: memory.parameters.view.values, optimizerState: optimizer.state.map(\.view.values),
      optimizerFamily: optimizer.configuration.family, stepCount: optimizer.stepCount,
      momentumProduct: optimizer.momentumProduct, scalars: optimizer.method?.scalars ?? [],
      buffers: memory.buffers.view.values, start: start.view.values,
      streams: memory.streams)
  }

  /// Puts everything back as it was when the snapshot was taken.
  ///
  /// - Throws: ``TrainingEngineError/foreignSnapshot`` where it was taken of another network or optimizer.
  public func restore(_ snapshot: TrainerSnapshot) throws(TrainingEngineError) {
    guard snapshot.parameters.count == memory.parameters.count,
      snapshot.buffers.count == memory.buffers.count,
      snapshot.optimizerFamily == optimizer.configuration.family,
      snapshot.scalars.count == optimizer.method?.scalars.count ?? 0,
      snapshot.streams.count == memory.streams.count
    else { throw .foreignSnapshot }
    memory.parameters.view.copy(from: snapshot.parameters)
    memory.buffers.view.copy(from: snapshot.buffers)
    start.view.copy(from: snapshot.start)
    memory.streams = snapshot.streams
    for (buffer, values) in zip(optimizer.state, snapshot.optimizerState) {
      buffer.view.copy(from: values)
    }
    optimizer.stepCount = snapshot.stepCount
    optimizer.momentumProduct = snapshot.momentumProduct
    optimizer.method?.scalars = snapshot.scalars
  }
}
