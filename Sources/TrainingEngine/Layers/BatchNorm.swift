public import NumericKernels

/// Batch norm over the samples, or over samples and pixels, of each feature or channel.
///
/// y = γ·(x − mean)/√(variance + ε) + β: with the batch's mean and biased variance in training, with the running
/// statistics in evaluation. Parameters `weight` (γ, from 1) and `bias` (β, from 0 unless said otherwise); buffers `running_mean` (from 0)
/// and `running_var` (from 1), which each training pass moves by `momentum` towards the batch's mean and unbiased
/// variance. A batch of one row has variance 0. Source: S. Ioffe, C. Szegedy, "Batch Normalization", ICML 2015;
/// defaults of PyTorch 2.13.
public struct BatchNorm: AddingLayer {
  private let epsilon: Double
  private let momentum: Double
  private let initialShift: Float
  private var channels = 0
  /// Whether a rectifier that follows is computed on the way.
  private var rectifies = false
  private var slots: Slots?

  private struct Slots {
    let weight, bias, runningMean, runningVariance: ParameterSlot
    let workspace: WorkspaceSlot
  }

  /// Creates a batch norm; the channels follow from the layer before.
  ///
  /// - Parameters:
  ///   - epsilon: what is added to the variance; above 0.
  ///   - momentum: how far a training pass moves the running statistics, in 0...1.
  ///   - initialShift: what β begins with.
  public init(epsilon: Double = 1e-5, momentum: Double = 0.1, initialShift: Double = 0) {
    precondition(epsilon > 0 && (0...1).contains(momentum), "batch norm needs ε > 0 and momentum in 0...1")
    self.epsilon = epsilon
    self.momentum = momentum
    self.initialShift = Float(initialShift)
  }

  /// The gradients follow from the input alone.
  public var needsOutput: Bool { false }

  /// Takes flat samples or pictures; the last extent counts the features or channels.
  public mutating func plan(
    input: SampleShape, in planner: inout NetworkPlanner
  ) throws(TrainingEngineError) -> SampleShape {
    channels = input.channels
    let shape = [channels]
    slots = Slots(
      weight: planner.parameter(
        "weight", shape: shape, kind: .norm, initializer: .constant(1), features: input),
      bias: planner.parameter(
        "bias", shape: shape, kind: .norm, initializer: .constant(initialShift), features: input),
      runningMean: planner.buffer("running_mean", shape: shape, initialValue: 0, features: input),
      runningVariance: planner.buffer("running_var", shape: shape, initialValue: 1, features: input),
      workspace: planner.workspace(4 * channels))
    planner.mixSamples()
    planner.scratch(
      BatchNormalization.scratchCount(rows: planner.batchSize * input.count / channels, channels: channels))
    return input
  }

  /// A rectifier after the norm takes no pass of its own.
  public func absorbing(_ next: any Layer) -> (any Layer)? {
    guard next is ReLU, !rectifies else { return nil }
    var both = self
    both.rectifies = true
    return both
  }

  /// Before a rectifier of its own, another view can be added.
  public var canAdd: Bool { !rectifies }

  /// y = γ·(x − mean)/√(variance + ε) + β; a training pass moves the running statistics.
  public func forward(_ input: FloatView, into output: FloatView, in pass: Pass) {
    forward(input, adding: nil, rectifying: rectifies, into: output, in: pass)
  }

  /// The same with a sum and a rectifier in one pass.
  public func forward(
    _ input: FloatView, adding addend: FloatView?, rectifying: Bool, into output: FloatView, in pass: Pass
  ) {
    let norm = BatchNormalization(state(in: pass), rectifies: rectifying, team: pass.team)
    if pass.isTraining {
      norm.trainingForward(input, adding: addend, into: output, scratch: pass.scratch)
    } else {
      norm.evaluationForward(input, adding: addend, into: output)
    }
  }

  /// The gradients through the batch's mean and variance.
  public func backward(
    _ input: FloatView, output: FloatView, outputGradient: FloatView, into inputGradient: FloatView?,
    in pass: Pass
  ) {
    BatchNormalization(state(in: pass), rectifies: rectifies, team: pass.team)
      .backward(
        input, outputGradient: outputGradient, weightGradient: pass.gradient(planned.weight),
        biasGradient: pass.gradient(planned.bias), into: inputGradient, scratch: pass.scratch)
  }

  private var planned: Slots {
    guard let slots else { preconditionFailure("a batch norm is planned before its passes") }
    return slots
  }

  private func state(in pass: Pass) -> BatchNormState {
    BatchNormState(
      weight: pass.parameter(planned.weight), bias: pass.parameter(planned.bias),
      runningMean: pass.buffer(planned.runningMean), runningVariance: pass.buffer(planned.runningVariance),
      workspace: pass.workspace(planned.workspace), epsilon: epsilon, momentum: momentum)
  }
}
