import CurveModel
import ModelZoo
import RandomStreams
import Testing
import TrainingEngine

@testable import RangeTest

@Suite struct RangeTestTests {
  // MARK: Exact restore

  @Test("training after a range test equals training without one", arguments: Task.all)
  func restoresExactly(_ task: Task) throws {
    let (tested, untouched) = (try task.trainer(), try task.trainer())
    var testedBatches = task.batches
    var untouchedBatches = task.batches
    // A few steps first, so that optimizer state and running statistics are not at their beginning.
    train(tested, &testedBatches, steps: 5)
    train(untouched, &untouchedBatches, steps: 5)
    var recorded = 0
    let test = RangeTest(schedule: try RateSchedule(start: 1e-4, end: 10, steps: 40), stopRule: .never)
    _ = try test.run(tested, batches: testedBatches, validation: [task.heldOut]) { _ in recorded += 1 }
    #expect(recorded > 20)
    #expect(tested.snapshot() == untouched.snapshot())
    train(tested, &testedBatches, steps: 10)
    train(untouched, &untouchedBatches, steps: 10)
    #expect(tested.snapshot() == untouched.snapshot())
  }

  @Test(
    "dropout's random stream is put back too",
    arguments: OptimizerConfiguration.families)
  func restoresDropout(_ family: String) throws {
    let network = try Network(
      name: "dropout", layers: [Flatten(), Linear(12), Dropout(rate: 0.3), GELU(), Linear(3)],
      inputShape: [4, 4, 1])
    func trainer() throws -> Trainer {
      try Trainer(
        network: network, loss: .crossEntropy, optimizer: OptimizerConfiguration(parsing: family),
        batchSize: 16, seed: 3)
    }
    let (tested, untouched) = (try trainer(), try trainer())
    var testedBatches = Task.all[0].batches
    var untouchedBatches = Task.all[0].batches
    train(tested, &testedBatches, steps: 5)
    train(untouched, &untouchedBatches, steps: 5)
    let test = RangeTest(schedule: try RateSchedule(start: 1e-5, end: 1, steps: 20), stopRule: .never)
    _ = try test.run(tested, batches: testedBatches, validation: [Task.all[0].heldOut]) { _ in }
    #expect(tested.snapshot() == untouched.snapshot())
    train(tested, &testedBatches, steps: 5)
    train(untouched, &untouchedBatches, steps: 5)
    #expect(tested.snapshot() == untouched.snapshot())
  }

