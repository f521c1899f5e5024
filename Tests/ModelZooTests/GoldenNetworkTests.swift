import Foundation
import ModelZoo
import TestSupport
import Testing
import TrainingEngine

@Suite("Networks against PyTorch")
struct GoldenNetworkTests {
  /// Relative to the 2-norm of PyTorch's tensor.
  struct Tolerance {
    let forward, gradient: Double

    /// Direct convolutions.
    static let exact = Self(forward: 1e-5, gradient: 1e-4)
    /// Winograd's convolutions round up to seven times as coarsely; a tenth of these was measured on all networks.
    static let fast = Self(forward: 3e-5, gradient: 3e-4)
  }

  @Test("there are networks, and a script of ours made one of every family that can be small, but the linear")
  func complete() throws {
    #expect(GoldenNetwork.all.count >= 3)
    // A replacing folder need not have the files that a script of ours makes.
    if ProcessInfo.processInfo.environment["SUGGEST_REFERENCE"] == nil {
      let families = try GoldenNetwork.all.filter { $0.weightsName == nil }
        .map { String(describing: type(of: try $0.model().architecture)) }
      let others = [Logistic.self, EfficientNetLite.self].map { String(describing: $0) }
      let expected = ModelSpecification.architectures.map { String(describing: $0) }
      #expect(Set(families) == Set(expected).subtracting(others))
    }
  }

  @Test(
    "all published weights are here, each with its network's tensors",
    .enabled(if: GoldenNetwork.missing == nil, GoldenNetwork.missing))
  func published() throws {
    for golden in GoldenNetwork.all {
      let trainer = try golden.trainer(execution: Execution())
      #expect(try golden.weights().names.count >= trainer.network.parameters.count)
    }
  }

  @Test("exact kernels: outputs, loss and gradients equal PyTorch's", arguments: GoldenNetwork.complete)
  func exact(_ golden: GoldenNetwork) throws {
    try compare(golden, Execution(exact: true), .exact)
  }

  @Test("default kernels: outputs, loss and gradients are near PyTorch's", arguments: GoldenNetwork.complete)
  func fast(_ golden: GoldenNetwork) throws {
    try compare(golden, Execution(), .fast)
  }

  private func compare(_ golden: GoldenNetwork, _ execution: Execution, _ tolerance: Tolerance) throws {
    let (content, batch) = (try golden.content(), try golden.batch())
    if let logits = content["logits"] {
      let outputs = try golden.trainer(execution: execution).outputs(for: batch)
      #expect(relativeError(outputs, logits.floats()) < tolerance.forward)
    }
    guard let loss = content["train_loss"] else { return }
    let trainer = try golden.trainer(execution: execution, forTraining: true)
    #expect(relativeError([Float(trainer.computeGradients(batch))], loss.floats()) < tolerance.forward)
    try compareGradients(trainer, content, tolerance.gradient)
    let logits = try #require(content["logits_eval_after_one_train_forward"])
    #expect(relativeError(trainer.outputs(for: batch), logits.floats()) < tolerance.forward)
  }

  private func compareGradients(_ trainer: Trainer, _ content: Checkpoint, _ tolerance: Double) throws {
    let pairs = try trainer.network.parameters.compactMap { parameter in
      try content["\(parameter.name).gradient"].map {
        (parameter.name, try trainer.gradient(named: parameter.name), parameter.layout.values(of: $0))
      }
    }
    #expect(pairs.count == content.names.count { $0.hasSuffix(".gradient") })
    let all = norm(pairs.flatMap { $0.2 })
    for (name, actual, expected) in pairs {
      if norm(expected) > 1e-5 * all {
        #expect(relativeError(actual, expected) < tolerance, "\(name)")
      } else {
        // A bias before a batch norm has gradient 0 but for rounding: only its size can be compared.
        #expect(norm(actual) < 1e-5 * all, "\(name)")
      }
    }
  }

  @Test("what was loaded is written as it was, tensor by tensor", arguments: GoldenNetwork.complete)
  func roundTrip(_ golden: GoldenNetwork) throws {
    let weights = try golden.weights()
    let written = try golden.trainer(execution: Execution()).checkpoint()
    let isWrapped = weights.names.allSatisfy { $0.hasPrefix("module.") }
    let expected = isWrapped ? try weights.removingPrefix("module.") : weights
    let names = expected.names.filter { !$0.hasSuffix("num_batches_tracked") }
    #expect(written.names.sorted() == names.sorted())
    for name in names {
      #expect(written[name]?.shape == expected[name]?.shape, "\(name)")
      #expect(written[name]?.floats() == expected[name]?.floats(), "\(name)")
    }
  }
}
