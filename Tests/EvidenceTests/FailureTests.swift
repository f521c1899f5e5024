import Comparison
import CurveModel
import Scoring
import Testing

struct FailureTests {
  @Test func `Planning knows which trainings scoring calls failed`() throws {
    // The second seed ends above its own untrained network, the third below it, and each on the other side of the median.
    let seeds: [GridOutcome.Seed] = [
      .init(loss: 1, untrainedLoss: 2), .init(loss: 1.9, untrainedLoss: 1.8),
      .init(loss: 2.1, untrainedLoss: 2.2),
    ]
    let planned = GridOutcome(seeds)
    let grid = try OutcomeGrid(
      (1...3).flatMap { rate in
        seeds.enumerated().map { seed, run in
          OutcomeRow(
            task: 0, rate: RateKey(value: rate * 1000), seed: UInt64(seed), isGrid: true, status: .finished,
            loss: run.loss, bestLoss: run.loss, error: .nan, untrainedLoss: run.untrainedLoss,
            untrainedError: .nan)
        }
      })
    #expect(planned.failures == 1 && planned.scoredFailures == 1)
    #expect(grid.isFailure == [false, false, true, false, false, true, false, false, true])
  }
}
