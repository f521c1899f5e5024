package import NumericKernels
internal import RandomStreams

/// One training run: the single owner of a network's values, its optimizer's state and all working memory.
///
/// Everything is allocated here and nothing per step. Results are a pure function of the arguments and the batches,
/// bit for bit, on one machine and build: kernels run on the calling thread in a fixed order. A loss that is not
/// finite is reported like any other. Not `Sendable`: make one per task.
public final class Trainer {
  /// The architecture.
  public let network: Network
  /// What is minimised.
  public let loss: Loss
  /// The optimizer and its settings.
  public let optimizerConfiguration: OptimizerConfiguration
  /// The most samples that one batch may hold.
  public let batchSize: Int
  /// The longest gradient (2-norm over all parameters that are not frozen) that a step uses; longer ones are scaled down.
  public let largestGradientNorm: Double?
  /// With how many threads and which kernels the run computes.
  public let execution: Execution
  private let plan: NetworkPlan
  let memory: NetworkMemory
  let start: FloatBuffer
  var optimizer: Optimizer
  /// The sum of gradients of a step over several batches; allocated by the first such step.
  private lazy var accumulated = FloatBuffer(count: memory.gradients.count)

  /// Allocates everything and draws the initial parameters.
  ///
  /// - Parameters:
  ///   - network: the architecture; its outputs are logits for cross-entropy.
  ///   - loss: what to minimise.
  ///   - optimizer: how.
  ///   - batchSize: the most samples that one batch will hold.
  ///   - seed: the seed of the initial parameters (stream `initialWeights`) and of what layers draw (`dropout`).
  ///   - largestGradientNorm: where to clip gradients; nil uses them as they are.
  ///   - execution: with how many threads and which kernels to compute.
  /// - Throws: ``TrainingEngineError`` where the network cannot be laid out.
  public init(
    network: Network, loss: Loss, optimizer: OptimizerConfiguration, batchSize: Int, seed: UInt64,
    largestGradientNorm: Double? = nil, execution: Execution = Execution()
  ) throws(TrainingEngineError) {
    precondition(largestGradientNorm.map { $0 > 0 } ?? true, "a gradient is clipped to a positive norm")
    self.largestGradientNorm = largestGradientNorm
    self.execution = execution
    BLAS.useSingleThread()
    self.network = network
    self.loss = loss
    optimizerConfiguration = optimizer
    self.batchSize = batchSize
    plan = try network.plan(batchSize: batchSize, execution: execution)
    memory = NetworkMemory(planner: plan.planner, seed: seed)
    start = FloatBuffer(count: plan.planner.parameterCount)
    self.optimizer = Optimizer(
      optimizer, parameters: network.parameters, groups: network.groups,
      flatCount: plan.planner.parameterCount)
    var stream = RandomStream(seed: seed, purpose: .initialWeights)
    for parameter in network.parameters {
      view(of: parameter).copy(from: parameter.initializer.values(count: parameter.slot.count, from: &stream))
    }
    for buffer in network.buffers {
      view(of: buffer).fill(with: buffer.initialValue)
    }
    markStart()
  }

  /// How many steps the optimizer has taken.
  public var stepCount: Int { optimizer.stepCount }

  /// Makes the present parameters those that ``StepReport/distanceFromStart`` is measured from.
  public func markStart() {
    start.view.copy(from: memory.parameters.view)
  }

  /// Trains on one batch.
  ///
  /// - Parameters:
  ///   - batch: 1 to ``batchSize`` samples.
  ///   - learningRates: one for each of the network's parameter groups.
  ///   - momentum: replaces the optimizer's momentum, or its average's β₁, in this step; Adagrad ignores it.
  public func step(_ batch: Batch, learningRates: [Double], momentum: Double? = nil) -> StepReport {
    checkRates(learningRates)
    let loss = computeGradients(batch)
    return report(loss: loss, update(learningRates: learningRates, momentum: momentum))
  }

