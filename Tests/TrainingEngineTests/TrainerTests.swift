import Testing
import TrainingEngine

private let inputCount = 12
private let classes = 4

private func network(batchNorm: Bool = true, groups: [ParameterGroup] = [.all]) throws -> Network {
  let hidden: [any Layer] = batchNorm ? [Linear(10), BatchNorm(), ReLU()] : [Linear(10), ReLU()]
  return try Network(
    name: "test", layers: hidden + [Linear(classes)], inputShape: [inputCount], groups: groups)
}

private func trainer(
  _ optimizer: OptimizerConfiguration = .sgd(), batchNorm: Bool = true, groups: [ParameterGroup] = [.all],
  batchSize: Int = 8, seed: UInt64 = 1
) throws -> Trainer {
  try Trainer(
    network: network(batchNorm: batchNorm, groups: groups), loss: .crossEntropy, optimizer: optimizer,
    batchSize: batchSize, seed: seed)
}

private func batch(_ seed: UInt64, count: Int = 8, capacity: Int? = nil) -> Batch {
  randomBatch(count, inputCount: inputCount, classes: classes, seed: seed, capacity: capacity)
}

private func flat(_ trainer: Trainer) throws -> [Double] {
  try trainer.network.parameters.flatMap { try trainer.parameter(named: $0.name).map(Double.init) }
}

private func norm(_ values: [Double]) -> Double { values.reduce(0) { $0 + $1 * $1 }.squareRoot() }

@Suite("Trainer")
struct TrainerTests {
  static let optimizers: [OptimizerConfiguration] =
    [
      .sgd(), .sgd(momentum: 0), .adam(weightDecay: 0.01), .adamW(), .rmsProp(momentum: 0.9), .adagrad(),
      .rAdam(), .nAdam(), .lamb(weightDecay: 0.01), .lion(weightDecay: 0.01), .fastaiAdam(),
    ]
  /// With those that find their rate themselves.
  static let everyOptimizer =
    optimizers + SelfTuning.Method.allCases.map { .selfTuning(SelfTuning($0, weightDecay: 0.01)) }

  @Test("after a restore the run goes on bit for bit", arguments: everyOptimizer)
  func restore(_ optimizer: OptimizerConfiguration) throws {
    let trainer = try trainer(optimizer)
    func steps(_ seeds: ClosedRange<UInt64>) -> [StepReport] {
      seeds.map { trainer.step(batch($0), learningRates: [0.05]) }
    }
    _ = steps(1...5)
    let middle = trainer.snapshot()
    let reports = steps(6...10)
    let end = trainer.snapshot()
    #expect(end != middle)
    trainer.markStart()
    _ = steps(11...20)
    try trainer.restore(middle)
    #expect(trainer.snapshot() == middle && trainer.stepCount == 5)
    #expect(steps(6...10) == reports)
    #expect(trainer.snapshot() == end)
  }

  @Test("a snapshot takes a diverged run back to numbers", arguments: [nil, 1])
  func restoreAfterDivergence(_ largestGradientNorm: Double?) throws {
    let trainer = try Trainer(
      network: network(), loss: .crossEntropy, optimizer: .sgd(), batchSize: 8, seed: 1,
      largestGradientNorm: largestGradientNorm)
    let before = trainer.snapshot()
    var reports: [StepReport] = []
    for seed in 1...30 as ClosedRange<UInt64> {
      reports.append(trainer.step(batch(seed), learningRates: [1e30]))
    }
    #expect(reports.contains { !$0.isFinite })
    try trainer.restore(before)
    #expect(trainer.snapshot() == before)
    #expect(trainer.step(batch(1), learningRates: [0.1]).isFinite)
  }

  @Test("a snapshot of another network or optimizer is refused")
  func foreignSnapshot() throws {
    let snapshot = try trainer().snapshot()
    for other in [try trainer(batchNorm: false), try trainer(.adam()), try trainer(.lion())] {
      #expect(throws: TrainingEngineError.foreignSnapshot) { try other.restore(snapshot) }
    }
  }

