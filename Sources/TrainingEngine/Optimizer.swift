internal import NumericKernels

/// An optimizer at work: its configuration, its state and how many steps it has taken.
struct Optimizer {
  let configuration: OptimizerConfiguration
  /// The velocity of SGD, the first and second moments of Adam, and so on; all from 0.
  let state: [FloatBuffer]
  var stepCount = 0
  /// The product of all momenta so far, which NAdam needs; 1 before the first step.
  var momentumProduct = 1.0
  /// What finds its rate itself, at work; nil of the others.
  var method: (any SelfTuningMethod)?
  let groups: [ParameterGroup]
  let stretches: [Stretch]
  /// The sums of every stretch, added up in order whoever computed them.
  private var sums: [StepSums]
  /// The same of the pass that measures, and the sums of every block.
  var measured, blocks: [MeasuredSums]
  /// The longest stretch: enough for a thread to take at a time, short enough to share out a small network's parameters.
  private static let longestStretch = 1 << 16

  /// Neighbouring parameters of one group, updated in one pass.
  struct Stretch {
    let offset: Int
    var end: Int
    let group: Int
    /// What the stretch is estimated together with.
    let block: Int
    let decays: Bool
    let isFrozen: Bool

    func slice(_ buffer: FloatBuffer) -> FloatView {
      buffer.view.slice(from: offset, count: end - offset)
    }
  }

  init(
    _ configuration: OptimizerConfiguration, parameters: [ParameterDescription], groups: [ParameterGroup],
    flatCount: Int
  ) {
    self.configuration = configuration
    self.groups = groups
    state = (0..<configuration.stateCount).map { _ in FloatBuffer(count: flatCount) }
    var stretches: [Stretch] = []
    let scope = configuration.selfTuning?.scope ?? .all
    for (index, parameter) in parameters.enumerated() {
      let block =
        switch scope {
        case .all: 0
        case .group: parameter.group
        case .tensor: index
        }
      let end = parameter.slot.offset + parameter.slot.count
      let decays = parameter.kind == .weight || !configuration.decaysWeightsOnly
      let isFrozen = !groups[parameter.group].trains(parameter.kind)
      if let last = stretches.indices.last, !configuration.isPerTensor,
        stretches[last].group == parameter.group, stretches[last].decays == decays,
        stretches[last].isFrozen == isFrozen, stretches[last].block == block,
        // What lies in the padding between neighbours is nobody's: a NaN there would enter every norm.
        stretches[last].end == parameter.slot.offset
      {
        stretches[last].end = end
      } else {
        stretches.append(
          Stretch(
            offset: parameter.slot.offset, end: end, group: parameter.group, block: block, decays: decays,
            isFrozen: isFrozen))
      }
    }
    self.stretches = configuration.isPerTensor ? stretches : stretches.flatMap { Self.parts(of: $0) }
    sums = Array(repeating: StepSums(), count: self.stretches.count)
    measured = Array(repeating: MeasuredSums(), count: self.stretches.count)
    let blockCount = (stretches.map(\.block).max() ?? 0) + 1
    blocks = Array(repeating: MeasuredSums(), count: blockCount)
    method = configuration.selfTuning?.begun(blocks: blockCount, groups: groups.count)
  }

  /// Forgets all steps.
  mutating func beginAnew() {
    for buffer in state { buffer.view.fill(with: 0) }
    stepCount = 0
    momentumProduct = 1
    method = configuration.selfTuning?.begun(blocks: blocks.count, groups: groups.count)
  }

  private static func parts(of whole: Stretch) -> [Stretch] {
    stride(from: whole.offset, to: whole.end, by: longestStretch).map {
      Stretch(
        offset: $0, end: min($0 + longestStretch, whole.end), group: whole.group, block: whole.block,
        decays: whole.decays, isFrozen: whole.isFrozen)
    }
  }

  /// Σ g² over all parameters that are not frozen.
  func gradientSquares(_ gradients: FloatBuffer) -> Double {
    stretches.reduce(0) { $1.isFrozen ? $0 : $0 + sumOfSquares($1.slice(gradients)) }
  }

  /// Updates all parameters that are not frozen, each group with its own learning rate.
  ///
  /// - Parameters:
  ///   - memory: parameters and gradients.
  ///   - start: where distances are measured from.
  ///   - learningRates: one for each group.
  ///   - momentum: replaces the configuration's in this step.
  mutating func step(
    memory: NetworkMemory, start: FloatBuffer, learningRates: [Double], momentum: Double?
  ) -> StepSums {
    stepCount += 1
    let scheduled = configuration.replacing(momentum: momentum)
    var momenta: NAdamMomenta?
    if case .nAdam(let beta1, _, _, let decay, _) = scheduled {
      let next = NAdamMomenta(
        step: stepCount, beta1: beta1, decay: decay, productBefore: momentumProduct)
      momentumProduct = next.product
      momenta = next
    }
    estimate(memory, scheduled, learningRates)
    // Taken out, so that the workers can read the rest of the optimizer; without a copy.
    var sums: [StepSums] = []
    swap(&sums, &self.sums)
    defer { swap(&sums, &self.sums) }
    sums.withUnsafeMutableBufferPointer { sums in
      nonisolated(unsafe) let sums = sums
      memory.team.forEach(stretches.count) { index, _ in
        sums[index] = update(
          stretches[index], memory, start, scheduled, learningRates[stretches[index].group], momenta)
      }
    }
    return sums.reduce(into: StepSums()) { $0.add($1) }
  }

  /// Updates one stretch, or, where it is frozen, only sums up.
  private func update(
    _ stretch: Stretch, _ memory: NetworkMemory, _ start: FloatBuffer, _ scheduled: OptimizerConfiguration,
    _ learningRate: Double, _ momenta: NAdamMomenta?
  ) -> StepSums {
    var sums = StepSums()
    guard !stretch.isFrozen else {
      observeUnchanged(
        parameters: stretch.slice(memory.parameters), start: stretch.slice(start), sums: &sums)
      return sums
    }
    if let method {
      method.move(part(stretch, memory, start, learningRate), sums: &sums)
      return sums
    }
    let operands = OptimizerOperands(
      parameters: stretch.slice(memory.parameters), gradients: stretch.slice(memory.gradients),
      start: stretch.slice(start))
    let settings = scheduled.replacing(weightDecay: stretch.decays ? groups[stretch.group].weightDecay : 0)
    update(stretch, operands, settings, learningRate, momenta, &sums)
    return sums
  }
}
