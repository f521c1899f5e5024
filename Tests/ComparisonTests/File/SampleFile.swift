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

  /// Facts of the data sets that the standard comparison names, and of any two kinds a test needs.
  static let datasets: [DatasetFacts] = {
    let pictures: [(String, SampleShape, Int)] = [
      ("digits", [8, 8, 1], 1437), ("fashion-mnist", [28, 28, 1], 60_000), ("mnist-5k", [28, 28, 1], 4000),
    ]
    let tables: [(String, SampleShape, Int, Int)] = [
      ("letter", [16], 26, 16_000), ("shuttle", [9], 7, 46_400), ("satellite", [36], 6, 5148),
      ("spam", [57], 2, 3680), ("adult", [108], 2, 39_073), ("breast-cancer", [30], 2, 455),
      ("wine", [13], 3, 142),
    ]
    let numbers: [(String, SampleShape, Int)] = [
      ("california", [8], 16_512), ("diamonds", [23], 43_152), ("concrete", [8], 824),
    ]
    return pictures.map { facts($0.0, .pictures, $0.1, 10, $0.2) }
      + tables.map { facts($0.0, .table, $0.1, $0.2, $0.3) }
      + numbers.map { facts($0.0, .table, $0.1, 1, $0.2, .meanSquaredError) }
      + [facts("shakespeare", .text, [64], 84, 14_000)]
  }()

  private static func facts(
    _ name: String, _ kind: DatasetFacts.Kind, _ shape: SampleShape, _ outputs: Int, _ count: Int,
    _ loss: Loss = .crossEntropy
  ) -> DatasetFacts {
    DatasetFacts(
      name: name, family: name, version: "\(name)-1", kind: kind, sampleShape: shape, outputCount: outputs,
      trainCount: count, loss: loss)
  }

  /// The comparison in `text`, with the data sets of these tests.
  static func comparison(_ text: String) throws -> Comparison {
    try Comparison(parsing: text, path: "test.yaml", datasets: datasets)
  }

  /// A file of the package.
  static func package(_ path: String) throws -> String {
    let root = (0..<4).reduce(URL(fileURLWithPath: #filePath)) { url, _ in url.deletingLastPathComponent() }
    return try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }
}
