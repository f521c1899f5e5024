import Foundation
import TestSupport
import Testing
import TrainingEngine

@Suite("Optimizers against PyTorch")
struct GoldenOptimizerTests {
  static let files = goldenFiles(in: "tensors") { name in
    name.hasPrefix("opt-sgd") || name == "opt-adam.safetensors"
  }

  @Test("there are paths of SGD and Adam")
  func complete() {
    #expect(Self.files.contains { $0.lastPathComponent.hasPrefix("opt-sgd") })
    #expect(Self.files.contains { $0.lastPathComponent.hasPrefix("opt-adam") })
  }

  @Test("every step of a recorded path is PyTorch's", arguments: files)
  func path(_ url: URL) throws {
    let file = try SafetensorsFile(url)
    let initial = try file.tensor("parameter.initial")
    let gradients = try file.tensor("gradients")
    let path = try file.tensor("parameters")
    let count = initial.values.count
    let learningRate = try #require(file.metadata["lr"].flatMap { Double($0) })
    // The path's parameter is the weight; the bias has no gradient.
    let network = try Network(name: "path", layers: [Linear(1)], inputShape: [count])
    let trainer = try Trainer(
      network: network, loss: .meanSquaredError, optimizer: Self.configuration(file), batchSize: 1, seed: 0)
    try trainer.setParameter(named: "0.weight", values: initial.floats)
    for step in 0..<gradients.shape[0] {
      let range = step * count..<(step + 1) * count
      try trainer.setGradient(named: "0.weight", values: gradients.values[range].map(Float.init))
      _ = trainer.update(learningRates: [learningRate])
      #expect(relativeDistance(try trainer.parameter(named: "0.weight"), Array(path.values[range])) < 1e-5)
    }
  }

  private static func configuration(_ file: SafetensorsFile) throws -> OptimizerConfiguration {
    func number(_ key: String, _ standard: Double) throws -> Double {
      try #require(Double(file.metadata[key] ?? String(standard)))
    }
    let weightDecay = try number("weight_decay", 0)
    guard file.name.hasPrefix("opt-adam") else {
      return .sgd(
        momentum: try number("momentum", 0), weightDecay: weightDecay,
        nesterov: file.metadata["nesterov"] == "True")
    }
    let betas = try #require(file.metadata["betas"]).split(separator: ",").compactMap { Double($0) }
    return .adam(
      beta1: betas[0], beta2: betas[1], epsilon: try number("eps", 1e-8), weightDecay: weightDecay)
  }
}
