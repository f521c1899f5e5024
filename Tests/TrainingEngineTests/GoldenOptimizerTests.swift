import Foundation
import TestSupport
import Testing
import TrainingEngine

/// A recorded path of an optimizer: 25 gradients and the parameters after each.
struct GoldenPath: Sendable, CustomTestStringConvertible {
  let url: URL
  let optimizer: OptimizerConfiguration
  let learningRate: Double

  var testDescription: String { url.path }

  static let all = goldenFiles(in: "tensors") { $0.hasPrefix("opt-") && $0.hasSuffix(".safetensors") }
    .compactMap { url in try? GoldenPath(url) }

  init(_ url: URL) throws {
    self.url = url
    let metadata = try SafetensorsFile(url).metadata
    func number(_ key: String, _ standard: Double) throws -> Double {
      try #require(Double(metadata[key] ?? String(standard)))
    }
    learningRate = try #require(metadata["lr"].flatMap { Double($0) })
    let betas = (metadata["betas"] ?? "0.9,0.999").split(separator: ",").compactMap { Double($0) }
    let weightDecay = try number("weight_decay", 0)
    let epsilon = try number("eps", 1e-8)
    let name = url.deletingPathExtension().lastPathComponent.dropFirst("opt-".count)
    // The longest first: `rmsprop-momentum` is `rmsprop` with a setting, `fastai-adam` no `fastai`.
    let family =
      ["fastai-adam", "fastai-lamb"].first(where: name.hasPrefix) ?? String(name.prefix { $0 != "-" })
    optimizer =
      switch family {
      case "sgd":
        .sgd(
          momentum: try number("momentum", 0), weightDecay: weightDecay,
          nesterov: metadata["nesterov"] == "True")
      case "adam": .adam(beta1: betas[0], beta2: betas[1], epsilon: epsilon, weightDecay: weightDecay)
      case "adamw": .adamW(beta1: betas[0], beta2: betas[1], epsilon: epsilon, weightDecay: weightDecay)
      case "rmsprop":
        .rmsProp(
          decay: try number("alpha", 0.99), epsilon: epsilon, momentum: try number("momentum", 0),
          weightDecay: weightDecay)
      case "adagrad": .adagrad(epsilon: epsilon, weightDecay: weightDecay)
      case "radam": .rAdam(beta1: betas[0], beta2: betas[1], epsilon: epsilon, weightDecay: weightDecay)
      case "nadam":
        .nAdam(
          beta1: betas[0], beta2: betas[1], epsilon: epsilon,
          momentumDecay: try number("momentum_decay", 0.004), weightDecay: weightDecay)
      case "lion": .lion(beta1: betas[0], beta2: betas[1], weightDecay: weightDecay)
      case "fastai-lamb":
        .lamb(
          momentum: try number("mom", 0.9), squareMomentum: try number("sqr_mom", 0.99), epsilon: epsilon,
          weightDecay: try number("wd", 0))
      case "fastai-adam":
        .fastaiAdam(
          momentum: try number("mom", 0.9), squareMomentum: try number("sqr_mom", 0.99), epsilon: epsilon,
          weightDecay: try number("wd", 0))
      default: throw MissingTensor(name: url.lastPathComponent)
      }
  }
}

@Suite("Optimizers against PyTorch and fastai")
struct GoldenOptimizerTests {
  @Test("every recorded path is understood, and every optimizer of the shared files has one")
  func complete() {
    let files = goldenFiles(in: "tensors") { $0.hasPrefix("opt-") && $0.hasSuffix(".safetensors") }
    #expect(GoldenPath.all.count == files.count)
    // The path of Lion is made here: a replacing folder need not have one.
    let recorded = Set(GoldenPath.all.map(\.optimizer.family) + ["lion"])
    // Self-tuning ones have paths of their own.
    let others = Set(SelfTuning.Method.allCases.map(\.rawValue))
    #expect(recorded == Set(OptimizerConfiguration.families).subtracting(others))
  }

  @Test("every step of a recorded path is the reference's", arguments: GoldenPath.all)
  func path(_ subject: GoldenPath) throws {
    let file = try SafetensorsFile(subject.url)
    let initial = try file.tensor("parameter.initial")
    let gradients = try file.tensor("gradients")
    let path = try file.tensor("parameters")
    let count = initial.values.count
    // The path's parameter is the weight; the bias has no gradient.
    let network = try Network(name: "path", layers: [Linear(1)], inputShape: [count])
    let trainer = try Trainer(
      network: network, loss: .meanSquaredError, optimizer: subject.optimizer, batchSize: 1, seed: 0)
    try trainer.setParameter(named: "0.weight", values: initial.floats)
    var distances: [Double] = []
    for step in 0..<gradients.shape[0] {
      let range = step * count..<(step + 1) * count
      try trainer.setGradient(named: "0.weight", values: gradients.values[range].map(Float.init))
      _ = trainer.update(learningRates: [subject.learningRate])
      distances.append(
        relativeDistance(try trainer.parameter(named: "0.weight"), Array(path.values[range])))
    }
    #expect(distances.count == path.shape[0])
    let worst = distances.max() ?? .infinity
    #expect(worst < 1e-5)
  }
}
