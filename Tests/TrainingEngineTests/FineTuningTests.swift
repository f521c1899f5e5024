import Foundation
import TestSupport
import Testing
import TrainingEngine

@Suite("Fine-tuning")
struct FineTuningTests {
  /// fastai's `combined_cos`: a cosine from `start` to `middle` for the share `rise`, then one to `end`.
  private func combinedCosine(_ rise: Double, _ start: Double, _ middle: Double, _ end: Double)
    -> (Double) -> Double
  {
    func cosine(_ from: Double, _ to: Double, _ t: Double) -> Double {
      from + (1 + cos(.pi * (1 - t))) * (to - from) / 2
    }
    return {
      $0 < rise ? cosine(start, middle, $0 / rise) : cosine(middle, end, ($0 - rise) / (1 - rise))
    }
  }

  private func expectEqual(
    _ schedule: Schedule, _ expected: (Double) -> Double, scale: Double,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    // 370 steps meet no place where pieces join, of which rounding would choose one.
    for index in 0..<371 {
      let position = Double(index) / 371
      #expect(
        abs(schedule.value(at: position) - expected(position)) < 1e-12 * scale, "\(position)",
        sourceLocation: sourceLocation)
    }
  }

  @Test("the head's rates are fine_tune's", arguments: [9e-3, 1e-5, 2])
  func rates(_ rate: Double) {
    expectEqual(
      FineTuning.learningRate(.frozen, rate), combinedCosine(0.99, rate / 25, rate, rate / 1e5), scale: rate)
    let half = rate / 2
    expectEqual(
      FineTuning.learningRate(.whole, rate), combinedCosine(0.3, half / 5, half, half / 1e5), scale: rate)
  }

  @Test("momentum moves against the rate, where the optimizer has one")
  func momentum() throws {
    for optimizer in [OptimizerConfiguration.sgd(), .fastaiAdam(), .adamW()] {
      expectEqual(
        try #require(FineTuning.momentum(.frozen, of: optimizer)), combinedCosine(0.99, 0.95, 0.85, 0.95),
        scale: 1)
      expectEqual(
        try #require(FineTuning.momentum(.whole, of: optimizer)), combinedCosine(0.3, 0.95, 0.85, 0.95),
        scale: 1)
    }
    for phase in FineTuning.Phase.allCases {
      #expect(FineTuning.momentum(phase, of: .sgd(momentum: 0)) == nil)
      #expect(FineTuning.momentum(phase, of: .adagrad()) == nil)
    }
  }

  @Test(
    "groups have the rates of slice(rate) frozen and of slice(rate / 100, rate) whole",
    arguments: [
      (1, [1], [1]), (2, [0.1, 1], [0.01, 1]), (3, [0.1, 0.1, 1], [0.01, 0.1, 1]),
      (5, [0.1, 0.1, 0.1, 0.1, 1], [0.01, 0.1 / 10.0.squareRoot(), 0.1, 1 / 10.0.squareRoot(), 1]),
    ])
  func factors(_ count: Int, _ frozen: [Double], _ whole: [Double]) {
    for (phase, expected) in [(FineTuning.Phase.frozen, frozen), (.whole, whole)] {
      let factors = FineTuning.rateFactors(phase, groups: count)
      #expect(factors.count == count && factors.last == 1)
      #expect(zip(factors, expected).allSatisfy { abs($0 / $1 - 1) < 1e-12 })
    }
  }

  @Test("a phase without epochs is left out, and the name says how many there are")
  func phases() {
    #expect(FineTuning().phases == [.frozen, .whole] && FineTuning().description == "fine-tune")
    #expect(FineTuning(frozenEpochs: 0).phases == [.whole])
    #expect(FineTuning(frozenEpochs: 3).description == "fine-tune(frozenEpochs: 3)")
  }

  /// The parts of the recorded schedules that are compared.
  private struct Recorded: Decodable {
    struct Entry: Decodable {
      struct Parameters: Decodable { let base_lr: Double? }
      let kind: String
      let parameters: Parameters
      let values: [Double]
    }
    let schedules: [Entry]
  }

  private static let files = goldenFiles(in: "tensors") { $0 == "schedules.json" }

  @Test("every recorded rate of fine_tune's phases is ours", arguments: files)
  func golden(_ url: URL) throws {
    let entries = try JSONDecoder().decode(Recorded.self, from: Data(contentsOf: url)).schedules
      .filter { $0.kind.hasPrefix("fine-tune") }
    #expect(!entries.isEmpty)
    for entry in entries {
      let rate = try #require(entry.parameters.base_lr)
      let phase = entry.kind.contains("unfrozen") ? FineTuning.Phase.whole : .frozen
      let factors = FineTuning.rateFactors(phase, groups: 3)
      let factor = entry.kind.contains("body") ? factors[0] : factors[2]
      let schedule = FineTuning.learningRate(phase, rate)
      let largest = try #require(entry.values.max())
      for (index, value) in entry.values.enumerated() {
        // fastai keeps positions in single precision.
        let ours = factor * schedule.value(step: index, of: entry.values.count)
        #expect(abs(ours - value) < 1e-6 * largest, "\(entry.kind), \(index)")
      }
    }
  }
}
