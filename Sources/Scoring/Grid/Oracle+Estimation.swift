internal import CurveModel

extension Oracle {
  /// How far the smooth estimate looks to either side, in decades.
  static let window = 0.75
  /// The fewest rates a parabola is fitted to.
  static let fewestPoints = 4
  /// How many steps the best point must lie inside the grid.
  static let margin = 2

  /// Estimates the best rate and what it gives (scoring reference, section 4).
  ///
  /// - Parameters:
  ///   - estimator: how.
  ///   - points: what every rate gave, rising; at least one is stable.
  init(_ estimator: OracleEstimator, _ points: [RatePoint]) {
    let best = Self.lowest(points)
    let isAtEdge = best < Self.margin || best >= points.count - Self.margin
    func oracle(_ value: Double, _ rate: Double, fallback: String? = nil) -> Oracle {
      Oracle(
        estimator: estimator, value: value, log10Rate: rate, isAtEdge: isAtEdge, fallback: fallback)
    }
    let plain = (value: points[best].mean, rate: points[best].rate.log10)
    switch estimator {
    case .plugin: self = oracle(plain.value, plain.rate)
    case .xfit:
      let fitted = Self.crossFitted(points)
      self = oracle(
        fitted ?? plain.value, plain.rate, fallback: fitted == nil ? "there is a single seed" : nil)
    case .smooth:
      switch Self.parabola(points, around: best) {
      case .success(let minimum): self = oracle(minimum.value, minimum.rate)
      case .failure(let reason): self = oracle(plain.value, plain.rate, fallback: reason.description)
      }
    }
  }

  /// The index of the lowest mean; of equal ones the lowest rate's.
  private static func lowest(_ points: [RatePoint]) -> Int {
    var best = 0
    for index in points.indices where points[index].mean < points[best].mean { best = index }
    return best
  }

  // MARK: Smooth

  /// Why no parabola tells the minimum.
  private enum NoParabola: Error, CustomStringConvertible {
    case cliffBesideTheBest, tooFewRates, noValley

    var description: String {
      switch self {
      case .cliffBesideTheBest: "a rate beside the best one fails"
      case .tooFewRates: "fewer than \(Oracle.fewestPoints) stable rates lie around the best one"
      case .noValley: "the outcomes around the best rate do not bend upwards"
      }
    }
  }

  /// The minimum of a parabola in log10 of the rate through the stable points around the best, weighted by the inverse of
  /// their variances and clamped to the window.
  private static func parabola(
    _ points: [RatePoint], around best: Int
  ) -> Result<(value: Double, rate: Double), NoParabola> {
    let centre = points[best].rate.log10
    var (first, last) = (best, best)
    while first > 0, points[first - 1].isStable, centre - points[first - 1].rate.log10 <= reach { first -= 1 }
    while last + 1 < points.count, points[last + 1].isStable, points[last + 1].rate.log10 - centre <= reach {
      last += 1
    }
    let neighbours = [best - 1, best + 1].filter(points.indices.contains)
    guard points[best].isStable, neighbours.allSatisfy({ points[$0].isStable }) else {
      return .failure(.cliffBesideTheBest)
    }
    let window = points[first...last]
    guard window.count >= fewestPoints else { return .failure(.tooFewRates) }
    let offsets = window.map { $0.rate.log10 - centre }
    let fit = QuadraticFit(offsets, window.map(\.mean), weights: weights(of: window))
    guard let fit, fit.curvature > 0 else { return .failure(.noValley) }
    let place = min(max(fit.vertex, offsets[0]), offsets[offsets.count - 1])
    return .success((fit.value(at: place), centre + place))
  }

  /// The window, and what rounding of rates may add.
  private static let reach = window + 1e-3

  /// Inverse variances of the means; equal weights with a single seed.
  ///
  /// Each variance is drawn half-way to the window's mean variance, because that of three seeds alone is a lottery: a
  /// deviation from the scoring reference, which weighs by the plain inverse.
  private static func weights(of window: ArraySlice<RatePoint>) -> [Double] {
    let variances = window.map(\.variance)
    let shared = variances.mean
    guard shared.isFinite, shared > 0 else { return window.map { _ in 1 } }
    return variances.map { 2 / ($0 + shared) }
  }

  // MARK: Cross-fitting

  /// The mean over all halves of the seeds: the rate chosen on one half, read on the other; nil with a single seed.
  private static func crossFitted(_ points: [RatePoint]) -> Double? {
    let count = points[0].values.count
    guard count > 1 else { return nil }
    var (sum, halves) = (0.0, 0)
    SeedHalves.forEach(count) { chosen in
      let means = points.map { point in chosen.map { point.values[$0] }.mean }
      var best = 0
      for index in means.indices where means[index] < means[best] { best = index }
      let others = (0..<count).filter { !chosen.contains($0) }
      sum += others.map { points[best].values[$0] }.mean
      halves += 1
    }
    return sum / Double(halves)
  }
}

extension RatePoint {
  /// The variance over seeds; NaN with a single one.
  var variance: Double {
    guard values.count > 1 else { return .nan }
    return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
  }
}
