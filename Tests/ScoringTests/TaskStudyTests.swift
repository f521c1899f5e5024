import CurveModel
import RandomStreams
import Testing

@testable import Scoring

struct TaskStudyTests {
  private let rates = GridProbe.rates(-4, 0, perDecade: 4)

  @Test func `a parabola without noise has its own minimum as the smooth oracle`() throws {
    let rows = GridProbe.rows(rates: rates, seeds: 1, untrained: 10) { rate, _ in
      0.3 + 0.5 * (rate + 2.1) * (rate + 2.1)
    }
    let study = TaskStudy(task: 0, try OutcomeGrid(rows), .smooth)
    #expect(abs(study.oracle.value - 0.3) < 1e-9)
    #expect(abs(study.oracle.log10Rate + 2.1) < 1e-9)
    #expect(study.oracle.fallback == nil && !study.oracle.isAtEdge)
    // The plain minimum is the nearest rate, and not lower.
    let plain = TaskStudy(task: 0, try OutcomeGrid(rows), .plugin)
    #expect(plain.oracle.log10Rate == -2)
    #expect(plain.oracle.value > study.oracle.value)
  }

  @Test func `failures score the untrained loss, and the cliff is the lowest failing rate above the best`()
    throws
  {
    let rows = GridProbe.rows(rates: rates, seeds: 2, untrained: 1) { rate, seed in
      rate > -0.9 ? (seed == 0 ? .nan : 5) : 0.1 + 0.1 * (rate + 2) * (rate + 2)
    }
    let grid = try OutcomeGrid(rows)
    let study = TaskStudy(task: 0, grid, .smooth)
    #expect(study.cliff == RateKey(value: -7500))
    #expect(study.points.last?.mean == 1 && study.points.last?.failureRate == 1)
    #expect(grid.failingShare == 4.0 / 17)
  }

  @Test func `a failing rate beside the best one leaves the plain minimum, and says so`() throws {
    let rows = GridProbe.rows(rates: rates, seeds: 1, untrained: 1) { rate, _ in
      rate > -1.9 ? .nan : -0.1 * rate - 0.15 + 0.1
    }
    let study = TaskStudy(task: 0, try OutcomeGrid(rows), .smooth)
    #expect(study.oracle.log10Rate == -2)
    #expect(study.oracle.fallback == "a rate beside the best one fails")
  }

  @Test func `the best rate at the end of the grid is at the edge, two steps inside it is not`() throws {
    for (best, isAtEdge) in [(-4.0, true), (-3.75, true), (-3.5, false), (-0.5, false), (-0.25, true)] {
      let rows = GridProbe.rows(rates: rates, seeds: 1, untrained: 9) { rate, _ in
        (rate - best) * (rate - best)
      }
      let study = TaskStudy(task: 0, try OutcomeGrid(rows), .smooth)
      #expect(study.oracle.isAtEdge == isAtEdge, "\(best)")
    }
  }

  @Test func `the noise floor is that of hand-computed seeds`() throws {
    // Two seeds ±0.1 at every rate: variance 0.02, pooled over 17 rates.
    let rows = GridProbe.rows(rates: rates, seeds: 2, untrained: 9) { rate, seed in
      (rate + 2) * (rate + 2) + (seed == 0 ? -0.1 : 0.1)
    }
    let study = TaskStudy(task: 0, try OutcomeGrid(rows), .smooth)
    #expect(abs(study.noise.standardDeviation - 0.02.squareRoot()) < 1e-12)
    #expect(study.noise.degreesOfFreedom == 17)
    // t(0.975; 17) = 2.109815577833181, from any table; √(1/2 + 1/2) = 1.
    #expect(abs(study.noise.delta - 2.109815577833181 * 0.02.squareRoot()) < 1e-9)
  }

  @Test func `a range below five noise floors is not informative`() throws {
    for (untrained, isInformative) in [(9.0, true), (1.0, false)] {
      let rows = GridProbe.rows(rates: rates, seeds: 2, untrained: untrained) { rate, seed in
        (rate + 2) * (rate + 2) + (seed == 0 ? -0.1 : 0.1)
      }
      #expect(
        TaskStudy(task: 0, try OutcomeGrid(rows), .plugin).isInformative == isInformative, "\(untrained)")
    }
  }

  @Test func `indifference intervals hold the rates within a share of the range`() throws {
    let rows = GridProbe.rows(rates: rates, seeds: 1, untrained: 1) { rate, _ in (rate + 2) * (rate + 2) / 4 }
    let study = TaskStudy(task: 0, try OutcomeGrid(rows), .plugin)
    // y ≤ 0.05 where |x + 2| ≤ 0.447, y ≤ 0.1 where ≤ 0.632, y ≤ 0.01 where ≤ 0.2.
    #expect(study.indifference.map(\.width) == [0, 0.5, 1])
    #expect(study.indifference.map(\.epsilon) == TaskStudy.epsilons)
  }

  @Test func `seeds in two groups are noticed, seeds that merely spread are not`() throws {
    let rows = GridProbe.rows(rates: rates, seeds: 4, untrained: 9) { rate, seed in
      let level = (rate + 2) * (rate + 2) + 0.01 * Double(seed)
      return rate == -3 && seed > 1 ? level + 3 : rate == -1 ? level + 0.6 * Double(seed) : level
    }
    #expect(TaskStudy(task: 0, try OutcomeGrid(rows), .plugin).bimodal == [RateKey(value: -30_000)])
  }

  @Test func `grids that say nothing are refused with the reason`() throws {
    #expect(throws: GridProblem.noUntrainedLoss) {
      try OutcomeGrid(GridProbe.rows(rates: rates, seeds: 1, untrained: .nan) { _, _ in 1 })
    }
    #expect(throws: GridProblem.everythingFailed) {
      try OutcomeGrid(GridProbe.rows(rates: rates, seeds: 1, untrained: 1) { _, _ in .nan })
    }
    #expect(throws: GridProblem.tooFewRates(2)) {
      try OutcomeGrid(GridProbe.rows(rates: [-2, -1], seeds: 1, untrained: 1) { _, _ in 0.5 })
    }
  }

  @Test func `a rate that lacks a seed is left out and listed`() throws {
    var rows = GridProbe.rows(rates: rates, seeds: 2, untrained: 9) { rate, _ in (rate + 2) * (rate + 2) }
    rows.removeAll { $0.rate == RateKey(value: -20_000) && $0.seed == 1 }
    let grid = try OutcomeGrid(rows)
    #expect(grid.incomplete == [RateKey(value: -20_000)])
    #expect(grid.rates.count == 16 && grid.seeds == [0, 1])
  }

  @Test func `rates that only a strategy asked for touch neither oracle nor noise`() throws {
    let rows = GridProbe.rows(rates: rates, seeds: 2, untrained: 9) { rate, seed in
      (rate + 2) * (rate + 2) + 0.1 * Double(seed)
    }
    var more = rows
    for seed in 0..<2 {
      more.append(
        OutcomeRow(
          task: 0, rate: RateKey(value: -20_001), seed: UInt64(seed), isGrid: false, status: .finished,
          loss: -5, untrainedLoss: 9))
    }
    #expect(
      TaskStudy(task: 0, try OutcomeGrid(more), .smooth) == TaskStudy(task: 0, try OutcomeGrid(rows), .smooth)
    )
  }
}
