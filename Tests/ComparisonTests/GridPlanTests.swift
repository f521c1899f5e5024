import CurveModel
@testable import Comparison
import Testing

struct GridPlanTests {
  /// What training gives at a rate: a valley at `best`, failing above `cliff`, both as log10 of the rate.
  private struct Valley {
    var best: Double
    var cliff: Double

    func outcome(_ key: RateKey) -> GridOutcome {
      let place = Double(key.value) / 10_000
      let loss = place > cliff ? Double.nan : 0.1 + min(0.89, 0.3 * (place - best) * (place - best))
      return GridOutcome([.init(loss: loss, untrainedLoss: 1)])
    }
  }

  /// Trains whatever a plan asks for until it is complete; returns the rounds and the points.
  private func complete(
    _ settings: GridSettings, _ outcome: (RateKey) -> GridOutcome
  ) throws -> (rounds: [[RateKey]], points: [GridPlan.Point]) {
    let plan = GridPlan(settings)
    var known: [RateKey: GridOutcome] = [:]
    var rounds: [[RateKey]] = []
    for _ in 0..<100 {
      switch plan.progress({ known[$0] }) {
      case .complete(let points): return (rounds, points)
      case .waiting(let keys, let others):
        #expect(Set(others) == Set(known.keys), "every known rate stays part of the grid")
        #expect(keys == keys.sorted() && Set(keys).isDisjoint(with: known.keys))
        rounds.append(keys)
        for key in keys { known[key] = outcome(key) }
      }
    }
    throw NeverEnds()
  }

  private struct NeverEnds: Error {}

  @Test func `The first rates are those of the file`() throws {
    let plan = GridPlan(GridSettings(perDecade: 3, range: 1e-4...1))
    #expect(plan.firstKeys.count == 13)
    #expect(plan.firstKeys.first == RateKey(1e-4) && plan.firstKeys.last == RateKey(1))
    #expect(
      zip(plan.firstKeys, plan.firstKeys.dropFirst()).allSatisfy {
        (3333...3334).contains($1.value - $0.value)
      })
  }

  @Test(arguments: [-6.0, -4, -3.2, -2, -0.5, 0, 1.4], [1, 2, 3, 5])
  func `The grid grows until the best rate is two points inside and a failing rate is seen`(
    best: Double, perDecade: Int
  ) throws {
    let settings = GridSettings(perDecade: perDecade, range: 1e-4...1, refines: false)
    let valley = Valley(best: best, cliff: best + 1.1)
    let (_, points) = try complete(settings, valley.outcome)
    let lowest = points.indices.min { points[$0].outcome.meanLoss < points[$1].outcome.meanLoss }!
    #expect(lowest >= 2 && points.count - 1 - lowest >= 2)
    #expect(points[lowest...].contains { !$0.outcome.isStable })
  }

  @Test func `The grid stops at its limits where nothing ever fails`() throws {
    let settings = GridSettings(perDecade: 2, range: 1e-3...1e-1, extensionLimits: 1e-5...10, refines: false)
    let (_, points) = try complete(settings) { _ in GridOutcome([.init(loss: 0.5, untrainedLoss: 1)]) }
    #expect(points.first!.key >= RateKey(1e-5) && points.last!.key == RateKey(10))
  }

  @Test func `Without extension the grid stays as it is`() throws {
    let settings = GridSettings(perDecade: 3, range: 1e-4...1, extensionLimits: nil, refines: false)
    let (rounds, points) = try complete(settings, Valley(best: -7, cliff: 5).outcome)
    #expect(rounds.count == 1 && points.count == 13)
  }

  @Test func `Refinement adds rates half-way beside the best and at the cliff, once`() throws {
    let settings = GridSettings(perDecade: 2, range: 1e-4...1)
    let valley = Valley(best: -2, cliff: -0.8)
    let (rounds, points) = try complete(settings, valley.outcome)
    #expect(rounds.count == 2)
    #expect(rounds[1] == [RateKey(value: -22_500), RateKey(value: -17_500), RateKey(value: -7500)])
    #expect(points.count == rounds[0].count + 3)
  }

  @Test func `The plan depends on what is known, not on the order in which it came`() throws {
    let settings = GridSettings(perDecade: 3, range: 1e-3...1e-1)
    let valley = Valley(best: -3.4, cliff: -1.5)
    let (_, whole) = try complete(settings, valley.outcome)
    // One rate at a time, the last one first.
    let plan = GridPlan(settings)
    var known: [RateKey: GridOutcome] = [:]
    while case .waiting(let keys, _) = plan.progress({ known[$0] }) {
      known[keys.last!] = valley.outcome(keys.last!)
    }
    #expect(plan.progress { known[$0] } == .complete(whole))
  }

  @Test func `A failure counts as the untrained loss`() {
    let outcome = GridOutcome([
      .init(loss: 0.2, untrainedLoss: 2), .init(loss: .nan, untrainedLoss: 2.2),
      .init(loss: 9, untrainedLoss: 1.8),
    ])
    #expect(abs(outcome.meanLoss - (0.2 + 2.2 + 1.8) / 3) < 1e-12)
    #expect(outcome.failures == 2 && !outcome.isStable)
  }

  @Test func `A rate is read off the grid between stable neighbours only`() {
    let stable = GridOutcome([.init(loss: 0.5, untrainedLoss: 1)])
    let failing = GridOutcome([.init(loss: .nan, untrainedLoss: 1)])
    let points = [(1, stable), (2, stable), (3, failing)].map {
      GridPlan.Point(key: RateKey(value: $0.0 * 1000), outcome: $0.1)
    }
    #expect(points.bracketsStably(RateKey(value: 1500)))
    #expect(points.bracketsStably(RateKey(value: 2000)))
    #expect(!points.bracketsStably(RateKey(value: 2500)))
    #expect(!points.bracketsStably(RateKey(value: 3000)))
    #expect(!points.bracketsStably(RateKey(value: 500)))
    #expect(!points.bracketsStably(RateKey(value: 3500)))
    // Better than its own untrained network, but worse than what scoring holds against all seeds.
    let doubtful = GridOutcome([
      .init(loss: 0.5, untrainedLoss: 1), .init(loss: 1.1, untrainedLoss: 1.2),
      .init(loss: 0.5, untrainedLoss: 1),
    ])
    #expect(doubtful.isStable)
    let beside = [(1, stable), (2, doubtful)].map {
      GridPlan.Point(key: RateKey(value: $0.0 * 1000), outcome: $0.1)
    }
    #expect(!beside.bracketsStably(RateKey(value: 1500)) && !beside.bracketsStably(RateKey(value: 2000)))
  }
}
