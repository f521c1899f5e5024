import AllocationCounting
import Testing
import TrainingEngine

/// Layers of every kind that threads share: both convolutions, depthwise, norms, poolings, residual sums.
private func picturesNetwork(groups: [ParameterGroup] = [.all]) throws -> Network {
  try Network(
    name: "pictures",
    body: Sequential(named: [
      "stem": Sequential([Convolution2D(16, kernel: 3, stride: 2, padding: 1), BatchNorm(), ReLU()]),
      "pool": MaxPool2D(kernel: 3, stride: 2, padding: 1),
      "block": Residual(
        Sequential([
          Convolution2D(32, kernel: 3, padding: 1, bias: false), BatchNorm(), ReLU(),
          Convolution2D(32, kernel: 3, padding: 1, groups: 32), BatchNorm(),
        ]),
        shortcut: Sequential([Convolution2D(32, kernel: 1), BatchNorm()]), rectified: true),
      "tail": Sequential([
        Convolution2D(16, kernel: 3, padding: 1), ReLU(), MaxPool2D(kernel: 2), Dropout(rate: 0.1), Flatten(),
      ]),
      "head": Linear(4),
    ]), inputShape: [21, 26, 3], groups: groups)
}

/// Samples that do not depend on each other, with more working memory than fits into a cache: they go in shards.
private func shardedNetwork() throws -> Network {
  try Network(
    name: "shards",
    layers: [
      Convolution2D(16, kernel: 3, padding: 1), ReLU(), MaxPool2D(kernel: 2),
      Convolution2D(16, kernel: 3, padding: 1),
      GELU(), GlobalAveragePool(), Linear(4),
    ], inputShape: [36, 40, 2])
}

private let samples = 9

/// A run of some steps, and everything it ended with.
private func trained(
  _ optimizer: OptimizerConfiguration, groups: [ParameterGroup] = [.all], _ execution: Execution,
  clipping: Double? = nil, steps: Int = 4
) throws -> (reports: [StepReport], end: TrainerSnapshot) {
  let network = try picturesNetwork(groups: groups)
  let trainer = try Trainer(
    network: network, loss: .crossEntropy, optimizer: optimizer, batchSize: samples, seed: 3,
    largestGradientNorm: clipping, execution: execution)
  let reports = (1...steps).map { step in
    trainer.step(
      randomBatch(samples, inputCount: network.inputShape.count, classes: 4, seed: UInt64(step)),
      learningRates: groups.map { _ in 0.01 })
  }
  return (reports, trainer.snapshot())
}

@Suite("Execution")
struct ExecutionTests {
  @Test("one, two and three threads give the same bits", arguments: TrainerTests.everyOptimizer)
  func threads(_ optimizer: OptimizerConfiguration) throws {
    let alone = try trained(optimizer, Execution())
    for threads in 2...3 {
      let shared = try trained(optimizer, Execution(threads: threads))
      #expect(shared.reports == alone.reports)
      #expect(shared.end == alone.end)
    }
  }

