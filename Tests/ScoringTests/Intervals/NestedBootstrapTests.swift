import RandomStreams
import Testing

@testable import Scoring

@Suite struct NestedBootstrapTests {
  private static func tasks(
    families: [Int], rangeTests: Int, trainingSeeds: Int, _ stream: inout RandomStream
  ) -> [ResampledTask] {
    ResampledTask.madeUp(families: families, rangeTests: rangeTests, trainingSeeds: trainingSeeds, &stream)
  }

  private static func bootstrap(_ tasks: [ResampledTask], draws: Int, seed: UInt64 = 1) -> NestedBootstrap {
    NestedBootstrap(tasks: tasks, columns: 1, contrasts: [], draws: draws, seed: seed)
  }

  @Test func `Multisets are all there, and as likely as drawing makes them`() {
    var stream = RandomStream(seed: 1, purpose: .resampling)
    let multisets = SeedMultisets(seedCount: 3, &stream)
    #expect(multisets.counts.count == 10 && Set(multisets.counts).count == 10)
    #expect(multisets.counts.allSatisfy { $0.reduce(0, +) == 3 })
    #expect(SeedMultisets(seedCount: 5, &stream).counts.count == 126)
    let all = multisets.counts.firstIndex(of: [1, 1, 1])
    let drawn = (0..<27_000).count { _ in multisets.draw(&stream) == all }
    // 6 of 27 tuples; six standard deviations are 410.
    #expect(abs(drawn - 6000) < 410)
    let many = SeedMultisets(seedCount: 9, &stream)
    #expect(many.counts.count == 256 && many.counts.allSatisfy { $0.reduce(0, +) == 9 })
  }

  /// 40 families once, one seed each: the studentised interval must be near Student's.
  @Test func `Of many equal families the interval is nearly Student's`() throws {
    var stream = RandomStream(seed: 5, purpose: .split)
    let tasks = Self.tasks(
      families: Array(repeating: 1, count: 40), rangeTests: 1, trainingSeeds: 1, &stream)
    let outcome = try #require(Self.bootstrap(tasks, draws: 20_000).outcomes()?.first)
    let values = tasks.map { $0.observed[0] }
    let mean = values.mean
    let variance = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 39
    #expect(abs(outcome.mean - mean) < 1e-12)
    #expect(abs(outcome.standardError - (variance / 40).squareRoot()) < 1e-12)
    // 2.023 is the 97.5 % quantile of t with 39 degrees of freedom.
    #expect(abs(outcome.criticalValue - 2.023) < 0.15)
  }

  @Test func `Difference of a column and itself plus a constant is that constant, always`() throws {
    var stream = RandomStream(seed: 8, purpose: .split)
    let tasks = Self.tasks(families: Array(repeating: 2, count: 9), rangeTests: 2, trainingSeeds: 2, &stream)
      .map { task in
        ResampledTask(
          family: task.family, rangeTests: task.rangeTests, multisets: task.multisets,
          values: task.values.flatMap { [$0, $0 + 0.25] },
          observed: [task.observed[0], task.observed[0] + 0.25])
      }
    let bootstrap = NestedBootstrap(
      tasks: tasks, columns: 2, contrasts: [(first: 1, second: 0)], draws: 200, seed: 1)
    let outcome = try #require(bootstrap.outcomes()?.last)
    #expect(abs(outcome.mean - 0.25) < 1e-12 && outcome.standardError < 1e-12)
  }

  @Test func `Seven families give nothing, and the same seed gives the same`() {
    var stream = RandomStream(seed: 2, purpose: .split)
    let few = Self.tasks(families: Array(repeating: 3, count: 7), rangeTests: 2, trainingSeeds: 2, &stream)
    #expect(Self.bootstrap(few, draws: 100).outcomes() == nil)
    let tasks = Self.tasks(families: Array(repeating: 3, count: 8), rangeTests: 2, trainingSeeds: 2, &stream)
    let values = { (seed: UInt64) in
      Self.bootstrap(tasks, draws: 1000, seed: seed).outcomes()?.map(\.criticalValue)
    }
    #expect(values(1) == values(1) && values(1) != values(2))
  }
}
