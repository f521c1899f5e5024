import CurveModel
import Testing

@testable import Scoring

/// Expected running times, reckoned by hand.
struct RunningTimeTests {
  private func row(
    _ seed: UInt64, rate: Double = 0.1, _ losses: [Double], status: OutcomeRow.Status = .finished
  ) -> OutcomeRow {
    OutcomeRow(
      task: 0, rate: RateKey(rate), seed: seed, status: status, loss: losses.last ?? .nan, untrainedLoss: 2,
      evaluationSteps: losses.indices.map { 100 * ($0 + 1) }, evaluationLosses: losses)
  }

  @Test func `All steps spent, over the trainings that reach the loss`() {
    var time = RunningTime()
    time.add(row(0, [0.9, 0.5, 0.4]), target: 0.5, budget: 300)  // reaches it after 200
    time.add(row(1, [0.9, 0.8, 0.7]), target: 0.5, budget: 300)  // never, after 300
    #expect(time.expected == 500)
    time.add(row(2, [0.2, 0.2, 0.2]), target: 0.5, budget: 300)  // at once
    #expect(time.expected == 300)
  }

  @Test func `Where no training reaches the loss it takes for ever`() {
    var time = RunningTime()
    time.add(row(0, [0.9, 0.8]), target: 0.5, budget: 200)
    time.add(row(1, [], status: .diverged), target: 0.5, budget: 200)
    #expect(time.expected == .infinity)
    #expect(time.steps == 400)
  }

  @Test func `A rate without evaluations on the way has no time`() {
    let silent = OutcomeRow(task: 0, rate: RateKey(0.01), seed: 0, status: .finished, loss: 0.4)
    let times = [RateKey: RunningTime](
      [RateKey(0.1): [row(0, [0.4])], RateKey(0.01): [silent]], target: 0.5)
    #expect(times[RateKey(0.1)]?.expected == 100)
    #expect(times[RateKey(0.01)] == nil)
    #expect([RateKey: RunningTime]([RateKey(0.01): [silent]], target: 0.5).isEmpty)
  }

  /// Three rates, the middle one best (0.4 of 2): the target is 0.4 + 0.1 · 1.6 = 0.56.
  @Test func `A strategy's time is a multiple of that at the best rate`() throws {
    var rows: [OutcomeRow] = []
    for seed in 0..<2 {
      rows.append(row(UInt64(seed), rate: 0.001, [1.9, 1.8, 1.7]))
      rows.append(row(UInt64(seed), rate: 0.01, [0.8, 0.55, 0.5]))
      rows.append(row(UInt64(seed), rate: 0.1, [0.5, 0.4, 0.4]))
      rows.append(row(UInt64(seed), rate: 1, [0.9, seed == 0 ? 0.9 : 0.55, 0.8]))
      rows.append(row(UInt64(seed), rate: 10, [], status: .diverged))
    }
    let outcomes = try TaskOutcomes(task: 0, rows, outcome: .loss, estimator: .plugin)
    func time(_ rates: [Double]) -> Double? {
      outcomes.timeToTarget(
        rates.map {
          SuggestionScore(
            suggestion: 0, rate: RateKey($0), abstained: false, evaluation: .direct, values: [],
            normalisedRegret: 0,
            excess: 0, failureRate: 0, signedDistance: nil, successes: [])
        })
    }
    #expect(time([0.1]) == 1)
    #expect(time([0.01]) == 2)
    // One of two reaches it after 200, the other spends 300: 500 over one.
    #expect(time([1]) == 5)
    #expect(time([0.1, 0.01]) == 1.5)
    #expect(time([0.001]) == .infinity)
    #expect(time([0.5]) == nil)
    let errors = try TaskOutcomes(
      task: 0,
      rows.map { row in
        var row = row
        (row.error, row.untrainedError) = (row.loss, 2)
        return row
      }, outcome: .error, estimator: .plugin)
    #expect(errors.timeToTarget([]) == nil)
  }
}
