import Testing
import TrainingEngine

private let samples = 8

/// Convolutions, plain and depthwise, a linear layer, and both norms: the body is frozen, its norms train or do not.
private func trainer(
  _ optimizer: OptimizerConfiguration = .sgd(momentum: 0), isFrozen: Bool = true, trainsNorms: Bool = true,
  largestGradientNorm: Double? = nil
) throws -> Trainer {
  let groups = [
    ParameterGroup(name: "head", prefixes: ["head."]),
    ParameterGroup(name: "body", prefixes: [""], isFrozen: isFrozen, trainsNorms: trainsNorms),
  ]
  let network = try Network(
    name: "norms",
    body: Sequential(named: [
      "stem": Sequential([Convolution2D(8, kernel: 3, padding: 1), BatchNorm(), ReLU()]),
      "block": Sequential([
        Convolution2D(8, kernel: 3, padding: 1, groups: 8), BatchNorm(), ReLU(), GlobalAveragePool(),
        Linear(6), LayerNorm(),
      ]),
      "head": Sequential([Linear(5), BatchNorm(), ReLU(), Linear(3)]),
    ]), inputShape: [6, 5, 2], groups: groups)
  return try Trainer(
    network: network, loss: .crossEntropy, optimizer: optimizer, batchSize: samples, seed: 1,
    largestGradientNorm: largestGradientNorm)
}

private func batch(_ seed: UInt64) -> Batch {
  randomBatch(samples, inputCount: 60, classes: 3, seed: seed)
}

private func norm(_ values: [Float]) -> Double {
  values.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
}

@Suite("Frozen groups whose norms train")
struct FrozenNormTests {
  private let rates = [0.1, 0.01]

  private func isTrained(_ parameter: ParameterDescription) -> Bool {
    parameter.kind == .norm || parameter.name.hasPrefix("head.")
  }

  private func tensors(_ trainer: Trainer) throws -> [[Float]] {
    try trainer.network.parameters.map { try trainer.parameter(named: $0.name) }
  }

  @Test(
    "in the first step they move as if nothing were frozen, and weights and biases stay",
    arguments: TrainerTests.optimizers)
  func firstStep(_ optimizer: OptimizerConfiguration) throws {
    let (partly, free) = (try trainer(optimizer), try trainer(optimizer, isFrozen: false))
    let before = try tensors(partly)
    #expect(try before == tensors(free))
    for one in [partly, free] { _ = one.step(batch(1), learningRates: rates) }
    for (parameter, old) in zip(partly.network.parameters, before) {
      let (new, unfrozen) = (
        try partly.parameter(named: parameter.name), try free.parameter(named: parameter.name)
      )
      #expect(new == (isTrained(parameter) ? unfrozen : old), "\(parameter.name)")
      // A bias before a norm has a gradient of rounding only; all others move where they are free.
      #expect(parameter.kind == .bias || unfrozen != old, "\(parameter.name)")
    }
  }

  @Test("over many steps frozen weights keep their bits while norms and running statistics move")
  func manySteps() throws {
    let partly = try trainer(.adam(weightDecay: 0.1))
    let before = try tensors(partly)
    let statistics = try partly.buffer(named: "stem.1.running_mean")
    for seed in 1...10 as ClosedRange<UInt64> { _ = partly.step(batch(seed), learningRates: rates) }
    for (parameter, old) in zip(partly.network.parameters, before) where parameter.kind != .bias {
      let new = try partly.parameter(named: parameter.name)
      #expect((new != old) == isTrained(parameter), "\(parameter.name)")
    }
    #expect(try partly.buffer(named: "stem.1.running_mean") != statistics)
  }

  @Test("without the permission they stay too")
  func frozenNorms() throws {
    let frozen = try trainer(trainsNorms: false)
    let before = try tensors(frozen)
    _ = frozen.step(batch(1), learningRates: rates)
    for (parameter, old) in zip(frozen.network.parameters, before) where !parameter.name.hasPrefix("head.") {
      #expect(try frozen.parameter(named: parameter.name) == old, "\(parameter.name)")
    }
  }

  @Test("nobody computes the gradients of frozen weights, those of norms are the free network's")
  func gradients() throws {
    let (partly, free) = (try trainer(), try trainer(isFrozen: false))
    for one in [partly, free] { _ = one.computeGradients(batch(1)) }
    for parameter in partly.network.parameters {
      let gradient = try partly.gradient(named: parameter.name)
      if isTrained(parameter) {
        #expect(try gradient == free.gradient(named: parameter.name), "\(parameter.name)")
      } else {
        #expect(gradient.allSatisfy { $0 == 0 }, "\(parameter.name)")
      }
    }
  }

  @Test("the gradient's norm is that of what trains, and so is its bound")
  func clipping() throws {
    let partly = try trainer()
    let before = try tensors(partly)
    let report = partly.step(batch(1), learningRates: rates)
    let trained = try partly.network.parameters.filter(isTrained).flatMap {
      try partly.gradient(named: $0.name)
    }
    #expect(abs(report.gradientNorm - norm(trained)) < 1e-9 * report.gradientNorm)
    let whole = try trainer(isFrozen: false).step(batch(1), learningRates: rates)
    #expect(report.gradientNorm < 0.99 * whole.gradientNorm && report.loss == whole.loss)

    // At a bound between the two norms only the free network's gradient is shortened.
    let between = (report.gradientNorm + whole.gradientNorm) / 2
    let loose = try trainer(largestGradientNorm: between)
    #expect(loose.step(batch(1), learningRates: rates) == report)
    #expect(loose.snapshot() == partly.snapshot())
    let tight = try trainer(largestGradientNorm: report.gradientNorm / 4)
    _ = tight.step(batch(1), learningRates: rates)
    func change(_ trainer: Trainer) throws -> [Float] {
      try zip(tensors(trainer), before).flatMap { zip($0, $1).map { $0 - $1 } }
    }
    #expect(try relativeDistance(change(tight), change(partly).map { Double($0) / 4 }) < 1e-4)
  }
}
