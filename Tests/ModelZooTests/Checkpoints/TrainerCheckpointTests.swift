import ModelZoo
import TestSupport
import Testing
import TrainingEngine

@Suite("Checkpoints on trainers")
struct TrainerCheckpointTests {
  private static func trainer(classes: Int = 3, seed: UInt64 = 1) throws -> Trainer {
    try Trainer(
      network: ModelSpecification(parsing: "cnn-2").network(inputShape: [4, 6, 2], outputCount: classes),
      loss: .crossEntropy, optimizer: .sgd(), batchSize: 4, seed: seed)
  }

  private static func batch() -> Batch {
    var numbers = SeededNumbers(seed: 3)
    var batch = Batch(capacity: 4, inputCount: 48)
    for index in batch.inputs.indices { batch.inputs[index] = Float(numbers.normal()) }
    batch.labels = [0, 1, 2, 1]
    batch.count = 4
    return batch
  }

  /// The tensors of a trainer that has learned a little, so that the running statistics have moved.
  private static func learned() throws -> Checkpoint {
    let trainer = try trainer(seed: 2)
    for _ in 0..<3 { _ = trainer.step(batch(), learningRates: [0.1]) }
    return try trainer.checkpoint()
  }

  /// The same tensors under changed names, or without those whose new name is nil.
  private static func renamed(_ checkpoint: Checkpoint, _ name: (String) -> String?) throws -> Checkpoint {
    try Checkpoint(
      checkpoint.names.compactMap { old in
        guard let new = name(old), let tensor = checkpoint[old] else { return nil }
        return (new, tensor)
      })
  }

  private static func loadError(
    _ trainer: Trainer, _ checkpoint: Checkpoint, leavingOut prefixes: [String] = []
  ) -> CheckpointError? {
    do {
      try trainer.load(checkpoint, leavingOut: prefixes)
      return nil
    } catch {
      return error
    }
  }

  @Test(
    "another trainer answers alike after loading, also by way of a file", arguments: ["", "module.", "a.b."])
  func loads(_ prefix: String) throws {
    let learned = try Self.learned()
    let first = try Self.trainer(seed: 5)
    try first.load(learned)
    let second = try Self.trainer(seed: 6)
    let file = try Self.renamed(learned) { prefix + $0 }.safetensorsBytes()
    try second.load(Checkpoint(bytes: file))
    #expect(first.snapshot() == second.snapshot())
    #expect(first.outputs(for: Self.batch()) == second.outputs(for: Self.batch()))
    #expect(try first.outputs(for: Self.batch()) != Self.trainer(seed: 5).outputs(for: Self.batch()))
    // Distances count from what was loaded.
    #expect(first.step(Self.batch(), learningRates: [0]).distanceFromStart == 0)
  }

  @Test("PyTorch's counters of a batch norm are passed over, others are not")
  func counters() throws {
    let learned = try Self.learned()
    func with(_ name: String) throws -> Checkpoint {
      try Checkpoint(
        learned.names.compactMap { name in learned[name].map { (name, $0) } }
          + [(name, CheckpointTensor(shape: [], values: [3]))])
    }
    let trainer = try Self.trainer()
    #expect(Self.loadError(trainer, try with("1.num_batches_tracked")) == nil)
    #expect(
      Self.loadError(trainer, try with("0.num_batches_tracked"))
        == .misfit(network: "cnn-2", CheckpointMisfit(unexpected: ["0.num_batches_tracked"])))
  }

  @Test("all that does not fit is named, and nothing is changed")
  func misfit() throws {
    let learned = try Self.learned()
    let trainer = try Self.trainer(classes: 5)
    let before = trainer.snapshot()
    let wrong = try Self.renamed(learned) { $0 == "1.running_mean" ? nil : $0 == "0.bias" ? "0.shift" : $0 }
    let error = Self.loadError(trainer, wrong)
    #expect(
      error
        == .misfit(
          network: "cnn-2",
          CheckpointMisfit(
            missing: ["0.bias", "1.running_mean"], unexpected: ["0.shift"],
            misshapen: [
              .init(name: "5.weight", found: [3, 12], expected: [5, 12]),
              .init(name: "5.bias", found: [3], expected: [5]),
            ])))
    #expect(
      error?.description
        == "the checkpoint does not fit cnn-2: it lacks 0.bias, 1.running_mean; cnn-2 has no 0.shift; 5.weight has"
        + " the shape [3, 12], not [5, 12] (and 1 more): use the model that it was saved from, or leave these"
        + " tensors out")
    #expect(trainer.snapshot() == before)
  }

  @Test("a head of another size is left out and keeps its initial values")
  func leavingOut() throws {
    let learned = try Self.learned()
    let trainer = try Self.trainer(classes: 5)
    let head = try trainer.parameter(named: "5.weight")
    #expect(Self.loadError(trainer, learned, leavingOut: ["5."]) == nil)
    #expect(try trainer.parameter(named: "5.weight") == head)
    #expect(try trainer.checkpoint()["0.weight"]?.floats() == learned["0.weight"]?.floats())
    // It need not be in the checkpoint at all.
    let headless = try Self.renamed(learned) { $0.hasPrefix("5.") ? nil : $0 }
    #expect(Self.loadError(trainer, headless, leavingOut: ["5."]) == nil)
    #expect(
      Self.loadError(trainer, learned, leavingOut: ["fc."])
        == .nothingToLeaveOut(prefix: "fc.", examples: ["1.running_mean", "1.running_var"]))
  }

  @Test("an axis over a flattened picture is reordered, wherever features keep its order")
  func flattened() throws {
    let (height, width, channels) = (2, 3, 4)
    let network = try Network(
      name: "flat", layers: [Flatten(), BatchNorm(), ReLU(), LayerNorm(), Dropout(rate: 0), Linear(2)],
      inputShape: [height, width, channels])
    let trainer = try Trainer(
      network: network, loss: .crossEntropy, optimizer: .sgd(), batchSize: 1, seed: 1)
    let count = height * width * channels
    // Each value says its place in PyTorch's order.
    func place(_ ours: Int) -> Float {
      let (pixel, channel) = (ours / channels, ours % channels)
      return Float(channel * height * width + pixel)
    }
    let row = (0..<count).map(place)
    for name in ["1.weight", "1.bias", "3.weight", "3.bias"] {
      try trainer.setParameter(named: name, values: row)
    }
    for name in ["1.running_mean", "1.running_var"] { try trainer.setBuffer(named: name, values: row) }
    try trainer.setParameter(named: "5.weight", values: row + row.map { $0 + Float(count) })
    let written = try trainer.checkpoint()
    let counted = (0..<count).map(Float.init)
    for name in written.names where name != "5.bias" && name != "5.weight" {
      #expect(written[name]?.floats() == counted, "\(name)")
    }
    #expect(written["5.weight"]?.floats() == (0..<2 * count).map(Float.init))
    #expect(written["5.weight"]?.shape == [2, count])
    trainer.markStart()
    let before = trainer.snapshot()
    try trainer.load(written)
    #expect(trainer.snapshot() == before)
  }
}