  /// Trains on several batches with one update, by the mean gradient over all their samples.
  ///
  /// Batch statistics are each batch's own. The loss is the mean over all samples.
  ///
  /// - Parameters:
  ///   - batches: at least one, each of 1 to ``batchSize`` samples.
  ///   - learningRates: one for each of the network's parameter groups.
  ///   - momentum: replaces the optimizer's in this step.
  public func step(accumulating batches: [Batch], learningRates: [Double], momentum: Double? = nil)
    -> StepReport
  {
    checkRates(learningRates)
    precondition(!batches.isEmpty, "a step needs at least one batch")
    let total = batches.reduce(0) { $0 + $1.count }
    var loss = 0.0
    accumulated.view.fill(with: 0)
    for batch in batches {
      let share = Double(batch.count) / Double(total)
      loss += share * computeGradients(batch)
      scaleElements(memory.gradients.view, by: Float(share))
      addElements(memory.gradients.view, to: accumulated.view)
    }
    memory.gradients.view.copy(from: accumulated.view)
    return report(loss: loss, update(learningRates: learningRates, momentum: momentum))
  }

  /// Evaluates a batch with the running statistics; changes neither parameters nor any other state.
  public func evaluate(_ batch: Batch) -> Evaluation {
    let outputs = forward(batch, in: memory.pass(samples: batch.count, isTraining: false))
    return Evaluation(
      loss: loss.value(outputs, batch: batch, gradient: nil),
      errorRate: loss.errorRate(outputs, batch: batch), count: batch.count)
  }

  /// The forward and backward pass of a step without its update; returns the loss.
  package func computeGradients(_ batch: Batch) -> Double {
    let pass = memory.pass(samples: batch.count, isTraining: true)
    let outputs = forward(batch, in: pass)
    let outputGradient = pass.values(plan.outputGradient)
    let value = loss.value(outputs, batch: batch, gradient: outputGradient)
    plan.body.backward(
      pass.values(plan.input), output: outputs.elements, outputGradient: outputGradient, into: nil, in: pass)
    return value
  }

  /// The optimizer's part of a step, with the gradients that lie there; clipping leaves no trace in the sums.
  package func update(learningRates: [Double], momentum: Double? = nil) -> StepSums {
    guard let largestGradientNorm else {
      return optimizer.step(memory: memory, start: start, learningRates: learningRates, momentum: momentum)
    }
    let squares = optimizer.gradientSquares(memory.gradients)
    // PyTorch 2.13's `clip_grad_norm_`, with its 1e-6 against a division by 0.
    let factor = largestGradientNorm / (squares.squareRoot() + 1e-6)
    guard !(factor >= 1) else {
      return optimizer.step(memory: memory, start: start, learningRates: learningRates, momentum: momentum)
    }
    scaleElements(memory.gradients.view, by: Float(factor))
    var sums = optimizer.step(
      memory: memory, start: start, learningRates: learningRates, momentum: momentum)
    sums.gradientSquares = squares
    sums.gradientDotUpdate /= factor
    return sums
  }

  private func report(loss: Double, _ sums: StepSums) -> StepReport {
    StepReport(
      loss: loss, gradientNorm: sums.gradientSquares.squareRoot(),
      parameterNorm: sums.parameterSquares.squareRoot(), updateNorm: sums.updateSquares.squareRoot(),
      gradientUpdateProduct: sums.gradientDotUpdate, distanceFromStart: sums.distanceSquares.squareRoot())
  }

  private func checkRates(_ learningRates: [Double]) {
    precondition(
      learningRates.count == network.groups.count,
      "\(learningRates.count) learning rates for \(network.groups.count) parameter groups")
  }

  func forward(_ batch: Batch, in pass: Pass) -> MatrixView {
    precondition(
      (1...batchSize).contains(batch.count), "a batch of \(batch.count) samples, of at most \(batchSize)")
    let input = pass.values(plan.input)
    let output = pass.values(plan.output)
    input.copy(from: batch.inputs)
    plan.body.forward(input, into: output, in: pass)
    // Outputs [times, classes] are classified time by time.
    let columns = network.outputShape.channels
    return MatrixView(output, rows: output.count / columns, columns: columns)
  }
}
