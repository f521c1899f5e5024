import Foundation
import TestSupport
import Testing
import TrainingEngine

/// A recorded path of a self-tuning optimizer; written by `scripts/golden/learning_rate_free.py`.
struct GoldenSelfTuningPath: Sendable, CustomTestStringConvertible {
  let url: URL
  let settings: SelfTuning
  /// The prefixes of the parameter groups, and what the rate is multiplied by for each.
  let groups: [(prefix: String, factor: Double)]

  var testDescription: String { url.path }

  static let files = goldenFiles(in: "tensors") { $0.hasPrefix("free-") && $0.hasSuffix(".safetensors") }
  static let all = files.compactMap { url in try? GoldenSelfTuningPath(url) }

  init(_ url: URL) throws {
    self.url = url
    let metadata = try SafetensorsFile(url).metadata
    func number(_ key: String) -> Double? { metadata[key].flatMap { Double($0) } }
    let betas = metadata["betas"].map { $0.split(separator: ",").compactMap { Double($0) } }
    settings = SelfTuning(
      try #require(metadata["optimizer"].flatMap { SelfTuning.Method(rawValue: $0) }),
      momentum: betas?[0] ?? number("momentum"), squareMomentum: betas?[1], epsilon: number("eps"),
      initialEstimate: number("d0") ?? number("reps_rel"), weightDecay: number("weight_decay"))
    let prefixes = (metadata["groups"] ?? "").split(separator: ",").map(String.init)
    let factors = (metadata["factors"] ?? "").split(separator: ",").compactMap { Double($0) }
    groups = prefixes.isEmpty ? [("", 1)] : Array(zip(prefixes, factors))
  }
}

/// How far a path is from the recorded one: the worst step of each.
struct PathDistance {
  /// Of the parameters.
  var parameters = 0.0
  /// Of how far they are from their initial values, which rounding blurs where they have hardly moved.
  var movement = 0.0
  /// Of the estimate.
  var estimate = 0.0
  /// Of the average that is evaluated.
  var evaluated = 0.0
}

@Suite("Self-tuning optimizers against their packages")
struct GoldenSelfTuningTests {
  @Test("every recorded path is understood, and every method has one")
  func complete() throws {
    #expect(GoldenSelfTuningPath.all.count == GoldenSelfTuningPath.files.count)
    let recorded = Set(GoldenSelfTuningPath.all.map(\.settings.method))
    // A folder that replaces the fixtures need not have any.
    let hasFixtures = GoldenFolders.folders(of: "tensors").contains {
      $0.deletingLastPathComponent().path == GoldenFolders.fixturesFolder()?.path
    }
    #expect(!hasFixtures || recorded == Set(SelfTuning.Method.allCases))
  }

  @Test("every step of a recorded path is the package's", arguments: GoldenSelfTuningPath.all)
  func path(_ subject: GoldenSelfTuningPath) throws {
    let worst = try distance(subject)
    #expect(worst.parameters < 1e-5 && worst.estimate < 1e-5 && worst.evaluated < 1e-5, "\(worst)")
  }

  private func distance(_ subject: GoldenSelfTuningPath) throws -> PathDistance {
    let file = try SafetensorsFile(subject.url)
    let weights = (try file.tensor("initial.0.weight").shape, try file.tensor("initial.1.weight").shape)
    let network = try Network(
      name: "path", layers: [Linear(weights.0[0]), Linear(weights.1[0])], inputShape: [weights.0[1]],
      groups: subject.groups.map { ParameterGroup(name: "group \($0.prefix)", prefixes: [$0.prefix]) })
    let trainer = try Trainer(
      network: network, loss: .crossEntropy, optimizer: .selfTuning(subject.settings), batchSize: 1, seed: 0)
    let names = network.parameters.map(\.name)
    for name in names {
      try trainer.setParameter(named: name, values: file.tensor("initial.\(name)").floats)
    }
    var worst = PathDistance()
    let initial = try names.flatMap { try file.tensor("initial.\($0)").values }
    let estimates = subject.settings.needsRate ? nil : try file.tensor("estimates").values
    for (step, rate) in try file.tensor("learning_rates").values.enumerated() {
      func recorded(_ part: String, _ name: String) throws -> [Double] {
        let tensor = try file.tensor("\(part).\(name)")
        let count = tensor.values.count / tensor.shape[0]
        return Array(tensor.values[step * count..<(step + 1) * count])
      }
      for name in names {
        try trainer.setGradient(named: name, values: recorded("gradients", name).map(Float.init))
      }
      _ = trainer.update(learningRates: subject.groups.map { rate * $0.factor })
      let actual = try names.flatMap { try trainer.parameter(named: $0) }
      let expected = try names.flatMap { try recorded("parameters", $0) }
      worst.parameters = max(worst.parameters, relativeDistance(actual, expected))
      let moves = zip(actual, initial).map { Float(Double($0) - $1) }
      worst.movement = max(worst.movement, relativeDistance(moves, zip(expected, initial).map { $0 - $1 }))
      if let estimates {
        let found = try #require(trainer.estimatedLearningRate)
        worst.estimate = max(worst.estimate, abs(found / estimates[step] - 1))
      } else {
        let average = network.parameters.flatMap { trainer.values(of: $0) }
        worst.evaluated = max(
          worst.evaluated, relativeDistance(average, try names.flatMap { try recorded("evaluated", $0) }))
      }
    }
    return worst
  }
}