  @Test("runs beside each other give the bits of a run alone", arguments: [1, 2])
  func besideOthers(_ threads: Int) async throws {
    let execution = Execution(threads: threads)
    let alone = try trained(.adam(), execution).end
    let together = try await withThrowingTaskGroup(of: TrainerSnapshot.self) { group in
      for _ in 0..<4 { group.addTask { try trained(.adam(), execution).end } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(together.count == 4)
    #expect(together.allSatisfy { $0 == alone })
  }

  @Test("a batch in shards gives the gradients of its samples one by one", arguments: [1, 3])
  func shards(_ threads: Int) throws {
    let network = try shardedNetwork()
    #expect(network.shardSize(batchSize: samples) < samples)
    #expect(network.shardSize(batchSize: 1) == 1)
    #expect(try picturesNetwork().shardSize(batchSize: 1000) == 1000)
    func trainer(_ batchSize: Int) throws -> Trainer {
      try Trainer(
        network: network, loss: .smoothedCrossEntropy(labelSmoothing: 0.1), optimizer: .sgd(),
        batchSize: batchSize, seed: 3, execution: Execution(threads: threads))
    }
    let whole = try trainer(samples)
    let single = try trainer(1)
    let batch = randomBatch(samples, inputCount: network.inputShape.count, classes: 4, seed: 5)
    let ones = (0..<samples).map { index in
      var one = Batch(capacity: 1, inputCount: network.inputShape.count)
      one.inputs = Array(batch.inputs[index * one.inputs.count..<(index + 1) * one.inputs.count])
      one.labels = [batch.labels[index]]
      one.count = 1
      return one
    }
    // Fewer samples than planned, of which the last shard has fewer than the others.
    for count in [samples, samples - 1, 1] {
      var part = batch
      part.count = count
      let loss = whole.computeGradients(part)
      var sums: [String: [Double]] = [:]
      var losses = 0.0
      for one in ones.prefix(count) {
        losses += single.computeGradients(one)
        for parameter in network.parameters {
          let gradient = try single.gradient(named: parameter.name).map(Double.init)
          sums[parameter.name] = sums[parameter.name].map { zip($0, gradient).map(+) } ?? gradient
        }
      }
      #expect(abs(loss - losses / Double(count)) < 1e-6 * loss)
      for parameter in network.parameters {
        let expected = try #require(sums[parameter.name]).map { $0 / Double(count) }
        #expect(
          relativeDistance(try whole.gradient(named: parameter.name), expected) < 1e-5, "\(parameter.name)")
      }
      let outputs = ones.prefix(count).flatMap { single.outputs(for: $0).map(Double.init) }
      #expect(relativeDistance(whole.outputs(for: part), outputs) < 1e-5)
      let evaluations = ones.prefix(count).map { single.evaluate($0) }
      let evaluation = whole.evaluate(part)
      let mean = try #require(Evaluation.mean(of: Array(evaluations)))
      #expect(abs(evaluation.loss - mean.loss) < 1e-6 * mean.loss)
      #expect(evaluation.errorRate == mean.errorRate)
    }
  }

  @Test("a batch in shards gives the same bits on one, two and three threads")
  func shardsOnThreads() throws {
    let network = try shardedNetwork()
    let ends = try (1...3).map { threads in
      let trainer = try Trainer(
        network: network, loss: .crossEntropy, optimizer: .adam(), batchSize: samples, seed: 3,
        execution: Execution(threads: threads))
      for step in 1...4 {
        _ = trainer.step(
          randomBatch(samples, inputCount: network.inputShape.count, classes: 4, seed: UInt64(step)),
          learningRates: [0.01])
      }
      return trainer.snapshot()
    }
    #expect(ends[0] == ends[1] && ends[0] == ends[2])
  }

  @Test("exact kernels differ from the fast ones in the last bits only")
  func exact() throws {
    let (fast, exact) = (
      try trained(.sgd(), Execution(), steps: 1), try trained(.sgd(), Execution(exact: true), steps: 1)
    )
    #expect(fast.end != exact.end)
    let (a, b) = (fast.reports[0], exact.reports[0])
    #expect(abs(a.loss - b.loss) < 1e-5 * abs(b.loss))
    #expect(abs(a.gradientNorm - b.gradientNorm) < 1e-4 * b.gradientNorm)
  }

  @Test(
    "freezing groups leaves the others' steps as they were",
    arguments: [["stem"], ["stem", "block"], ["block"], ["head"], ["stem", "block", "tail", "head"]])
  func frozen(_ frozen: [String]) throws {
    let names = ["stem", "block", "tail", "head"]
    func groups(freezing: [String]) -> [ParameterGroup] {
      names.map { ParameterGroup(name: $0, prefixes: ["\($0)."], isFrozen: freezing.contains($0)) }
    }
    func parameters(_ groups: [ParameterGroup]) throws -> (
      before: [String: [Float]], after: [String: [Float]]
    ) {
      let network = try picturesNetwork(groups: groups)
      let trainer = try Trainer(
        network: network, loss: .crossEntropy, optimizer: .sgd(), batchSize: samples, seed: 3)
      func all() throws -> [String: [Float]] {
        try Dictionary(
          uniqueKeysWithValues: network.parameters.map { ($0.name, try trainer.parameter(named: $0.name)) })
      }
      let before = try all()
      _ = trainer.step(
        randomBatch(samples, inputCount: network.inputShape.count, classes: 4, seed: 1),
        learningRates: groups.map { _ in 0.01 })
      return (before, try all())
    }
    let free = try parameters(groups(freezing: []))
    let partly = try parameters(groups(freezing: frozen))
    #expect(free.before == partly.before)
    for (name, values) in partly.after {
      let group = String(name.prefix { $0 != "." })
      #expect(values == (frozen.contains(group) ? free.before[name] : free.after[name]), "\(name)")
    }
  }

  @Test("a step allocates nothing", arguments: TrainerTests.everyOptimizer)
  func allocations(_ optimizer: OptimizerConfiguration) throws {
    let frozen = ParameterGroup(
      name: "frozen", prefixes: ["stem.", "block."], isFrozen: true, trainsNorms: true)
    for network in [
      try picturesNetwork(), try shardedNetwork(), try picturesNetwork(groups: [frozen, .all]),
    ] { try checkAllocations(optimizer, network) }
  }

  private func checkAllocations(_ optimizer: OptimizerConfiguration, _ network: Network) throws {
    let trainer = try Trainer(
      network: network, loss: .crossEntropy, optimizer: optimizer, batchSize: samples, seed: 3,
      largestGradientNorm: 1e-3)
    let batch = randomBatch(samples, inputCount: network.inputShape.count, classes: 4, seed: 1)
    let rates = network.groups.map { _ in 0.01 }
    _ = trainer.step(batch, learningRates: rates)
    let before = ac_allocations()
    for _ in 0..<3 { _ = trainer.step(batch, learningRates: rates) }
    #expect(ac_allocations() == before)
    // The count is one of this program's allocations, not a stub's.
    _ = trainer.snapshot()
    #expect(ac_allocations() > before)
  }
}
