import Testing
import TrainingEngine

private let inputCount = 6

/// Random batches, the same for the same seed.
private struct RandomBatches: BatchSource {
  var seed: UInt64 = 1
  mutating func next(into batch: inout Batch) {
    batch = randomBatch(8, inputCount: inputCount, classes: 3, seed: seed)
    seed += 1
  }
}

private func trainer(
  _ optimizer: OptimizerConfiguration = .sgd(), groups: [ParameterGroup] = [.all]
) throws -> Trainer {
  let network = try Network(
    name: "loop", layers: [Linear(10), BatchNorm(), ReLU(), Linear(3)], inputShape: [inputCount],
    groups: groups)
  return try Trainer(network: network, loss: .crossEntropy, optimizer: optimizer, batchSize: 8, seed: 1)
}

@Suite("Training loop")
struct TrainingLoopTests {
  private let steps = 12
  private let rate = Schedule.oneCycle(peak: 0.1)

  @Test("it is the same training as one by hand", arguments: [1, 3])
  func byHand(_ batchesPerStep: Int) throws {
    let groups = [ParameterGroup(name: "body", prefixes: ["0."]), .all]
    let (looped, manual) = (try trainer(groups: groups), try trainer(groups: groups))
    let momentum = Schedule.oneCycleMomentum()
    let loop = TrainingLoop(
      steps: steps, learningRate: rate, momentum: momentum, rateFactors: [0.25, 1],
      batchesPerStep: batchesPerStep)
    var reports: [StepReport] = []
    var rates: [Double] = []
    let end = loop.run(looped, batches: RandomBatches()) { index, rate, report in
      #expect(index == reports.count)
      rates.append(rate)
      reports.append(report)
    }
    #expect(end == .finished && reports.count == steps)
    var source = RandomBatches()
    var batches = Array(repeating: Batch(capacity: 8, inputCount: inputCount), count: batchesPerStep)
    for index in 0..<steps {
      for place in batches.indices { source.next(into: &batches[place]) }
      let value = rate.value(step: index, of: steps)
      let report = manual.step(
        accumulating: batches, learningRates: [0.25 * value, value],
        momentum: momentum.value(step: index, of: steps))
      #expect(report == reports[index] && rates[index] == value)
    }
    #expect(looped.snapshot() == manual.snapshot())
  }

  @Test("a source that goes on is left where the next training takes it, and a copy of it is not touched")
  func continuing() throws {
    func loop(_ steps: Int) -> TrainingLoop {
      TrainingLoop(steps: steps, learningRate: .constant(0.05), batchesPerStep: 2)
    }
    let (whole, parts) = (try trainer(), try trainer())
    var reports: [[StepReport]] = [[], []]
    var source = RandomBatches()
    _ = loop(steps).run(whole, batches: source) { _, _, report in reports[0].append(report) }
    #expect(source.seed == 1)
    for count in [5, steps - 5] {
      let end = loop(count).run(parts, continuing: &source) { _, _, report in reports[1].append(report) }
      #expect(end == .finished)
    }
    #expect(source.seed == 1 + 2 * UInt64(steps))
    #expect(reports[0] == reports[1] && whole.snapshot() == parts.snapshot())
    var taken = 0
    _ = loop(steps).run(parts, continuing: &source, isCancelled: { taken == 3 }) { _, _, _ in taken += 1 }
    // Nothing was drawn for the step that was not taken.
    #expect(source.seed == 1 + 2 * UInt64(steps + 3))
  }

  @Test("it ends before a step where somebody asks")
  func interruption() throws {
    var taken = 0
    let loop = TrainingLoop(steps: steps, learningRate: .constant(0.1))
    let end = loop.run(try trainer(), batches: RandomBatches(), isCancelled: { taken == 5 }) { _, _, _ in
      taken += 1
    }
    #expect(end == .interrupted && taken == 5)
  }

  @Test("it ends with the step whose loss is no number, and hands that step over")
  func divergence() throws {
    var losses: [Double] = []
    let loop = TrainingLoop(steps: 100, learningRate: .constant(1e30))
    let end = loop.run(try trainer(), batches: RandomBatches()) { _, _, report in losses.append(report.loss) }
    #expect(end == .diverged && losses.count < 100)
    #expect(losses.last?.isFinite == false && losses.dropLast().allSatisfy(\.isFinite))
  }

  @Test("an observer's error goes through")
  func error() throws {
    struct DiskFull: Error {}
    let loop = TrainingLoop(steps: steps, learningRate: rate)
    let trainer = try trainer()
    #expect(throws: DiskFull.self) {
      try loop.run(trainer, batches: RandomBatches()) { index, _, _ in if index == 3 { throw DiskFull() } }
    }
    #expect(trainer.stepCount == 4)
  }
}
