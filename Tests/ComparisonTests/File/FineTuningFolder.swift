import Comparison
import DatasetKit
import Foundation
import ImageCodec
import ModelZoo
import TrainingEngine

/// A folder with weights of little networks and a few painted photographs, removed with the test.
final class FineTuningFolder {
  private let root = FileManager.default.temporaryDirectory.appendingPathComponent(
    "tuning-\(UUID().uuidString)")

  init() throws {
    try FileManager.default.createDirectory(
      at: root.appendingPathComponent("pictures"), withIntermediateDirectories: true)
    try weights("net", "mlp-8", seed: 1)
    try weights("copy", "mlp-8", seed: 1)
    try weights("other", "mlp-8", seed: 2)
    try weights("wide", "mlp-9", seed: 1)
    for (index, breed) in ["Bengal", "pug"].enumerated() {
      for number in 1...10 {
        let shade = UInt8(100 * index + 5 * number)
        let picture = Picture(width: 40, height: 36, rgb: [UInt8](repeating: shade, count: 3 * 40 * 36))
        try Data(picture.jpeg(quality: 90)).write(
          to: root.appendingPathComponent("pictures/\(breed)_\(number).jpg"))
      }
    }
  }

  deinit { try? FileManager.default.removeItem(at: root) }

  func path(_ name: String) -> String { root.appendingPathComponent(name).path }

  /// Writes the weights that a network for digits begins with.
  func weights(_ name: String, _ model: String, seed: UInt64) throws {
    let network = try ModelSpecification(parsing: model).network(inputShape: [8, 8, 1], outputCount: 10)
    let trainer = try Trainer(
      network: network, loss: .crossEntropy, optimizer: .sgd(), batchSize: 1, seed: seed)
    try trainer.checkpoint().write(to: path("\(name).safetensors"))
  }

  /// Removes a photograph.
  func removePhotograph() throws { try FileManager.default.removeItem(atPath: path("pictures/pug_1.jpg")) }

  /// The comparison with these lines of a matrix, in a file of this folder.
  func comparison(_ lines: String) throws -> Comparison {
    let text = SampleFile.matrix(lines)
    try Data(text.utf8).write(to: root.appendingPathComponent("test.yaml"))
    return try Comparison(parsing: text, path: path("test.yaml"))
  }
}
