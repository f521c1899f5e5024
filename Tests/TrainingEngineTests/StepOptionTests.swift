import NumericKernels
import Testing
import TrainingEngine

private let inputCount = 6

private func trainer(
  _ optimizer: OptimizerConfiguration = .sgd(momentum: 0), groups: [ParameterGroup] = [.all],
  dropout: Double? = nil, largestGradientNorm: Double? = nil, batchSize: Int = 8, seed: UInt64 = 1
) throws -> Trainer {
  let hidden: [any Layer] = [Linear(10), LayerNorm(), GELU()] + (dropout.map { [Dropout(rate: $0)] } ?? [])
  let network = try Network(
    name: "options", layers: hidden + [Linear(3)], inputShape: [inputCount], groups: groups)
  return try Trainer(
    network: network, loss: .crossEntropy, optimizer: optimizer, batchSize: batchSize, seed: seed,
    largestGradientNorm: largestGradientNorm)
}

private func batch(_ seed: UInt64, count: Int = 8) -> Batch {
  randomBatch(count, inputCount: inputCount, classes: 3, seed: seed)
}

private func flat(_ trainer: Trainer) throws -> [Double] {
  try trainer.network.parameters.flatMap { try trainer.parameter(named: $0.name).map(Double.init) }
}

@Suite("Clipping, accumulation, groups and dropout")
struct StepOptionTests {
  @Test("a long gradient is shortened to the bound, and the report tells its length")
  func clipping() throws {
    let free = try trainer()
    let start = try flat(free)
    let report = free.step(batch(1), learningRates: [0.1])
    let clipped = try trainer(largestGradientNorm: report.gradientNorm / 4)
    let clippedReport = clipped.step(batch(1), learningRates: [0.1])
    let (long, short) = (zip(try flat(free), start), zip(try flat(clipped), start))
    #expect(relativeDistance(short.map { Float($0 - $1) }, long.map { ($0 - $1) / 4 }) < 1e-4)
    func close(_ actual: Double, _ expected: Double) -> Bool {
      abs(actual - expected) < 1e-4 * abs(expected)
    }
    #expect(close(clippedReport.gradientNorm, report.gradientNorm))
    #expect(close(clippedReport.updateNorm, report.updateNorm / 4))
    #expect(close(clippedReport.gradientUpdateProduct, report.gradientUpdateProduct / 4))
    let untouched = try trainer(largestGradientNorm: report.gradientNorm * 2)
    #expect(untouched.step(batch(1), learningRates: [0.1]) == report)
    #expect(untouched.snapshot() == free.snapshot())
  }

  @Test("a step over parts of a batch is the step over the whole", arguments: [[4, 4], [5, 2, 1], [8]])
  func accumulation(_ counts: [Int]) throws {
    let (whole, parts) = (try trainer(.adam()), try trainer(.adam()))
    for seed in 1...3 as ClosedRange<UInt64> {
      let all = batch(seed)
      var first = 0
      let pieces = counts.map { count in
        defer { first += count }
        var piece = Batch(capacity: count, inputCount: inputCount)
        piece.inputs = Array(all.inputs[first * inputCount..<(first + count) * inputCount])
        piece.labels = Array(all.labels[first..<first + count])
        piece.count = count
        return piece
      }
      let expected = whole.step(all, learningRates: [0.01])
      let report = parts.step(accumulating: pieces, learningRates: [0.01])
      #expect(abs(report.loss - expected.loss) < 1e-6 * expected.loss)
      #expect(abs(report.gradientNorm - expected.gradientNorm) < 1e-5 * expected.gradientNorm)
    }
    #expect(relativeDistance(try flat(parts).map(Float.init), try flat(whole)) < 1e-4)
  }

