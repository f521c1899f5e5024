package import NumericKernels
internal import RandomStreams

/// One training run: the single owner of a network's values, its optimizer's state and all working memory.
///
/// Everything is allocated here and nothing per step, but for the first step over several batches. Results are a pure
/// function of the arguments and the batches, bit for bit, on one build and instruction set: whatever threads share is cut
/// up by sizes alone and added up in order. A loss that is not finite is reported like any other. Not `Sendable`: make
/// one per task.
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
  /// How many samples go through the network together.
  private let shardSize: Int
  private let input, output, outputGradient: FloatBuffer
  private var shardLosses: [Double]
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
    shardSize = network.shardSize(batchSize: batchSize)
    let shards = (batchSize + shardSize - 1) / shardSize
    // Threads share either every layer's work or the shards.
    plan = try network.plan(
      samples: shardSize,
      execution: Execution(threads: shards == 1 ? execution.threads : 1, exact: execution.exact))
    memory = NetworkMemory(
      planner: plan.planner, seed: seed, shards: shards, team: WorkerTeam(threads: execution.threads))
    input = FloatBuffer(count: batchSize * network.inputShape.count)
    output = FloatBuffer(count: batchSize * network.outputShape.count)
    outputGradient = FloatBuffer(count: batchSize * network.outputShape.count)
    shardLosses = Array(repeating: 0, count: shards)
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

  /// What the optimizer found in the latest step to multiply the learning rate by, where it finds its rate itself; nil of
  /// other optimizers, and before the first step.
  public var estimatedLearningRate: Double? { optimizer.estimate }

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
  ///
  /// Schedule-free optimizers are evaluated at the average of their parameters.
  public func evaluate(_ batch: Batch) -> Evaluation {
    let outputs = matrix(evaluationOutputs(of: batch))
    return Evaluation(
      loss: loss.value(outputs, batch: batch, from: 0, gradient: nil),
      errorRate: loss.errorRate(outputs, batch: batch), count: batch.count)
  }

  /// The weights that the network is evaluated with, and that are worth keeping.
  var evaluatedParameters: FloatBuffer { optimizer.average ?? memory.parameters }

  /// The outputs of an evaluation pass.
  func evaluationOutputs(of batch: Batch) -> FloatView {
    forEachShard(of: batch, isTraining: false) { part, _, pass in
      plan.body.forward(samples(part, of: input), into: samples(part, of: output), in: pass)
    }
    return samples(0..<batch.count, of: output)
  }

  /// The forward and backward pass of a step without its update; returns the loss.
  package func computeGradients(_ batch: Batch) -> Double {
    // Taken out, so that the workers can read the rest of the trainer; without a copy.
    var losses: [Double] = []
    swap(&losses, &shardLosses)
    defer { swap(&losses, &shardLosses) }
    losses.withUnsafeMutableBufferPointer { losses in
      forEachShard(of: batch, isTraining: true) { part, shard, pass in
        losses[shard] = computeGradients(batch, part, pass)
      }
    }
    let shards = shardCount(of: batch)
    if memory.isSharded { memory.addUpGradients(ofShards: shards) }
    return losses.prefix(shards).reduce(0, +)
  }

  /// One shard's part of the loss and of the gradients.
  private func computeGradients(_ batch: Batch, _ part: Range<Int>, _ pass: Pass) -> Double {
    let (x, y, dy) = (samples(part, of: input), samples(part, of: output), samples(part, of: outputGradient))
    plan.body.forward(x, into: y, in: pass)
    let outputs = matrix(y)
    let share = Double(part.count) / Double(batch.count)
    let value = loss.value(
      outputs, batch: batch, from: part.lowerBound * outputs.rows / part.count, gradient: dy)
    if share < 1 { scaleElements(dy, by: Float(share)) }
    plan.body.backward(x, output: y, outputGradient: dy, into: nil, in: pass)
    return share * value
  }

  // MARK: Shards

  private func shardCount(of batch: Batch) -> Int { (batch.count + shardSize - 1) / shardSize }

  /// Copies the inputs and calls `body` with the samples of every shard, its number and a pass.
  private func forEachShard(
    of batch: Batch, isTraining: Bool, _ body: (_ part: Range<Int>, _ shard: Int, _ pass: Pass) -> Void
  ) {
    precondition(
      (1...batchSize).contains(batch.count), "a batch of \(batch.count) samples, of at most \(batchSize)")
    samples(0..<batch.count, of: input).copy(from: batch.inputs)
    let parameters = isTraining ? memory.parameters : evaluatedParameters
    guard memory.isSharded else {
      body(
        0..<batch.count, 0,
        memory.pass(samples: batch.count, isTraining: isTraining, parameters: parameters))
      return
    }
    memory.team.forEach(shardCount(of: batch)) { shard, worker in
      let part = shard * shardSize..<min((shard + 1) * shardSize, batch.count)
      body(
        part, shard,
        memory.pass(
          samples: part.count, isTraining: isTraining, parameters: parameters, shard: shard, worker: worker))
    }
  }

  private func samples(_ part: Range<Int>, of buffer: FloatBuffer) -> FloatView {
    let perSample = buffer.count / batchSize
    return buffer.view.slice(from: part.lowerBound * perSample, count: part.count * perSample)
  }

  /// Outputs [times, classes] are classified time by time.
  private func matrix(_ outputs: FloatView) -> MatrixView {
    let columns = network.outputShape.channels
    return MatrixView(outputs, rows: outputs.count / columns, columns: columns)
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
}
