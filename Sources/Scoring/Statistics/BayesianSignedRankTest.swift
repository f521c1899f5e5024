internal import RandomStreams

/// Benavoli's Bayesian signed-rank test: how probable it is that one contestant is better, that both are practically equal,
/// that the other is better; the one test that can affirm a tie.
///
/// A Dirichlet process is drawn over the differences, with a prior of strength 1/2 at zero; of each draw, the largest of
/// the three shares of sums zᵢ + zⱼ (below −2r, between, above 2r) wins, r the region of practical equivalence. Sums on an
/// edge count half. Sources: A. Benavoli, F. Mangili, G. Corani, M. Zaffalon, F. Ruggeri, "A Bayesian Wilcoxon signed-rank
/// test based on the Dirichlet process", ICML 2014; baycomp 1.0.3, `SignedRankTest`.
public struct BayesianSignedRankTest: Sendable, Equatable {
  /// The probabilities that differences are below the region, within, and above.
  public let below, within, above: Double

  /// Draws of weights, shared by all tests of so many units, so that tests are paired.
  struct Weights: Sendable {
    /// How many differences there are.
    let units: Int
    /// By draw (slow) and unit (fast), the prior last; each draw adds up to 1.
    let values: [Double]

    /// Draws from the Dirichlet distribution with parameters 1 for each unit and 1/2 for the prior.
    init(units: Int, draws: Int, seed: UInt64) {
      self.units = units
      var stream = RandomStream(seed: seed, purpose: .posterior)
      var values: [Double] = []
      values.reserveCapacity(draws * (units + 1))
      for _ in 0..<draws {
        // Gamma variables of shape 1 are exponential, one of shape 1/2 is half of a squared normal.
        var drawn = (0..<units).map { _ in -naturalLogarithm(1 - stream.uniformDouble()) }
        let normal = stream.normal()
        drawn.append(normal * normal / 2)
        let total = drawn.reduce(0, +)
        values += drawn.map { $0 / total }
      }
      self.values = values
    }
  }

  /// Tests differences.
  ///
  /// - Parameters:
  ///   - differences: one a unit, as many as `weights` are for.
  ///   - equivalence: r, differences up to which are practically none; above 0.
  ///   - weights: the draws.
  init(_ differences: [Double], equivalence: Double, _ weights: Weights) {
    precondition(differences.count == weights.units, "as many weights as differences")
    let order = (differences + [0]).enumerated().sorted { ($0.element, $0.offset) < ($1.element, $1.offset) }
    let sorted = order.map(\.element)
    let count = sorted.count
    // In sorted order, the partners of each difference with a sum below, on and above the edges are stretches.
    let below = sorted.map { value in sorted.count { value + $0 < -2 * equivalence } }
    let notAboveLow = sorted.map { value in sorted.count { value + $0 <= -2 * equivalence } }
    let belowHigh = sorted.map { value in sorted.count { value + $0 < 2 * equivalence } }
    let notAbove = sorted.map { value in sorted.count { value + $0 <= 2 * equivalence } }
    var wins = [0, 0, 0]
    var sums = [Double](repeating: 0, count: count + 1)
    let draws = weights.values.count / count
    for draw in 0..<draws {
      for (place, element) in order.enumerated() {
        sums[place + 1] = sums[place] + weights.values[draw * count + element.offset]
      }
      var (low, high) = (0.0, 0.0)
      for place in 0..<count {
        let weight = sums[place + 1] - sums[place]
        low += weight * (sums[below[place]] + sums[notAboveLow[place]]) / 2
        high += weight * (sums[count] - (sums[belowHigh[place]] + sums[notAbove[place]]) / 2)
      }
      let middle = 1 - low - high
      wins[low >= middle && low >= high ? 0 : middle >= high ? 1 : 2] += 1
    }
    self.below = Double(wins[0]) / Double(draws)
    within = Double(wins[1]) / Double(draws)
    above = Double(wins[2]) / Double(draws)
  }
}

extension StreamPurpose {
  /// Draws of posterior distributions.
  static let posterior = Self(rawValue: "posterior")
}