  @Test("a step's own momentum replaces the optimizer's")
  func momentum() throws {
    let (scheduled, fixed) = (try trainer(.fastaiAdam()), try trainer(.fastaiAdam(momentum: 0.8)))
    for seed in 1...4 as ClosedRange<UInt64> {
      let report = scheduled.step(batch(seed), learningRates: [0.01], momentum: 0.8)
      #expect(report == fixed.step(batch(seed), learningRates: [0.01]))
    }
    #expect(try flat(scheduled) == flat(fixed))
  }

  @Test("frozen groups stay, and leave the gradient's norm", arguments: TrainerTests.optimizers)
  func frozen(_ optimizer: OptimizerConfiguration) throws {
    let body = ParameterGroup(name: "body", prefixes: ["0.", "1."], isFrozen: true)
    let partly = try trainer(optimizer, groups: [body, .all])
    let before = try partly.network.parameters.map { try partly.parameter(named: $0.name) }
    let report = partly.step(batch(1), learningRates: [0.1, 0.1])
    var squares = 0.0
    for (parameter, old) in zip(partly.network.parameters, before) {
      let new = try partly.parameter(named: parameter.name)
      let isFrozen = body.prefixes.contains { parameter.name.hasPrefix($0) }
      #expect((new == old) == isFrozen, "\(parameter.name)")
      guard !isFrozen else { continue }
      squares += try partly.gradient(named: parameter.name).reduce(0) { $0 + Double($1) * Double($1) }
    }
    #expect(abs(report.gradientNorm - squares.squareRoot()) < 1e-9 * report.gradientNorm)
    let all = before.flatMap { $0 }.reduce(0) { $0 + Double($1) * Double($1) }
    #expect(abs(report.parameterNorm - all.squareRoot()) < 1e-9 * report.parameterNorm)
  }

  @Test("a group's weight decay replaces the optimizer's")
  func groupDecay() throws {
    let still = ParameterGroup(name: "still", prefixes: ["0."], weightDecay: 0)
    let grouped = try trainer(.adamW(weightDecay: 0.5), groups: [still, .all])
    let (decayed, plain) = (try trainer(.adamW(weightDecay: 0.5)), try trainer(.adamW(weightDecay: 0)))
    _ = grouped.step(batch(1), learningRates: [0.1, 0.1])
    for one in [decayed, plain] { _ = one.step(batch(1), learningRates: [0.1]) }
    #expect(try grouped.parameter(named: "0.weight") == plain.parameter(named: "0.weight"))
    #expect(try grouped.parameter(named: "3.weight") == decayed.parameter(named: "3.weight"))
    #expect(try decayed.parameter(named: "3.weight") != plain.parameter(named: "3.weight"))
  }

