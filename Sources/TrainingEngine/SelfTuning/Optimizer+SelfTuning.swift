internal import NumericKernels

extension Optimizer {
  /// What multiplies the learning rate, as the latest step found it; nil of optimizers that find nothing.
  var estimate: Double? { stepCount > 0 ? method?.estimate : nil }

  /// The average of the parameters that the network is evaluated at; nil where that is the parameters themselves.
  var average: FloatBuffer? {
    stepCount > 0 && configuration.selfTuning?.averages == true ? state[0] : nil
  }

  /// The pass that measures, of methods that find their rate.
  mutating func estimate(
    _ memory: NetworkMemory, _ scheduled: OptimizerConfiguration, _ learningRates: [Double]
  ) {
    guard let configuration = configuration.selfTuning else { return }
    if stepCount == 1 {
      for buffer in state.prefix(configuration.copyCount) { buffer.view.copy(from: memory.parameters.view) }
    }
    let step = SelfTuningStep(
      number: stepCount, momentum: scheduled.momentum ?? 0, learningRates: learningRates,
      largestRate: stretches.reduce(0) { $1.isFrozen ? $0 : max($0, learningRates[$1.group]) })
    let stretches = stretches
    method?.begin(step) {
      stretches.reduce(0) {
        $1.isFrozen || learningRates[$1.group] == 0 ? $0 : $0 + sumOfSquares($1.slice(memory.gradients))
      }
    }
    guard method?.measures == true else { return }
    measure(memory, learningRates)
    for index in blocks.indices { blocks[index] = MeasuredSums() }
    for (stretch, sums) in zip(stretches, measured) { blocks[stretch.block] += sums }
    method?.conclude(blocks)
  }

  private mutating func measure(_ memory: NetworkMemory, _ learningRates: [Double]) {
    // Taken out, so that the workers can read the rest of the optimizer; without a copy.
    var measured: [MeasuredSums] = []
    swap(&measured, &self.measured)
    defer { swap(&measured, &self.measured) }
    measured.withUnsafeMutableBufferPointer { measured in
      nonisolated(unsafe) let measured = measured
      memory.team.forEach(stretches.count) { index, _ in
        let stretch = stretches[index]
        guard !stretch.isFrozen, let method else { return }
        measured[index] = method.measure(
          part(stretch, memory, memory.parameters, learningRates[stretch.group]))
      }
    }
  }

  /// A stretch with what belongs to it; `start` is where distances are measured from.
  func part(
    _ stretch: Stretch, _ memory: NetworkMemory, _ start: FloatBuffer, _ learningRate: Double
  ) -> OptimizerPart {
    OptimizerPart(
      operands: OptimizerOperands(
        parameters: stretch.slice(memory.parameters), gradients: stretch.slice(memory.gradients),
        start: stretch.slice(start)),
      buffers: state, range: stretch.offset..<stretch.end, group: stretch.group, block: stretch.block,
      learningRate: learningRate,
      weightDecay: stretch.decays ? groups[stretch.group].weightDecay ?? configuration.weightDecay : 0)
  }
}
