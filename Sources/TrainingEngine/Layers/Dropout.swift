public import NumericKernels
internal import RandomStreams

/// In training every element is dropped (set to 0) with a probability, and the others are scaled up to keep the mean.
///
/// y = x·mask with mask 0, or 1/(1 − rate) where kept; in evaluation y = x. Every dropout of a network draws from a
/// random stream of its own, one number for each element of a training pass; a snapshot holds the streams' positions.
/// Source: N. Srivastava et al., "Dropout", JMLR 15 (2014), scaled in training as PyTorch 2.13 does.
public struct Dropout: Layer {
  private let rate: Float
  private var slots: Slots?

  private struct Slots {
    let mask: SampleSlot
    let stream: StreamSlot
  }

  /// Creates a dropout that drops with the probability `rate`, from 0 to below 1.
  public init(rate: Double) {
    precondition(rate >= 0 && rate < 1, "dropout needs a rate of at least 0 and below 1")
    self.rate = Float(rate)
  }

  /// The gradients follow from the input alone.
  public var needsOutput: Bool { false }

  /// Takes samples of any shape.
  public mutating func plan(input: SampleShape, in planner: inout NetworkPlanner) -> SampleShape {
    slots = Slots(mask: planner.samples(input.count), stream: planner.randomStream(for: .dropout))
    return input
  }

  /// y = x·mask with a new mask in training, y = x in evaluation.
  public func forward(_ input: FloatView, into output: FloatView, in pass: Pass) {
    guard pass.isTraining else {
      output.copy(from: input)
      return
    }
    let mask = pass.values(planned.mask)
    let kept = 1 / (1 - rate)
    pass.draw(from: planned.stream) { stream in
      for index in 0..<mask.count {
        mask[index] = stream.uniformFloat() < rate ? 0 : kept
      }
    }
    multiplyElements(input, by: mask, into: output)
  }

  /// dx = dy·mask.
  public func backward(
    _ input: FloatView, output: FloatView, outputGradient: FloatView, into inputGradient: FloatView?,
    in pass: Pass
  ) {
    guard let inputGradient else { return }
    multiplyElements(outputGradient, by: pass.values(planned.mask), into: inputGradient)
  }

  private var planned: Slots {
    guard let slots else { preconditionFailure("a dropout is planned before its passes") }
    return slots
  }
}
