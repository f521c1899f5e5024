import Comparison
import CurveModel
import ExperimentStore
import Measuring
import Testing

@testable import Benchmarks

@Suite("The benchmark of comparisons")
struct CompareBenchmarkTests {
  private func turn(_ seconds: Double, own: Double, children: Double, training: Double) -> ComparisonTurn {
    ComparisonTurn(
      run: ProgramRun(
        elapsed: .seconds(seconds), ownProcessorTime: .seconds(own), childrenProcessorTime: .seconds(children)
      ), runs: 5, trainingTime: .seconds(training))
  }

  private func lines(_ turns: ThroughputTurns) -> [Substring] {
    markdownTable([("compare", turns.rows)]).split(separator: "\n").dropFirst(2).map { $0 }
  }

  @Test func `turns are mirrored, so that neither always comes first`() {
    #expect(ComparisonThroughput.mirrored(1, 2, rounds: 4) == [1, 2, 2, 1, 1, 2, 2, 1])
  }

  @Test func `throughput, processors and overhead are those of the medians`() {
    let one = turn(100, own: 1, children: 98, training: 99)
    let two = turn(50, own: 1, children: 96, training: 98)
    let table = lines(ThroughputTurns(file: "x.yaml", one: [one], two: [two]))
    #expect(table.count == 4)
    #expect(table[0].contains("on 0.99 processors"))
    #expect(table[1].contains("2.00 × the throughput"))
    #expect(table[1].contains("on 1.94 processors"))
    #expect(table[1].contains("≥ 1.8 ×: met"))
    #expect(table[2].contains("1.00 % of all"))
    #expect(table[2].contains("≤ 2 %: met"))
    #expect(table[3].contains("1.00 % of all"))
  }

  @Test func `missed goals are said`() {
    let one = turn(100, own: 1, children: 96, training: 97)
    let two = turn(60, own: 1, children: 96, training: 98)
    let table = lines(ThroughputTurns(file: "x.yaml", one: [one], two: [two]))
    #expect(table[1].contains("≥ 1.8 ×: MISSED"))
    #expect(table[2].contains("≤ 2 %: MISSED"))
  }

  @Test func `a large comparison has as many trainings as it says`() throws {
    let large = LargeComparison(seeds: 2)
    let comparison = try large.comparison()
    let nothing = NothingKnown()
    let needs = try comparison.tasks.map { try TaskPlanner($0, of: comparison).needs(nothing) }
    #expect(needs.reduce(0) { $0 + $1.gridTrainings } == large.gridTrainings)
    #expect(LargeComparison(seeds: 100).gridTrainings == 100_000)
  }

  @Test func `a synthetic store holds every run, reads clean and leaves nothing to do`() throws {
    let folder = try TemporaryFolder()
    defer { withExtendedLifetime(folder) {} }
    let store = folder.path(of: "runs")
    let large = LargeComparison(seeds: 1)
    let comparison = try large.comparison()
    let runs = try SyntheticStore.fill(store, with: comparison)
    #expect(runs > large.gridTrainings + comparison.tasks.count)
    let check = try StoreCheck(of: store)
    #expect(check.isClean)
    #expect(check.runs == runs)
    #expect(check.curves == comparison.tasks.count)
    #expect(check.diverged > 0)
    let knowledge = try StoreKnowledge(store, comparison.strategies, creates: false)
    for task in comparison.tasks {
      #expect(try TaskPlanner(task, of: comparison).needs(knowledge).isComplete)
    }
  }
}

/// Before anything was run.
private struct NothingKnown: RunKnowledge {
  func outcome(of id: RunID) -> GridOutcome.Seed? { nil }
  func suggestions(for run: RunSpecification) -> [RateKey?]? { nil }
}