  @Test(
    "fastai's optimizers let biases and norms keep their size",
    arguments: [OptimizerConfiguration.fastaiAdam(weightDecay: 0.5), .lamb(weightDecay: 0.5)])
  func decayOfWeightsOnly(_ optimizer: OptimizerConfiguration) throws {
    let trainer = try trainer(optimizer)
    for parameter in trainer.network.parameters {
      let values = normals(parameter.shape.reduce(1, *), seed: 1)
      try trainer.setParameter(named: parameter.name, values: values)
      try trainer.setGradient(
        named: parameter.name, values: [Float](repeating: 0, count: values.count))
    }
    _ = trainer.update(learningRates: [0.1])
    for parameter in trainer.network.parameters {
      let values = normals(parameter.shape.reduce(1, *), seed: 1)
      let factor = parameter.kind == .weight ? 0.95 : 1
      #expect(
        relativeDistance(
          try trainer.parameter(named: parameter.name), values.map { Double($0) * factor }) < 1e-6)
    }
  }

  @Test("dropout draws anew in every step, repeats after a restore, and is no part of an evaluation")
  func dropout() throws {
    let trainer = try trainer(.adam(), dropout: 0.5)
    let losses = (0..<2).map { _ in trainer.computeGradients(batch(1)) }
    #expect(losses[0] != losses[1])
    let middle = trainer.snapshot()
    #expect(trainer.evaluate(batch(1)) == trainer.evaluate(batch(1)))
    #expect(trainer.snapshot() == middle)
    func steps() -> [StepReport] {
      (1...5).map { trainer.step(batch($0), learningRates: [0.01]) }
    }
    let reports = steps()
    let end = trainer.snapshot()
    try trainer.restore(middle)
    #expect(trainer.snapshot() == middle)
    #expect(steps() == reports)
    #expect(trainer.snapshot() == end)
    let other = try StepOptionTests.losses(seed: 2)
    #expect(try StepOptionTests.losses(seed: 1) == StepOptionTests.losses(seed: 1))
    #expect(try StepOptionTests.losses(seed: 1) != other)
  }

  /// The losses of three forward passes over one batch, from equal parameters.
  private static func losses(seed: UInt64) throws -> [Double] {
    let trainer = try trainer(dropout: 0.5, seed: seed)
    for parameter in trainer.network.parameters {
      try trainer.setParameter(
        named: parameter.name, values: normals(parameter.shape.reduce(1, *), seed: 7))
    }
    return (0..<3).map { _ in trainer.computeGradients(batch(1)) }
  }

  @Test("dropout drops its share and keeps the mean", arguments: [0, 0.1, 0.5, 0.9])
  func dropoutShare(rate: Double) throws {
    let count = 20_000
    let harness = try LayerHarness(Dropout(rate: rate), inputShape: [count], samples: 1)
    let ones = [Float](repeating: 1, count: count)
    let output = harness.forward(ones)
    let dropped = output.count { $0 == 0 }
    // Four standard errors of a share of so many.
    let error = 4 * (rate * (1 - rate) / Double(count)).squareRoot()
    #expect(abs(Double(dropped) / Double(count) - rate) <= error)
    #expect(output.allSatisfy { $0 == 0 || abs(Double($0) * (1 - rate) - 1) < 1e-6 })
    #expect(harness.forward(ones, isTraining: false) == ones)
  }

  @Test("two dropouts of a network draw different masks")
  func independentDropouts() throws {
    let harness = try LayerHarness(
      Sequential([Dropout(rate: 0.5), Dropout(rate: 0.5)]), inputShape: [10_000], samples: 1)
    let kept = harness.forward([Float](repeating: 1, count: 10_000)).count { $0 != 0 }
    #expect(abs(kept - 2500) < 4 * 43)  // √(10000·¼·¾) = 43
  }

  @Test(
    "initial weights follow their rule",
    arguments: [
      WeightInitializer.pyTorchDefault, .kaimingNormal, .kaimingNormalFanOut, .kaimingUniform, .xavierNormal,
      .xavierUniform, .fixed(.normal(deviation: 0.02)),
    ])
  func initializers(_ rule: WeightInitializer) throws {
    let (fanIn, fanOut) = (50.0, 100.0)
    let variance =
      switch rule {
      case .pyTorchDefault: 1 / (3 * fanIn)
      case .kaimingNormal, .kaimingUniform: 2 / fanIn
      case .kaimingNormalFanOut: 2 / fanOut
      case .xavierNormal, .xavierUniform: 2 / (fanIn + fanOut)
      case .fixed: 0.02 * 0.02
      }
    let network = try Network(
      name: "wide", layers: [Linear(100, initializer: rule)], inputShape: [50])
    let trainer = try Trainer(
      network: network, loss: .crossEntropy, optimizer: .sgd(), batchSize: 1, seed: 3)
    let values = try trainer.parameter(named: "0.weight").map(Double.init)
    let count = Double(values.count)
    // Four standard errors; a normal distribution's fourth moment is 3·variance², a uniform one's less.
    #expect(abs(values.reduce(0, +) / count) < 4 * (variance / count).squareRoot())
    let measured = values.reduce(0) { $0 + $1 * $1 } / count
    #expect(abs(measured / variance - 1) < 4 * (2 / count).squareRoot())
  }
}
