import NumericKernels
import RandomStreams
import Testing
import TrainingEngine

/// A task of sequences: at every time, name the entry of the time before.
private struct Recall {
  static let entries = 5
  static let times = 6

  static func batch(_ seed: UInt64, count: Int = 8) -> Batch {
    var stream = RandomStream(seed: seed, purpose: .dataOrder)
    var batch = Batch(capacity: count, inputCount: times, labelCount: times)
    batch.count = count
    for place in 0..<count * times {
      let entry = stream.integer(below: entries)
      batch.inputs[place] = Float(entry)
      batch.labels[place] = place % times == 0 ? 0 : Int32(batch.inputs[place - 1])
    }
    return batch
  }

  static func network(_ layers: [any Layer]) throws -> Network {
    try Network(
      name: "recall", layers: [Embedding(entries: entries, features: 8)] + layers + [Linear(entries)],
      inputShape: [times])
  }
}

@Suite("Networks of sequences")
struct SequenceTests {
  @Test("a training makes room for a label at every time, and a source fills it")
  func loops() throws {
    struct Source: BatchSource {
      var seed: UInt64 = 0
      mutating func next(into batch: inout Batch) {
        let fresh = Recall.batch(seed)
        precondition(batch.labels.count == fresh.labels.count && batch.targets.isEmpty)
        batch = fresh
        seed += 1
      }
    }
    let trainer = try Trainer(
      network: Recall.network([GRU(16)]), loss: .crossEntropy,
      optimizer: OptimizerConfiguration(parsing: "adam"), batchSize: 8, seed: 0)
    var losses: [Double] = []
    _ = TrainingLoop(steps: 200, learningRate: .constant(0.01)).run(trainer, batches: Source()) {
      losses.append($2.loss)
    }
    #expect(losses[199] < 0.5 * losses[0])
  }

  static let bodies: [@Sendable () -> [any Layer]] = [
    { [GRU(16)] },
    {
      [
        GRU(8), Residual(Sequential([LayerNorm(), CausalSelfAttention(heads: 2)])),
        Residual(Sequential([LayerNorm(), Linear(16), GELU(), Linear(8)])),
      ]
    },
  ]

  @Test("every time has its loss, and training learns to look back", arguments: [0, 1])
  func learning(_ index: Int) throws {
    let network = try Recall.network(Self.bodies[index]())
    #expect(network.outputShape == [Recall.times, Recall.entries])
    let trainer = try Trainer(
      network: network, loss: .crossEntropy, optimizer: .adam(), batchSize: 8, seed: 1)
    let before = trainer.evaluate(Recall.batch(0))
    for seed in 1...400 as ClosedRange<UInt64> {
      _ = trainer.step(Recall.batch(seed), learningRates: [0.01])
    }
    let after = trainer.evaluate(Recall.batch(0))
    #expect(after.loss < before.loss / 4)
    #expect(try #require(after.errorRate) < 0.1)
  }

  @Test("gradients of a network of sequences are the slopes of its loss", arguments: [0, 1])
  func gradients(_ index: Int) throws {
    let network = try Recall.network(Self.bodies[index]())
    let trainer = try Trainer(
      network: network, loss: .crossEntropy, optimizer: .adam(), batchSize: 3, seed: 2)
    let batch = Recall.batch(1, count: 3)
    _ = trainer.computeGradients(batch)
    var actual: [Float] = []
    var slopes: [Double] = []
    for parameter in network.parameters { actual += try trainer.gradient(named: parameter.name) }
    for parameter in network.parameters {
      var values = try trainer.parameter(named: parameter.name)
      for place in values.indices {
        let value = values[place]
        func loss(at shifted: Float) throws -> Double {
          values[place] = shifted
          try trainer.setParameter(named: parameter.name, values: values)
          return trainer.computeGradients(batch)
        }
        slopes.append((try loss(at: value + 5e-3) - loss(at: value - 5e-3)) / 1e-2)
        _ = try loss(at: value)
      }
    }
    #expect(relativeDistance(actual, slopes) < 2e-3)
  }

  @Test("a time does not see the future")
  func causality() throws {
    for layer in [GRU(6), CausalSelfAttention(heads: 3)] as [any Layer] {
      let harness = try LayerHarness(layer, inputShape: [4, 6], samples: 1)
      for (index, parameter) in harness.planner.parameters.enumerated() {
        let view = try harness.parameter(parameter.name)
        view.copy(from: normals(view.count, seed: UInt64(index)))
      }
      var input = normals(24, seed: 9)
      let before = harness.forward(input)
      for place in 12..<24 { input[place] += 1 }
      let after = harness.forward(input)
      #expect(before[..<12] == after[..<12])
      #expect(before[12...] != after[12...])
    }
  }
}
