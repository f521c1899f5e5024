internal import Dispatch
internal import RandomStreams

/// A nested, paired bootstrap of means over tasks: how far the means of other families of data sets could lie from these.
///
/// Every draw takes families with replacement, in each of them tasks, in each task range tests, and for each task the
/// training seeds, from which oracle and noise floor follow anew. All columns share the draw, so that differences are
/// paired. The scheme is that of the scoring reference, section 7.
///
/// The interval is the symmetric studentised one (P. Hall, "On symmetric bootstrap confidence intervals", Journal of the
/// Royal Statistical Society B 50, 1988): estimate ± q·SE, where SE is the standard error between families and q is the
/// 95 % quantile of |mean* − mean| / SE* over the draws. SE* is computed within each draw in the same way, so it holds
/// the noise that resampling on several levels counts twice, and the quotient does not. Percentiles of the same draws
/// hold the truth too seldom with 8 families and too often with 40; this one in 93.7 to 95.4 % of made-up cases
/// (`docs/statistics.md`).
struct NestedBootstrap: Sendable {
  /// The tasks.
  let tasks: [ResampledTask]
  /// How many numbers each task has.
  let columns: Int
  /// Pairs of columns whose difference is wanted.
  let contrasts: [(first: Int, second: Int)]
  /// How many draws.
  let draws: Int
  /// The same seed gives the same intervals, on any number of threads.
  let seed: UInt64

  /// Fewer families than this allow no interval.
  static let fewestFamilies = 8
  /// A draw of nearly equal families counts as if its standard error were this share of the observed one.
  static let smallestError = 0.25
  /// The confidence of an interval.
  static let confidence = 0.95

  /// A mean and its interval.
  struct Outcome: Sendable {
    let mean: Double
    let standardError: Double
    /// The quantile of |mean* − mean| / SE*.
    let criticalValue: Double

    /// The interval, cut off at the ends of what the number can be; nil where all families agree exactly.
    func interval(within bounds: ClosedRange<Double>) -> ClosedRange<Double>? {
      guard standardError > 0, criticalValue.isFinite else { return nil }
      let reach = criticalValue * standardError
      let (low, high) = (mean - reach, mean + reach)
      return min(max(low, bounds.lowerBound), mean)...max(min(high, bounds.upperBound), mean)
    }
  }

  /// The columns' outcomes, then the contrasts'; nil with fewer than eight families.
  func outcomes() -> [Outcome]? {
    let design = Design(tasks)
    guard design.families.count >= Self.fewestFamilies, draws > 0 else { return nil }
    let observed = FamilySums(design, columns: columns, tasks)
    let estimates = observed.estimates(contrasts)
    let statistics = self.statistics(design, estimates)
    return estimates.enumerated().map { place, estimate in
      var values = Array(statistics[(place * draws)..<((place + 1) * draws)])
      let rank = Int((Self.confidence * Double(draws)).rounded(.up)) - 1
      return Outcome(
        mean: estimate.mean, standardError: estimate.error, criticalValue: values.select(min(rank, draws - 1))
      )
    }
  }

  /// |mean* − mean| / SE* of every column and contrast (slow) and draw (fast).
  private func statistics(_ design: Design, _ estimates: [FamilySums.Estimate]) -> [Double] {
    let count = estimates.count
    return [Double](unsafeUninitializedCapacity: count * draws) { buffer, initialized in
      initialized = count * draws
      nonisolated(unsafe) let statistics = buffer
      // Stretches of draws go to whoever is free; a draw depends on its number alone.
      let stretch = 64
      let stretches = (draws + stretch - 1) / stretch
      DispatchQueue.concurrentPerform(iterations: stretches) { number in
        var sums = FamilySums(slots: design.families.count, columns: columns)
        for draw in (number * stretch)..<min((number + 1) * stretch, draws) {
          var stream = RandomStream(
            seed: seed &+ UInt64(draw) &* 0x9E37_79B9_7F4A_7C15, purpose: .resampling)
          sums.draw(design, tasks, &stream)
          sums.forEachEstimate(contrasts) { place, drawn in
            let estimate = estimates[place]
            let error = max(drawn.error, Self.smallestError * estimate.error)
            let distance = abs(drawn.mean - estimate.mean)
            statistics[place * draws + draw] = error > 0 ? distance / error : 0
          }
        }
      }
    }
  }

  /// Which tasks belong together.
  struct Design: Sendable {
    /// The tasks of each family.
    let families: [[Int]]

    init(_ tasks: [ResampledTask]) {
      var families = [[Int]](repeating: [], count: (tasks.map(\.family).max() ?? -1) + 1)
      for (index, task) in tasks.enumerated() { families[task.family].append(index) }
      self.families = families.filter { !$0.isEmpty }
    }
  }
}

extension StreamPurpose {
  /// Draws of a bootstrap.
  static let resampling = Self(rawValue: "resampling")
}
