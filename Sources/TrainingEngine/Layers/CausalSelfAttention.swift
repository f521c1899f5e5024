public import NumericKernels

/// Self-attention with several heads in which every time sees itself and the past: [times, features] to the same.
///
/// Queries, keys and values are one affine map of the input, each head takes its part of the features, and an affine map
/// mixes the heads' results. Parameters as PyTorch's `nn.MultiheadAttention` names them: `in_proj_weight`
/// [3·features, features] (Xavier uniform), `in_proj_bias` (0), `out_proj.weight` [features, features] (PyTorch's
/// default), `out_proj.bias` (0). Source: A. Vaswani et al., "Attention Is All You Need", NeurIPS 2017.
public struct CausalSelfAttention: Layer {
  private let heads: Int
  private var times = 0
  private var features = 0
  private var slots: Slots?

  private struct Slots {
    let inputWeight, inputBias, outputWeight, outputBias: ParameterSlot
    /// Queries, keys and values side by side, and their gradients.
    let projected, projectedGradient: SampleSlot
    /// The heads' results side by side, and their gradients.
    let mixed, mixedGradient: SampleSlot
    let probabilities: SampleSlot
  }

  /// Creates an attention with `heads` heads, which must divide the features.
  public init(heads: Int) {
    precondition(heads > 0, "attention needs at least one head")
    self.heads = heads
  }

  /// The gradients follow from the input alone.
  public var needsOutput: Bool { false }

  /// Takes sequences of rows of features and declares both maps.
  public mutating func plan(
    input: SampleShape, in planner: inout NetworkPlanner
  ) throws(TrainingEngineError) -> SampleShape {
    guard input.dimensions.count == 2, input.channels % heads == 0 else {
      throw .unsuitableInput(
        layer: "CausalSelfAttention", shape: input, requirement: "times×features that \(heads) heads divide")
    }
    (times, features) = (input.dimensions[0], input.channels)
    let inputWeight = planner.parameter(
      "in_proj_weight", shape: [3 * features, features], kind: .weight,
      initializer: WeightInitializer.xavierUniform.initializer(fanIn: features, fanOut: 3 * features))
    let inputBias = planner.parameter(
      "in_proj_bias", shape: [3 * features], kind: .bias, initializer: .constant(0))
    planner.enter("out_proj")
    let outputWeight = planner.parameter(
      "weight", shape: [features, features], kind: .weight, initializer: .pyTorchDefault(fanIn: features))
    let outputBias = planner.parameter("bias", shape: [features], kind: .bias, initializer: .constant(0))
    planner.leave()
    slots = Slots(
      inputWeight: inputWeight, inputBias: inputBias, outputWeight: outputWeight, outputBias: outputBias,
      projected: planner.samples(3 * input.count), projectedGradient: planner.samples(3 * input.count),
      mixed: planner.samples(input.count), mixedGradient: planner.samples(input.count),
      probabilities: planner.samples(heads * times * times))
    planner.scratch(times * times)
    return input
  }

  /// Projects, attends in every head of every sample, and mixes.
  public func forward(_ input: FloatView, into output: FloatView, in pass: Pass) {
    let projected = pass.values(planned.projected)
    affine(input, weight: planned.inputWeight, bias: planned.inputBias, into: projected, in: pass)
    forEachHead(in: pass) { head in
      causalAttentionForward(
        query: head.part(0, of: projected), key: head.part(1, of: projected),
        value: head.part(2, of: projected), probabilities: head.probabilities,
        into: head.part(0, of: pass.values(planned.mixed)))
    }
    affine(
      pass.values(planned.mixed), weight: planned.outputWeight, bias: planned.outputBias, into: output,
      in: pass)
  }

  /// The gradients through mixing, attention and projection.
  public func backward(
    _ input: FloatView, output: FloatView, outputGradient: FloatView, into inputGradient: FloatView?,
    in pass: Pass
  ) {
    let mixedGradient = pass.values(planned.mixedGradient)
    affineBackward(
      pass.values(planned.mixed), outputGradient: outputGradient, weight: planned.outputWeight,
      bias: planned.outputBias, into: mixedGradient, in: pass)
    let projected = pass.values(planned.projected)
    let gradient = pass.values(planned.projectedGradient)
    let scores = MatrixView(
      pass.scratch.slice(from: 0, count: times * times), rows: times, columns: times)
    forEachHead(in: pass) { head in
      causalAttentionBackward(
        query: head.part(0, of: projected), key: head.part(1, of: projected),
        value: head.part(2, of: projected), probabilities: head.probabilities,
        outputGradient: head.part(0, of: mixedGradient), scores: scores,
        queryGradient: head.part(0, of: gradient), keyGradient: head.part(1, of: gradient),
        valueGradient: head.part(2, of: gradient))
    }
    affineBackward(
      input, outputGradient: gradient, weight: planned.inputWeight, bias: planned.inputBias,
      into: inputGradient, in: pass)
  }

  /// One head of one sample.
  private struct Head {
    let sample, index, samples, times, features, width: Int
    let probabilities: MatrixView

    /// The head's columns in part 0, 1 or 2 of a batch's rows, which have as many parts as they hold features.
    func part(_ part: Int, of view: FloatView) -> MatrixView {
      let sampleCount = view.count / samples
      return MatrixView(
        view.slice(from: sample * sampleCount, count: sampleCount), rows: times, columns: sampleCount / times
      )
      .columns(from: part * features + index * width, count: width)
    }
  }

  private func forEachHead(in pass: Pass, _ body: (Head) -> Void) {
    let probabilities = pass.values(planned.probabilities)
    for sample in 0..<pass.samples {
      for head in 0..<heads {
        let place = (sample * heads + head) * times * times
        body(
          Head(
            sample: sample, index: head, samples: pass.samples, times: times, features: features,
            width: features / heads,
            probabilities: MatrixView(
              probabilities.slice(from: place, count: times * times), rows: times, columns: times)))
      }
    }
  }

  private var planned: Slots {
    guard let slots else { preconditionFailure("an attention is planned before its passes") }
    return slots
  }
}
