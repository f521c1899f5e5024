import CurveModel
import RandomStreams
import Testing

@testable import Scoring

/// The scoring reference, section 4: 17 rates over 4 decades, a·(x − x₀)² with x₀ jittered, seed SD 1, true minimum 0.
///
/// The published numbers come from 4,000 repeats; here fewer, so the tolerance is some standard errors wide.
struct OracleBiasTests {
  @Test(arguments: [
    (0.5, 3, -0.70, -0.22, 0.20), (2, 2, -0.62, -0.10, 0.28), (2, 5, -0.34, -0.05, 0.18),
    (8, 3, -0.22, -0.03, 0.29),
  ])
  func `the biases of the three estimators are the published ones`(
    bend: Double, seeds: Int, plugin: Double, smooth: Double, xfit: Double
  ) throws {
    let rates = GridProbe.rates(-4, 0, perDecade: 4)
    let repeats = 800
    var random = RandomStream(seed: 7, purpose: StreamPurpose(rawValue: "oracle-bias"))
    var sums: [OracleEstimator: Double] = [:]
    for _ in 0..<repeats {
      let best = -2 + 0.25 * (random.uniformDouble() - 0.5)
      let rows = GridProbe.rows(rates: rates, seeds: seeds, untrained: 1000) { rate, _ in
        bend * (rate - best) * (rate - best) + random.normal()
      }
      let grid = try OutcomeGrid(rows)
      for estimator in OracleEstimator.allCases {
        sums[estimator, default: 0] += TaskStudy(task: 0, grid, estimator).oracle.value
      }
    }
    let mean = { (estimator: OracleEstimator) in (sums[estimator] ?? .nan) / Double(repeats) }
    #expect(abs(mean(.plugin) - plugin) < 0.06)
    #expect(abs(mean(.smooth) - smooth) < 0.09)
    #expect(abs(mean(.xfit) - xfit) < 0.09)
  }
}
