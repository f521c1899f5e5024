import Foundation
import ModelZoo
import TestSupport
import Testing
import TrainingEngine

/// Trainers and a batch for the tests of fastai's head.
enum SmallLearner {
  static let classes = 3

  static func trainer(
    _ name: String, input: SampleShape = [18, 17, 3], seed: UInt64 = 1
  ) throws -> Trainer {
    try Trainer(
      network: ModelSpecification(parsing: name).network(inputShape: input, outputCount: classes),
      loss: .crossEntropy, optimizer: .adam(), batchSize: 4, seed: seed)
  }

  static func batch() -> Batch {
    var numbers = SeededNumbers(seed: 8)
    var batch = Batch(capacity: 4, inputCount: 18 * 17 * 3)
    for index in batch.inputs.indices { batch.inputs[index] = Float(numbers.normal()) }
    batch.labels = [0, 1, 2, 1]
    batch.count = 4
    return batch
  }
}

@Suite("Backbones with fastai's head, from checkpoints")
struct VisionLearnerCheckpointTests {
  @Test("a checkpoint of torchvision's names fills the body, and only where its classifier is passed over")
  func publishedNames() throws {
    let plain = try SmallLearner.trainer("resnet18-small-width4", seed: 2)
    _ = plain.step(SmallLearner.batch(), learningRates: [0.1])
    let published = try Checkpoint(bytes: plain.checkpoint().safetensorsBytes())
    #expect(published.names.contains("fc.weight"))
    let learner = try SmallLearner.trainer("resnet18-small-width4-fastai", seed: 3)
    let before = learner.snapshot()
    func refusal(leavingOut prefixes: [String], passingOver modules: [String]) -> CheckpointMisfit? {
      let error = #expect(throws: CheckpointError.self) {
        try learner.load(published, leavingOut: prefixes, passingOver: modules)
      }
      guard case .misfit(_, let misfit)? = error else { return nil }
      return misfit
    }
    #expect(
      refusal(leavingOut: ["head."], passingOver: [])
        == CheckpointMisfit(unexpected: ["fc.weight", "fc.bias"]))
    #expect(refusal(leavingOut: ["head."], passingOver: ["f", "fc.weight"])?.unexpected.count == 2)
    let missing = refusal(leavingOut: [], passingOver: ["fc"])?.missing ?? []
    #expect(missing.count == 10 && missing.allSatisfy { $0.hasPrefix("head.") })
    #expect(learner.snapshot() == before)

    let head = try learner.parameter(named: "head.4.weight")
    try learner.load(
      published, leavingOut: ["head."],
      passingOver: ModelSpecification(parsing: "resnet18-fastai")
        .architecture.replacedModules)
    #expect(try learner.parameter(named: "head.4.weight") == head)
    let loaded = try learner.checkpoint()
    let body = loaded.names.filter { !$0.hasPrefix("head.") }
    #expect(body.count == published.names.count - 2)
    for name in body { #expect(loaded[name]?.floats() == published[name]?.floats(), "\(name)") }
  }

  private static let liteFile = KnownCheckpoint.all.first { $0.name.hasPrefix("efficientnet-lite0") }?.file

  @Test(
    "EfficientNet-Lite0's published weights fill the body",
    .enabled(if: liteFile != nil, "no EfficientNet-Lite0 in \(KnownCheckpoint.places)"))
  func publishedLite() throws {
    let published = try Checkpoint.read(from: try #require(Self.liteFile).path)
    let learner = try SmallLearner.trainer("efficientnet-lite0-fastai", input: [32, 32, 3])
    try learner.load(published, leavingOut: ["head."], passingOver: ["_fc"])
    let loaded = try learner.checkpoint()
    let body = loaded.names.filter { !$0.hasPrefix("head.") }
    let names = published.names.filter { !$0.hasPrefix("_fc.") && !$0.hasSuffix("num_batches_tracked") }
    #expect(Set(body) == Set(names))
    for name in body { #expect(loaded[name]?.floats() == published[name]?.floats(), "\(name)") }
  }

  @Test("a saved learner answers the same, bit for bit, where it is loaded")
  func saved() throws {
    let learner = try SmallLearner.trainer("resnet18-small-width4-fastai", seed: 3)
    for _ in 0..<3 { _ = learner.step(SmallLearner.batch(), learningRates: [0.01]) }
    let copy = try SmallLearner.trainer("resnet18-small-width4-fastai", seed: 4)
    #expect(copy.outputs(for: SmallLearner.batch()) != learner.outputs(for: SmallLearner.batch()))
    try copy.load(Checkpoint(bytes: learner.checkpoint().safetensorsBytes()))
    #expect(copy.outputs(for: SmallLearner.batch()) == learner.outputs(for: SmallLearner.batch()))
    let (saved, loaded) = (try learner.checkpoint(), try copy.checkpoint())
    #expect(saved.names == loaded.names)
    for name in saved.names {
      #expect(saved[name]?.floats().map(\.bitPattern) == loaded[name]?.floats().map(\.bitPattern), "\(name)")
    }
  }
}
