import CurveModel
import RandomStreams

@testable import Scoring

/// Grids that tests make up.
enum GridProbe {
  /// Outcomes of one task: `value` gives what a rate (its log10) and a seed give; NaN diverges.
  static func rows(
    rates: [Double], seeds: Int, untrained: Double, _ value: (Double, Int) -> Double
  ) -> [OutcomeRow] {
    rates.flatMap { rate in
      (0..<seeds).map { seed in
        let loss = value(rate, seed)
        return OutcomeRow(
          task: 0, rate: RateKey(value: Int((rate * 10_000).rounded())), seed: UInt64(seed),
          status: loss.isNaN ? .diverged : .finished, loss: loss, untrainedLoss: untrained)
      }
    }
  }

  /// Rates from 10^from to 10^to.
  static func rates(_ from: Double, _ to: Double, perDecade: Int) -> [Double] {
    (0...Int(((to - from) * Double(perDecade)).rounded())).map { from + Double($0) / Double(perDecade) }
  }
}
