import Testing
import TrainingEngine

private let samples = 8
private let inputCount = 6

private func trainer(
  _ optimizer: OptimizerConfiguration = .adam(), width: Int = 10, dropout: Double? = 0.4,
  groups: [ParameterGroup] = [.all], seed: UInt64 = 1
) throws -> Trainer {
  let hidden: [any Layer] =
    [Linear(width), BatchNorm(), ReLU()] + [dropout.map { Dropout(rate: $0) } ?? ReLU()]
  let network = try Network(
    name: "relay", layers: hidden + [Linear(3)], inputShape: [inputCount], groups: groups)
  return try Trainer(
    network: network, loss: .crossEntropy, optimizer: optimizer, batchSize: samples, seed: seed)
}

private func batch(_ seed: UInt64) -> Batch {
  randomBatch(samples, inputCount: inputCount, classes: 3, seed: seed)
}

@Suite("One training goes on where another has come")
struct TakeOverTests {
  private static let head = [
    ParameterGroup(name: "head", prefixes: ["4."]),
    ParameterGroup(name: "body", prefixes: [""], isFrozen: true),
  ]

  private func learned(_ dropout: Double? = 0.4) throws -> Trainer {
    let trainer = try trainer(dropout: dropout)
    for seed in 1...5 as ClosedRange<UInt64> { _ = trainer.step(batch(seed), learningRates: [0.01]) }
    return trainer
  }

  @Test("parameters, running statistics and random streams go on, whatever the groups")
  func values() throws {
    let first = try learned()
    let second = try trainer(.sgd(), groups: Self.head, seed: 2)
    let before = first.snapshot()
    try second.takeOver(first.trainedState())
    #expect(first.snapshot() == before)
    for parameter in first.network.parameters {
      #expect(
        try second.parameter(named: parameter.name) == first.parameter(named: parameter.name),
        "\(parameter.name)")
    }
    for buffer in first.network.buffers {
      #expect(try second.buffer(named: buffer.name) == first.buffer(named: buffer.name), "\(buffer.name)")
    }
    #expect(second.evaluate(batch(9)) == first.evaluate(batch(9)))
    // Both draw the same masks now, and go on with the same.
    for seed in 6...8 as ClosedRange<UInt64> {
      #expect(second.computeGradients(batch(seed)) == first.computeGradients(batch(seed)))
    }
    #expect(second.stepCount == 0)
    #expect(second.step(batch(9), learningRates: [0, 0]).distanceFromStart == 0)
  }

  @Test("the optimizer begins anew, also where it has been at work", arguments: TrainerTests.everyOptimizer)
  func optimizer(_ optimizer: OptimizerConfiguration) throws {
    let first = try learned(nil)
    let fresh = try trainer(optimizer, dropout: nil, seed: 2)
    for parameter in first.network.parameters {
      try fresh.setParameter(
        named: parameter.name, values: first.parameter(named: parameter.name))
    }
    for buffer in first.network.buffers {
      try fresh.setBuffer(named: buffer.name, values: first.buffer(named: buffer.name))
    }
    fresh.markStart()
    let used = try trainer(optimizer, dropout: nil, seed: 3)
    for seed in 1...3 as ClosedRange<UInt64> { _ = used.step(batch(seed), learningRates: [0.01]) }
    try used.takeOver(first.trainedState())
    #expect(used.snapshot() == fresh.snapshot())
    for seed in 6...8 as ClosedRange<UInt64> {
      let report = used.step(batch(seed), learningRates: [0.01])
      #expect(report == fresh.step(batch(seed), learningRates: [0.01]))
    }
  }

  @Test("other tensors or other random streams are refused, and nothing is changed")
  func foreign() throws {
    let trainer = try trainer()
    let before = trainer.snapshot()
    let others = [
      try TrainingEngineTests.trainer(width: 11), try TrainingEngineTests.trainer(dropout: nil),
    ]
    for other in others {
      #expect(throws: TrainingEngineError.foreignSnapshot) { try trainer.takeOver(other.trainedState()) }
    }
    #expect(trainer.snapshot() == before)
  }
}
