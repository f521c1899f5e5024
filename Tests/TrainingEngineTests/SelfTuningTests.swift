import DatasetKit
import Foundation
import ModelZoo
import NumericKernels
import TestSupport
import Testing
import TrainingEngine

private let inputCount = 12
private let classes = 4
private let samples = 8

private func trainer(
  _ settings: SelfTuning, groups: [ParameterGroup] = [.all], width: Int = 10, threads: Int = 1
) throws -> Trainer {
  let network = try Network(
    name: "tuning", layers: [Linear(width), BatchNorm(), ReLU(), Linear(width), ReLU(), Linear(classes)],
    inputShape: [inputCount], groups: groups)
  return try Trainer(
    network: network, loss: .crossEntropy, optimizer: .selfTuning(settings), batchSize: samples, seed: 1,
    execution: Execution(threads: threads))
}

private func batch(_ seed: UInt64) -> Batch {
  randomBatch(samples, inputCount: inputCount, classes: classes, seed: seed)
}

private func tensors(_ trainer: Trainer) throws -> [[Float]] {
  try trainer.network.parameters.map { try trainer.parameter(named: $0.name) }
}

extension SelfTuning {
  /// The rate that the method's package takes where none is given, but for schedule-free AdamW, whose 0.0025 is slow.
  fileprivate var standardRate: Double { method == .scheduleFreeAdamW ? 0.01 : 1 }

  /// The same, far enough on its way that one step moves every parameter by more than rounding does.
  fileprivate var underWay: SelfTuning { SelfTuning(method, initialEstimate: 0.01) }
  fileprivate var rateUnderWay: Double {
    method == .mechanicSGD || method == .mechanicAdamW ? 1e4 : standardRate
  }
}

@Suite("Self-tuning optimizers")
struct SelfTuningTests {
  static let all = SelfTuning.Method.allCases.map { SelfTuning($0) }
  private static let finding = all.filter { !$0.needsRate }
  private static let averaging = all.filter(\.needsRate)

  @Test("digits are learned at rate 1, by a line for every class", arguments: all)
  func lines(_ settings: SelfTuning) throws {
    let (before, after) = try losses(of: "logistic", settings)
    #expect(after < before / 4, "\(before) to \(after)")
  }

  /// Not by D-Adaptation: on this network its package overshoots just as much, its SGD until nothing is learned.
  @Test(
    "digits are learned at rate 1, by a network",
    arguments: all.filter { $0.method != .dAdaptAdam && $0.method != .dAdaptSGD })
  func network(_ settings: SelfTuning) throws {
    let (before, after) = try losses(of: "mlp-32", settings)
    #expect(after < before / 4, "\(before) to \(after)")
  }

  /// The validation loss before and after a training on digits.
  private func losses(of model: String, _ settings: SelfTuning) throws -> (before: Double, after: Double) {
    let folder = GoldenFolders.repositoryRoot.appendingPathComponent("datasets").path
    let data = try Dataset.load("digits", from: DataFolders(paths: [folder]))
    let network = try ModelSpecification(parsing: model)
      .network(inputShape: data.sampleShape, outputCount: data.outputCount)
    let trainer = try Trainer(
      network: network, loss: data.loss, optimizer: .selfTuning(settings), batchSize: 64, seed: 0)
    func loss() throws -> Double {
      var parts: [Evaluation] = []
      data.validation.forEachBatch(of: 64) { parts.append(trainer.evaluate($0)) }
      return try #require(Evaluation.mean(of: parts)).loss
    }
    let before = try loss()
    let loop = TrainingLoop(steps: 300, learningRate: .constant(settings.standardRate))
    let end = loop.run(trainer, batches: ShuffledBatches(data.train, batchSize: 64, seed: 0)) { _, _, _ in }
    #expect(end == .finished)
    return (before, try loss())
  }

  @Test("one, two and three threads give the same bits, also of tensors that they share", arguments: all)
  func threads(_ settings: SelfTuning) throws {
    let ends = try (1...3).map { threads in
      // The middle layer has more parameters than a thread takes at a time.
      let trainer = try trainer(settings, width: 300, threads: threads)
      for seed in 1...5 as ClosedRange<UInt64> {
        _ = trainer.step(batch(seed), learningRates: [settings.standardRate])
      }
      return trainer.snapshot()
    }
    #expect(ends[0] == ends[1] && ends[0] == ends[2])
  }

  @Test("the estimate is there after a step, and is put back", arguments: finding)
  func estimates(_ settings: SelfTuning) throws {
    let trainer = try trainer(settings.underWay)
    #expect(trainer.estimatedLearningRate == nil)
    func step(_ seed: UInt64) throws -> Double {
      _ = trainer.step(batch(seed), learningRates: [1])
      return try #require(trainer.estimatedLearningRate)
    }
    for seed in 1...5 as ClosedRange<UInt64> { _ = try step(seed) }
    let middle = trainer.snapshot()
    let found = try step(6)
    #expect(found > 0 && found.isFinite)
    for seed in 7...10 as ClosedRange<UInt64> { _ = try step(seed) }
    try trainer.restore(middle)
    #expect(try step(6) == found)
  }

  @Test("the learning rate multiplies the first move", arguments: all)
  func factor(_ settings: SelfTuning) throws {
    let norms = try [1.0, 2.0].map { factor in
      try trainer(settings.underWay).step(batch(1), learningRates: [factor * settings.rateUnderWay])
        .updateNorm
    }
    // Decoupled decay and ε are too small to be seen.
    #expect(abs(norms[1] / norms[0] - 2) < 1e-3, "\(norms)")
  }