  @Test("everything is put back when the observer throws")
  func restoresAfterAnError() throws {
    let trainer = try Task.all[0].trainer()
    let before = trainer.snapshot()
    let test = RangeTest(schedule: try RateSchedule(start: 1e-3, end: 1, steps: 10))
    #expect(throws: DiskFull.self) {
      try test.run(trainer, batches: Task.all[0].batches) { _ in throw DiskFull() }
    }
    #expect(trainer.snapshot() == before)
  }

  @Test("a cancelled test ends before its next step, and everything is put back")
  func cancels() throws {
    let trainer = try Task.all[0].trainer()
    let before = trainer.snapshot()
    let test = RangeTest(schedule: try RateSchedule(start: 1e-5, end: 1e-3, steps: 50))
    var steps = 0
    let reason = try test.run(trainer, batches: Task.all[0].batches, isCancelled: { steps == 7 }) { _ in
      steps += 1
    }
    #expect(reason == .interrupted)
    #expect(steps == 7)
    #expect(trainer.snapshot() == before)
  }

  private struct DiskFull: Error {}

  // MARK: What is recorded

  @Test(
    "the loss of a step is recorded with the rate applied in that step",
    arguments: RateSchedule.Shape.allCases)
  func recordsTheAppliedRate(_ shape: RateSchedule.Shape) throws {
    let task = Task.all[0]
    let schedule = try RateSchedule(shape: shape, start: 1e-3, end: 0.5, steps: 30)
    let steps = try record(task, RangeTest(schedule: schedule, stopRule: .never))
    // The same training by hand, one step at a time.
    let trainer = try task.trainer()
    var batches = task.batches
    var batch = task.emptyBatch
    for (index, step) in steps.enumerated() {
      batches.next(into: &batch)
      let report = trainer.step(batch, learningRates: [schedule.rate(at: index)])
      #expect(step.learningRate == schedule.rate(at: index))
      #expect(step.loss == report.loss)
    }
  }

  @Test("a step of several batches is recorded with their mean loss")
  func recordsAccumulatedSteps() throws {
    let task = Task.all[1]
    let schedule = try RateSchedule(start: 1e-3, end: 0.1, steps: 6)
    var steps: [CurveStep] = []
    let test = RangeTest(schedule: schedule, stopRule: .never)
    _ = try test.run(task.trainer(), batches: task.batches, batchesPerStep: 3) { steps.append($0) }
    let trainer = try task.trainer()
    var source = task.batches
    for (index, step) in steps.enumerated() {
      var batches: [Batch] = []
      for _ in 0..<3 {
        var batch = task.emptyBatch
        source.next(into: &batch)
        batches.append(batch)
      }
      #expect(
        step.loss == trainer.step(accumulating: batches, learningRates: [schedule.rate(at: index)]).loss)
    }
    #expect(steps.count == 6)
  }

  @Test("everything besides the loss is recorded by default and fits together")
  func recordsDiagnostics() throws {
    let task = Task.all[0]
    let steps = try record(
      task, RangeTest(schedule: try RateSchedule(start: 1e-3, end: 0.1, steps: 20)), heldOut: true)
    var builder = CurveBuilder()
    for step in steps { builder.append(step) }
    let diagnostics = try builder.curve(header: CurveHeader(), stop: .completed).diagnostics
    let gradient = try #require(diagnostics.gradientNorm)
    let update = try #require(diagnostics.updateNorm)
    let product = try #require(diagnostics.gradientUpdateProduct)
    let distance = try #require(diagnostics.distanceFromStart)
    _ = try #require(diagnostics.parameterNorm)
    let heldOut = try #require(diagnostics.validationLoss)
    // The first step of SGD is −rate·gradient.
    #expect(abs(update[0] / (1e-3 * gradient[0]) - 1) < 1e-3)
    #expect(abs(product[0] / (-1e-3 * gradient[0] * gradient[0]) - 1) < 1e-3)
    #expect(abs(distance[0] / update[0] - 1) < 1e-3)
    // The held-out loss of a step is taken before it.
    #expect(heldOut[0] == (try task.trainer()).evaluate(task.heldOut).loss)
    for index in steps.indices {
      #expect(abs(product[index]) <= gradient[index] * update[index] * (1 + 1e-6))
      #expect(distance[index] <= update[...index].reduce(0, +) * (1 + 1e-3))
    }
  }

  @Test("rates per parameter group are recorded where they differ")
  func recordsGroups() throws {
    let task = Task.all[0]
    let groups = [ParameterGroup(name: "body", prefixes: ["1."]), .all]
    let trainer = try task.trainer(groups: groups)
    var steps: [CurveStep] = []
    let test = RangeTest(schedule: try RateSchedule(start: 1e-3, end: 0.1, steps: 5))
    _ = try test.run(trainer, batches: task.batches, rateFactors: [0.01, 1]) { steps.append($0) }
    for step in steps {
      let rates = try #require(step.groupLearningRates)
      #expect(rates.count == 2)
      #expect(rates[1] == step.learningRate && abs(rates[0] / rates[1] - 0.01) < 1e-12)
    }
  }

  // MARK: Determinism

  @Test("the same task and seed give the same bits, alone or beside another run")
  func isDeterministic() async throws {
    let task = Task.all[1]
    let test = RangeTest(schedule: try RateSchedule(start: 1e-5, end: 1, steps: 25), stopRule: .never)
    let alone = try record(task, test)
    let together = try await withThrowingTaskGroup(of: [CurveStep].self) { group in
      for _ in 0..<3 { group.addTask { try record(task, test) } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    for steps in together { #expect(steps == alone) }
  }

  @Test("held-out samples are read for their own loss alone")
  func readsHeldOutSamplesOnlyForTheirLoss() throws {
    let test = RangeTest(schedule: try RateSchedule(start: 1e-3, end: 0.1, steps: 12))
    let without = try record(Task.all[0], test, heldOut: false)
    let with = try record(Task.all[0], test, heldOut: true)
    #expect(without.allSatisfy { $0.validationLoss == nil })
    #expect(with.allSatisfy { $0.validationLoss != nil })
    #expect(with.map(\.loss) == without.map(\.loss))
  }

  @Test("another seed gives another curve")
  func seedsDiffer() throws {
    let test = RangeTest(schedule: try RateSchedule(start: 1e-3, end: 0.1, steps: 5))
    var other = Task.all[0]
    other.seed += 1
    #expect(try record(Task.all[0], test).map(\.loss) != record(other, test).map(\.loss))
  }

  // MARK: Helpers

  private func record(_ task: Task, _ test: RangeTest, heldOut: Bool = false) throws -> [CurveStep] {
    var steps: [CurveStep] = []
    _ = try test.run(task.trainer(), batches: task.batches, validation: heldOut ? [task.heldOut] : []) {
      steps.append($0)
    }
    return steps
  }

  private func train(_ trainer: Trainer, _ batches: inout some BatchSource, steps: Int) {
    var batch = Task.all[0].emptyBatch
    for _ in 0..<steps {
      batches.next(into: &batch)
      _ = trainer.step(batch, learningRates: trainer.network.groupNames.map { _ in 0.01 })
    }
  }
}

/// A small classification of random clouds, and a model for it.
struct Task: Sendable, CustomTestStringConvertible {
  let model: String
  let optimizer: String
  var seed: UInt64 = 3

  static let all = [
    Task(model: "mlp-16", optimizer: "sgd"), Task(model: "mlp-bn-16", optimizer: "adam"),
    Task(model: "mlp-bn-16-8", optimizer: "sgd"), Task(model: "cnn-4", optimizer: "adam"),
  ]

  var testDescription: String { "\(model), \(optimizer)" }

  func trainer(groups: [ParameterGroup] = [.all]) throws -> Trainer {
    let network = try ModelSpecification(parsing: model)
      .network(inputShape: [4, 4, 1], outputCount: 3, groups: groups)
    return try Trainer(
      network: network, loss: .crossEntropy, optimizer: OptimizerConfiguration(parsing: optimizer),
      batchSize: 16,
      seed: seed)
  }

  var batches: CloudBatches { CloudBatches(stream: RandomStream(seed: seed, purpose: .dataOrder)) }
  var emptyBatch: Batch { Batch(capacity: 16, inputCount: 16) }

  var heldOut: Batch {
    var source = CloudBatches(stream: RandomStream(seed: 99, purpose: .dataOrder))
    var batch = emptyBatch
    source.next(into: &batch)
    return batch
  }
}

/// Three clouds of points in 16 dimensions.
struct CloudBatches: BatchSource {
  var stream: RandomStream

  mutating func next(into batch: inout Batch) {
    batch.count = 16
    for row in 0..<16 {
      let label = stream.integer(below: 3)
      batch.labels[row] = Int32(label)
      for column in 0..<16 {
        batch.inputs[row * 16 + column] = Float(stream.normal()) + (column % 3 == label ? 1.5 : 0)
      }
    }
  }
}