  @Test("the same seed gives the same run, another seed another one")
  func seeds() throws {
    let trainers = try [1, 1, 2].map { try trainer(.adam(), seed: $0) }
    for trainer in trainers {
      for seed in 1...5 as ClosedRange<UInt64> { _ = trainer.step(batch(seed), learningRates: [0.01]) }
    }
    let ends = trainers.map { $0.snapshot() }
    #expect(ends[0] == ends[1])
    #expect(ends[0] != ends[2])
  }

  @Test("runs beside each other do not change each other's bits")
  func concurrentRuns() async throws {
    func run() throws -> TrainerSnapshot {
      let trainer = try trainer(.adam(), batchSize: 64)
      for seed in 1...20 as ClosedRange<UInt64> {
        _ = trainer.step(batch(seed, count: 64), learningRates: [0.01])
      }
      return trainer.snapshot()
    }
    let alone = try run()
    let together = try await withThrowingTaskGroup(of: TrainerSnapshot.self) { group in
      for _ in 0..<4 { group.addTask { try run() } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(together.allSatisfy { $0 == alone })
  }

  @Test("the report says what the step did", arguments: everyOptimizer)
  func report(_ optimizer: OptimizerConfiguration) throws {
    let trainer = try trainer(optimizer, batchNorm: false)
    for seed in 1...3 as ClosedRange<UInt64> { _ = trainer.step(batch(seed), learningRates: [0.05]) }
    let start = try flat(trainer)
    trainer.markStart()
    for seed in 4...6 as ClosedRange<UInt64> {
      let before = try flat(trainer)
      let loss = trainer.evaluate(batch(seed)).loss
      let report = trainer.step(batch(seed), learningRates: [0.05])
      let after = try flat(trainer)
      let gradients = try trainer.network.parameters.flatMap {
        try trainer.gradient(named: $0.name).map(Double.init)
      }
      let update = zip(after, before).map { $0 - $1 }
      func close(_ actual: Double, _ expected: Double) -> Bool {
        abs(actual - expected) <= 1e-9 * abs(expected)
      }
      // Those that average are evaluated at the average.
      #expect(close(report.loss, loss) || optimizer.selfTuning?.needsRate == true)
      #expect(close(report.gradientNorm, norm(gradients)))
      #expect(close(report.parameterNorm, norm(before)))
      #expect(close(report.updateNorm, norm(update)))
      #expect(close(report.gradientUpdateProduct, zip(gradients, update).reduce(0) { $0 + $1.0 * $1.1 }))
      #expect(close(report.distanceFromStart, norm(zip(after, start).map { $0 - $1 })))
    }
  }

  @Test("training lowers the loss", arguments: optimizers)
  func learning(_ optimizer: OptimizerConfiguration) throws {
    let trainer = try trainer(optimizer)
    let rates = [["rmsprop", "lion"].contains(optimizer.family) ? 0.01 : 0.1]
    let first = trainer.step(batch(1), learningRates: rates).loss
    for _ in 0..<60 { _ = trainer.step(batch(1), learningRates: rates) }
    let last = trainer.step(batch(1), learningRates: rates).loss
    #expect(last < first / 4)
  }

  @Test("evaluation changes nothing and does not depend on the company of a sample")
  func evaluation() throws {
    let trainer = try trainer()
    for seed in 1...5 as ClosedRange<UInt64> { _ = trainer.step(batch(seed), learningRates: [0.05]) }
    let before = trainer.snapshot()
    let all = trainer.evaluate(batch(6))
    #expect(trainer.snapshot() == before)
    let parts = (0..<8).map { row in
      var single = Batch(capacity: 1, inputCount: inputCount)
      single.inputs = Array(batch(6).inputs[row * inputCount..<(row + 1) * inputCount])
      single.labels = [batch(6).labels[row]]
      single.count = 1
      return trainer.evaluate(single)
    }
    let mean = try #require(Evaluation.mean(of: parts))
    #expect(abs(mean.loss - all.loss) < 1e-6 * all.loss)
    #expect(mean.errorRate == all.errorRate && mean.count == 8)
    #expect(Evaluation.mean(of: []) == nil)
  }

  @Test("a batch below the batch size trains like a trainer of its size")
  func partialBatch() throws {
    let large = try trainer(batchSize: 32)
    let exact = try trainer(batchSize: 5)
    // Leftovers of a full batch must not be seen.
    _ = large.evaluate(batch(9, count: 32))
    for seed in 1...3 as ClosedRange<UInt64> {
      let report = large.step(batch(seed, count: 5, capacity: 32), learningRates: [0.1])
      #expect(report == exact.step(batch(seed, count: 5), learningRates: [0.1]))
    }
    #expect(large.snapshot() == exact.snapshot())
  }

  @Test("every parameter group moves by its own rate")
  func groups() throws {
    let groups = [
      ParameterGroup(name: "head", prefixes: ["3."]), ParameterGroup(name: "body", prefixes: [""]),
    ]
    let grouped = try trainer(groups: groups)
    let single = try trainer()
    #expect(grouped.network.groupNames == ["head", "body"])
    let before = try flat(grouped)
    let report = grouped.step(batch(1), learningRates: [0.1, 0])
    #expect(try grouped.parameter(named: "0.weight") == single.parameter(named: "0.weight"))
    #expect(try norm(zip(flat(grouped), before).map { $0 - $1 }) > 0)
    let alone = single.step(batch(1), learningRates: [0.1])
    #expect(try grouped.parameter(named: "3.weight") == single.parameter(named: "3.weight"))
    #expect(abs(report.gradientNorm - alone.gradientNorm) < 1e-12 * alone.gradientNorm)
    #expect(report.updateNorm < alone.updateNorm)
  }

  @Test("tensors are set and read by name, and mistakes are named")
  func namedTensors() throws {
    let trainer = try trainer()
    let values = normals(10, seed: 1)
    try trainer.setParameter(named: "1.weight", values: values)
    try trainer.setBuffer(named: "1.running_var", values: values)
    #expect(try trainer.parameter(named: "1.weight") == values)
    #expect(try trainer.buffer(named: "1.running_var") == values)
    #expect(throws: TrainingEngineError.wrongValueCount(name: "1.weight", expected: 10, actual: 3)) {
      try trainer.setParameter(named: "1.weight", values: [1, 2, 3])
    }
    #expect(
      throws: TrainingEngineError.unknownTensor(
        name: "nothing", available: ["1.running_mean", "1.running_var"])
    ) { try trainer.buffer(named: "nothing") }
  }

  @Test("regression trains on targets and has no error rate")
  func regression() throws {
    let network = try Network(name: "line", layers: [Linear(1)], inputShape: [1])
    let trainer = try Trainer(
      network: network, loss: .meanSquaredError, optimizer: .sgd(), batchSize: 4, seed: 0)
    var batch = Batch(capacity: 4, inputCount: 1, targetCount: 1)
    batch.inputs = [0, 1, 2, 3]
    batch.targets = [1, 2, 3, 4]
    batch.count = 4
    for _ in 0..<300 { _ = trainer.step(batch, learningRates: [0.02]) }
    #expect(trainer.evaluate(batch).errorRate == nil)
    #expect(relativeDistance(try trainer.parameter(named: "0.weight"), [1]) < 1e-3)
    #expect(relativeDistance(try trainer.parameter(named: "0.bias"), [1]) < 1e-3)
  }

  @Test("batches and rates that do not fit stop the program")
  func mistakes() async {
    await #expect(processExitsWith: .failure) {
      _ = try trainer(batchSize: 4).evaluate(batch(1, count: 8))
    }
    await #expect(processExitsWith: .failure) {
      _ = try trainer().step(batch(1), learningRates: [0.1, 0.1])
    }
  }
}
