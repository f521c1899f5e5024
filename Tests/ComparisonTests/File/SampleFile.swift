import Comparison
import Foundation
import TrainingEngine

/// Comparison files for tests, and data sets of every kind.
enum SampleFile {
  /// The smallest file: one task.
  ///
  /// Its lines are counted by tests, so they stay as they are.
  static let smallest = """
    suggest: 1
    name: test
    matrix:
      dataset: digits
      model: mlp-64
      optimizer: sgd
      steps: 100

    """

  /// The smallest file with another matrix, whose lines are indented by two.
  static func matrix(_ lines: String) -> String {
    "suggest: 1\nname: test\nmatrix:\n" + lines.split(separator: "\n").map { "  \($0)\n" }.joined()
  }

  /// A hash and a version that say of what is not here that it is known.
  static let sha256 = String(repeating: "0a", count: 32)
  static let version = "0123456789abcdef"

  /// A file that uses every key.
  static let everything = """
    suggest: 1
    name: every-key_1.0
    matrix:
      - dataset: [digits, fashion-mnist]
        model: [mlp-64, cnn]
        optimizer: [sgd, {name: adam, weight-decay: 1e-4, momentum: 0.8}]
        schedule:
          - constant
          - {name: cosine, final-rate: 1e-5, warm-up: 0.1}
          - {name: step, milestones: [0.3, 0.6, 0.9]}
        zip:
          - {batch-size: 32, steps: 200}
          - {batch-size: 64, steps: [100, 150]}
        weight-decay: [0, 0.01]
        include:
          - {model: logistic, steps: 120}
        exclude:
          - {model: cnn, optimizer: sgd}
          - {schedule: {name: cosine, warm-up: 0.1, final-rate: 1e-5}, steps: 150, batch-size: 64}
      - {dataset: digits, model: mlp-8, optimizer: rmsprop, steps: 50}
      - dataset: pets
        model: cnn-4
        optimizer: sgd
        steps: 50
        from: {name: cnn.safetensors, sha256: \(sha256)}
        fresh: head
        freeze: body
        photographs:
          - {labels: folder, stratify: capital-initial, size: 32, split-seed: 3, augment: none, version: \(version)}
          - {size: 32, version: \(version)}
    range-tests:
      - {iterations: 50, start: 1e-6, end: 1}
      - {iterations: 100}
    grid:
      per-decade: 5
      from: 1e-3
      to: 1
      ranges: {sgd: {from: 1e-2, to: 10}, adam: {from: 1e-5, to: 1e-1}}
      extend: {from: 1e-6, to: 100}
      refine: false
    seeds: {grid: [3, 5, 8], suggestions: 2, range-tests: [7, 9]}
    evaluation: {count: 5, samples: 500, averaged: 2}
    strategies:
      - min10
      - {name: steepest, set: {bandwidth: [0.1, 0.3]}, evaluation: interpolated}
      - {name: faceswap, set: {strength: extreme}}
      - {name: all, evaluation: interpolated}

    """

  /// The comparison in `text`.
  static func comparison(_ text: String) throws -> Comparison {
    try Comparison(parsing: text, path: "test.yaml")
  }

  /// A file of the package.
  static func package(_ path: String) throws -> String {
    let root = (0..<4).reduce(URL(fileURLWithPath: #filePath)) { url, _ in url.deletingLastPathComponent() }
    return try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  /// A comparison of the package, with what stands beside its file.
  static func shipped(_ name: String) throws -> Comparison {
    let root = (0..<4).reduce(URL(fileURLWithPath: #filePath)) { url, _ in url.deletingLastPathComponent() }
    return try Comparison(
      at: root.appendingPathComponent("comparisons/\(name).yaml").path,
      reading: { [UInt8](try Data(contentsOf: URL(filePath: $0))) })
  }
}