  @Test("frozen groups stay and have no say in the estimate", arguments: all)
  func frozen(_ settings: SelfTuning) throws {
    let body = ParameterGroup(name: "body", prefixes: ["0.", "1."], isFrozen: true)
    let partly = try trainer(settings.underWay, groups: [body, .all])
    let before = try tensors(partly)
    let rate = settings.rateUnderWay
    for seed in 1...3 as ClosedRange<UInt64> {
      // What a frozen group's rate is must not matter.
      _ = partly.step(batch(seed), learningRates: [1000 * rate, rate])
    }
    for (index, parameter) in partly.network.parameters.enumerated() {
      let isFrozen = body.prefixes.contains { parameter.name.hasPrefix($0) }
      #expect(try (tensors(partly)[index] == before[index]) == isFrozen, "\(parameter.name)")
    }
    let other = try trainer(settings.underWay, groups: [body, .all])
    for seed in 1...3 as ClosedRange<UInt64> { _ = other.step(batch(seed), learningRates: [rate, rate]) }
    #expect(other.estimatedLearningRate == partly.estimatedLearningRate)
    #expect(try tensors(other) == tensors(partly))
  }

  @Test(
    "at rate 0 nothing moves, be it a group's or all",
    arguments: [SelfTuning.Method.prodigy, .dAdaptAdam, .dAdaptSGD, .dog, .lDog])
  func still(_ method: SelfTuning.Method) throws {
    let body = ParameterGroup(name: "body", prefixes: ["0.", "1."])
    let trainer = try trainer(SelfTuning(method, initialEstimate: 0.01), groups: [body, .all])
    let initial = try tensors(trainer)
    _ = trainer.step(batch(1), learningRates: [0, 0])
    #expect(try tensors(trainer) == initial)
    for seed in 2...4 as ClosedRange<UInt64> { _ = trainer.step(batch(seed), learningRates: [1, 1]) }
    let middle = try tensors(trainer)
    for seed in 5...7 as ClosedRange<UInt64> { _ = trainer.step(batch(seed), learningRates: [0, 1]) }
    for (index, parameter) in trainer.network.parameters.enumerated() {
      let isStill = body.prefixes.contains { parameter.name.hasPrefix($0) }
      #expect(try (tensors(trainer)[index] == middle[index]) == isStill, "\(parameter.name)")
    }
    #expect(trainer.step(batch(8), learningRates: [1, 1]).isFinite)
  }

  @Test("a gradient of zeros gives no NaN, and one of NaN is not hidden", arguments: all)
  func extremes(_ settings: SelfTuning) throws {
    let trainer = try trainer(settings)
    func update(_ value: Float) throws {
      for parameter in trainer.network.parameters {
        let count = parameter.shape.reduce(1, *)
        try trainer.setGradient(named: parameter.name, values: [Float](repeating: value, count: count))
      }
      _ = trainer.update(learningRates: [settings.standardRate])
    }
    try update(0)
    try update(0)
    #expect(try tensors(trainer).allSatisfy { $0.allSatisfy(\.isFinite) })
    #expect(trainer.step(batch(1), learningRates: [settings.standardRate]).isFinite)
    try update(.nan)
    #expect(try tensors(trainer).allSatisfy { $0.allSatisfy(\.isNaN) })
  }

  // MARK: Averages

  @Test("networks are evaluated and kept at the average, and trained at y", arguments: averaging)
  func average(_ settings: SelfTuning) throws {
    let (watched, other) = (try trainer(settings), try trainer(settings))
    #expect(watched.evaluate(batch(9)) == other.evaluate(batch(9)))
    for seed in 1...6 as ClosedRange<UInt64> {
      let report = watched.step(batch(seed), learningRates: [0.1])
      _ = watched.evaluate(batch(9))
      #expect(other.step(batch(seed), learningRates: [0.1]) == report)
    }
    #expect(watched.snapshot() == other.snapshot())
    let kept = try trainer(SelfTuning(.dog))
    try kept.load(watched.checkpoint())
    #expect(kept.evaluate(batch(9)) == watched.evaluate(batch(9)))
    #expect(try tensors(kept) != tensors(watched))
    let relayed = try trainer(settings)
    try relayed.takeOver(watched.trainedState())
    #expect(relayed.evaluate(batch(9)) == watched.evaluate(batch(9)))
    #expect(try tensors(relayed) == tensors(kept))
  }

  @Test("at a constant rate the average is that of all z")
  func plainAverage() throws {
    let trainer = try trainer(SelfTuning(.scheduleFreeSGD, momentum: 0.5))
    var sum = [Double](repeating: 0, count: classes)
    for step in 1...8 {
      _ = trainer.step(batch(UInt64(step)), learningRates: [0.1])
      let parameter = try #require(trainer.network.parameters.last)
      // y = x/2 + z/2.
      let (y, x) = (try trainer.parameter(named: parameter.name), trainer.values(of: parameter))
      for index in sum.indices { sum[index] += 2 * Double(y[index]) - Double(x[index]) }
      #expect(relativeDistance(x, sum.map { $0 / Double(step) }) < 1e-5)
    }
  }

  @Test("one-cycle moves a momentum, but not the β of averages")
  func momenta() {
    let cycle = SchedulePlan(kind: .oneCycle)
    for settings in Self.all {
      let moves = !settings.needsRate && (settings.momentum ?? 0) > 0
      #expect((cycle.momentum(of: .selfTuning(settings)) != nil) == moves, "\(settings)")
      #expect((FineTuning.momentum(.whole, of: .selfTuning(settings)) != nil) == moves, "\(settings)")
    }
  }
}
