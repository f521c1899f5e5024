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
  @Test("one, two and three threads give the same bits", arguments: TrainerTests.optimizers)
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

  @Test("a step allocates nothing", arguments: TrainerTests.optimizers)
  func allocations(_ optimizer: OptimizerConfiguration) throws {
    let network = try picturesNetwork()
    let trainer = try Trainer(
      network: network, loss: .crossEntropy, optimizer: optimizer, batchSize: samples, seed: 3,
      largestGradientNorm: 1e-3)
    let batch = randomBatch(samples, inputCount: network.inputShape.count, classes: 4, seed: 1)
    let rates = [0.01]
    _ = trainer.step(batch, learningRates: rates)
    let before = ac_allocations()
    for _ in 0..<3 { _ = trainer.step(batch, learningRates: rates) }
    #expect(ac_allocations() == before)
    // The count is one of this program's allocations, not a stub's.
    let other = try picturesNetwork()
    #expect(ac_allocations() > before && other.parameterCount == network.parameterCount)
  }
}
