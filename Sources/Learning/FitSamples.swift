internal import CurveModel
internal import Glibc
internal import LearnedStrategy
internal import Scoring
internal import StrategyKit

/// The range tests of a table as rows of numbers.
struct FitSamples {
  /// What varies among the inputs of the reading.
  private let inputs: [RateModel.Quantity]
  private let values: [[Double]]
  private let tasks: [Int]
  private let families: [String]
  private let tables: [RegretTable]
  private let centres: [Double]
  private let weights: [Double]

  /// Reads the inputs of every range test that has them all; those that are the same in all range tests are none.
  ///
  /// - Throws: ``LearningError``.
  init(
    _ table: ExampleTable, _ reading: (name: String, inputs: [RateModel.Quantity]), _ tables: [RegretTable]
  ) throws(LearningError) {
    self.tables = tables
    var rows: [[Double]] = []
    var tasks: [Int] = []
    var optimizersAreKnown = false
    for test in table.rangeTests {
      guard let situation = try? Situation(test.context) else { continue }
      optimizersAreKnown = true
      let row = reading.inputs.map { situation.value(of: $0, test.features) }
      guard row.allSatisfy({ $0 != nil }) else { continue }
      rows.append(row.compactMap(\.self))
      tasks.append(test.task)
    }
    guard optimizersAreKnown else { throw .noKnownOptimizer }
    guard !rows.isEmpty else { throw .noRangeTest(reading: reading.name) }
    let varying = reading.inputs.indices.filter { column in !Statistics(rows.map { $0[column] }).isConstant }
    inputs = varying.map { reading.inputs[$0] }
    values = rows.map { row in varying.map { row[$0] } }
    let seen = Set(tasks.map { table.tasks[$0].description.family })
    guard seen.count >= RateLearning.fewestFamilies else {
      throw .tooFewFamilies(seen.count, of: "whose range tests have all inputs")
    }
    self.tasks = tasks
    families = table.tasks.map(\.description.family)
    centres = table.tasks.map { Self.centre(of: $0.regret) }
    var counts = [Int](repeating: 0, count: table.tasks.count)
    for task in tasks { counts[task] += 1 }
    weights = tasks.map { 1 / Double(counts[$0]) }
  }

  /// The middle of a task's good rates, log10.
  private static func centre(of curve: RegretCurve) -> Double {
    let lowest = curve.regrets.min() ?? 0
    let good = curve.rates.indices.filter { curve.regrets[$0] <= lowest + RateLearning.goodRegret }
    return (curve.rates[good[0]].log10 + curve.rates[good[good.count - 1]].log10) / 2
  }

  /// Fits on all families but one.
  func fit(leavingOut family: String?) -> RateModel.Fit {
    let chosen = values.indices.filter { families[tasks[$0]] != family }
    let statistics = inputs.indices.map { column in Statistics(chosen.map { values[$0][column] }) }
    let rows = chosen.map { index in
      [1] + zip(values[index], statistics).map { $1.standardised($0) }
    }
    let fitted = RegretFit(
      rows: rows, tables: chosen.map { tables[tasks[$0]] }, targets: chosen.map { centres[tasks[$0]] },
      weights: chosen.map { weights[$0] }
    ).coefficients()
    let raw = zip(fitted.dropFirst(), statistics).map { $0 / $1.deviation }
    let intercept = fitted[0] - zip(raw, statistics).reduce(0) { $0 + $1.0 * $1.1.mean }
    let answers = chosen.map { index in
      zip(raw, values[index]).reduce(intercept) { $0 + $1.0 * $1.1 }
    }
    let (below, above) = interval(of: answers, chosen)
    return RateModel.Fit(
      leftOut: family, intercept: intercept,
      inputs: inputs.indices.map { column in
        RateModel.Input(
          quantity: inputs[column], coefficient: raw[column], mean: statistics[column].mean,
          lowest: statistics[column].lowest, highest: statistics[column].highest)
      }, below: below, above: above)
  }

  /// How far answers can be moved until their mean regret has risen noticeably, in decades.
  private func interval(of answers: [Double], _ chosen: [Int]) -> (below: Double, above: Double) {
    let total = chosen.reduce(0) { $0 + weights[$1] }
    func regret(_ shift: Double) -> Double {
      zip(chosen, answers).reduce(0) { sum, sample in
        sum + weights[sample.0] * tables[tasks[sample.0]].value(at: sample.1 + shift).regret
      } / total
    }
    let limit = regret(0) + RateLearning.intervalRegret
    let steps = (0...150).map { Double($0) / 100 }
    return (-(steps.last { regret(-$0) <= limit } ?? 0), steps.last { regret($0) <= limit } ?? 0)
  }

  private struct Statistics {
    let mean, deviation, lowest, highest: Double

    /// Values that differ by rounding alone are the same.
    private static let rounding = 1e-9

    /// Whether all values are the same.
    var isConstant: Bool { highest - lowest <= Self.rounding * max(abs(lowest), abs(highest)) }

    /// The distance from the mean in standard deviations; 0 where nothing varies, so that such an input weighs nothing.
    func standardised(_ value: Double) -> Double { isConstant ? 0 : (value - mean) / deviation }

    init(_ values: [Double]) {
      let count = Double(values.count)
      let mean = values.reduce(0, +) / count
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
      self.mean = mean
      deviation = variance > 0 ? variance.squareRoot() : 1
      lowest = values.min() ?? mean
      highest = values.max() ?? mean
    }
  }
}
