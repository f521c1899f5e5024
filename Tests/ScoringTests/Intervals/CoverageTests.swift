import Foundation
import RandomStreams
import Testing

@testable import Scoring

/// How often intervals hold the truth, by simulation: the figures of `docs/statistics.md`.
///
/// `scripts/check-coverage.sh` runs every case with thousands of repeats and prints the table; otherwise a few cases with
/// few repeats show that nothing is grossly wrong.
@Suite(.serialized) struct CoverageTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var families: [Int]
    var isSkewed: Bool
    var name: String

    var testDescription: String { "\(name), \(isSkewed ? "skewed" : "normal")" }

    /// Equal families of four tasks, or of one to eight.
    static func cases(_ count: Int) -> [Case] {
      let sizes = [1, 2, 3, 4, 4, 6, 8, 2]
      let unequal = (0..<count).map { sizes[$0 % sizes.count] }
      return [false, true].flatMap { isSkewed in
        [
          Case(families: Array(repeating: 4, count: count), isSkewed: isSkewed, name: "\(count) equal"),
          Case(families: unequal, isSkewed: isSkewed, name: "\(count) unequal"),
        ]
      }
    }
  }

  private static let asked = ProcessInfo.processInfo.environment["SUGGEST_COVERAGE_REPEATS"].flatMap {
    Int($0)
  }
  private static let repeats = asked ?? 80
  private static let cases =
    asked == nil
    ? [Case.cases(8)[0], Case.cases(12)[1], Case.cases(12)[2]] : [8, 12, 20, 40].flatMap(Case.cases)

  @Test(arguments: cases)
  func `An interval holds the truth about as often as it says, and chance finds few differences`(
    _ setup: Case
  )
    throws
  {
    var stream = RandomStream(seed: 11, purpose: .split)
    let truth = setup.isSkewed ? ResampledTask.skewedMean : 0
    var (held, found) = (0, 0)
    for number in 0..<Self.repeats {
      let tasks = ResampledTask.madeUp(
        families: setup.families, rangeTests: 5, trainingSeeds: 3, isSkewed: setup.isSkewed, &stream)
      let bootstrap = NestedBootstrap(
        tasks: tasks, columns: 1, contrasts: [], draws: 500, seed: UInt64(number))
      let interval = try #require(bootstrap.outcomes()?.first?.interval(within: -100...100))
      if interval.contains(truth) { held += 1 }
      let means = setup.families.indices.map { family in
        tasks.filter { $0.family == family }.map { $0.observed[0] }.mean - truth
      }
      if SignedRankTest(means).pValue <= 0.05 { found += 1 }
    }
    let coverage = Double(held) / Double(Self.repeats)
    let falsePositives = Double(found) / Double(Self.repeats)
    if Self.asked != nil {
      print("| \(setup.testDescription) | \(coverage) | \(setup.isSkewed ? "–" : "\(falsePositives)") |")
    }
    // Four standard deviations of a share of 95 %, on top of the 2 % that are promised.
    let slack = 0.02 + 4 * (0.05 * 0.95 / Double(Self.repeats)).squareRoot()
    #expect(abs(coverage - 0.95) <= slack)
    if !setup.isSkewed { #expect(falsePositives <= 0.05 + slack) }
  }
}

extension ResampledTask {
  /// Tasks of one number each: family effect, task effect (half of the variance each), noise of range tests and of
  /// training seeds; skewed numbers are those of regrets, min(1, 0.15·exp(normal)).
  static func madeUp(
    families: [Int], rangeTests: Int, trainingSeeds: Int, isSkewed: Bool = false, _ stream: inout RandomStream
  ) -> [ResampledTask] {
    let shape = { (value: Double) in isSkewed ? min(1, 0.15 * exp(value)) : value }
    return families.enumerated().flatMap { family, size in
      let common = 0.5.squareRoot() * stream.normal()
      return (0..<size).map { _ in
        let level = common + 0.5.squareRoot() * stream.normal()
        let tests = (0..<rangeTests).map { _ in 0.7 * stream.normal() }
        let seeds = (0..<trainingSeeds).map { _ in 0.5 * stream.normal() }
        let multisets = SeedMultisets(seedCount: trainingSeeds, &stream)
        // A training at one rate with one seed has one outcome: regret is the mean over the drawn seeds.
        let value = { (test: Double, counts: [Int]) -> Double in
          zip(counts, seeds).map { Double($0) * shape(level + test + $1) }.reduce(0, +)
            / Double(trainingSeeds)
        }
        let once = [Int](repeating: 1, count: trainingSeeds)
        return ResampledTask(
          family: family, rangeTests: rangeTests, multisets: multisets,
          values: multisets.counts.flatMap { counts in tests.map { value($0, counts) } },
          observed: [tests.map { value($0, once) }.mean])
      }
    }
  }

  /// The mean of min(1, 0.15·exp(x)), x normal with variance 1 + 0.7² + 0.5²:
  /// 0.15·exp(v/2)·Φ((b − v)/s) + Φ(−b/s), b = ln(1/0.15).
  static let skewedMean: Double = {
    let variance = 1.74
    let deviation = variance.squareRoot()
    let bound = log(1 / 0.15)
    let normal = { (x: Double) in 0.5 * erfc(-x / 2.0.squareRoot()) }
    return 0.15 * exp(variance / 2) * normal((bound - variance) / deviation) + normal(-bound / deviation)
  }()
}
