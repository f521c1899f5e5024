public import CurveModel

/// A change of a recorded range test that should not matter much, replayed on its raw losses (scoring reference,
/// section 6).
public enum CurveChange: String, Sendable, CaseIterable {
  /// Every second point, from the first: not the same as a sweep of half the steps, in which the weights evolve less.
  case thinned
  /// Each raw loss replaced by the mean of itself and its neighbours: another smoothing before the strategy's own.
  case averaged
  /// Without the first half decade of rates.
  case laterStart
  /// Without the last half decade of rates.
  case earlierEnd
  /// Ended by fastai's rule (2.8.12, `LRFinder`): the debiased exponential average of 0.98 exceeds four times its lowest
  /// value.
  case stopped

  /// The change in a few words.
  public var title: String {
    switch self {
    case .thinned: "every second point"
    case .averaged: "means of three"
    case .laterStart: "starts half a decade later"
    case .earlierEnd: "ends half a decade earlier"
    case .stopped: "fastai’s stop rule"
    }
  }

  /// The half decade that is cut off.
  private static let cut = 0.5

  /// The changed curve; nil where the curve has no raw losses or nothing is left of it.
  public func applied(to curve: LossCurve) -> LossCurve? {
    guard let losses = curve.rawLosses else { return nil }
    let rates = curve.learningRates
    let first = RateKey(rates[0]).log10
    let last = RateKey(rates[rates.count - 1]).log10
    switch self {
    case .thinned: return Self.curve(curve, losses, stride(from: 0, to: rates.count, by: 2).map(\.self))
    case .averaged:
      let averaged = losses.indices.map { index in
        let near = losses[max(0, index - 1)...min(losses.count - 1, index + 1)]
        return near.reduce(0, +) / Double(near.count)
      }
      return Self.curve(curve, averaged, Array(losses.indices))
    case .laterStart:
      return Self.curve(
        curve, losses, losses.indices.filter { RateKey(rates[$0]).log10 >= first + Self.cut })
    case .earlierEnd:
      return Self.curve(curve, losses, losses.indices.filter { RateKey(rates[$0]).log10 <= last - Self.cut })
    case .stopped: return Self.curve(curve, losses, Array(0..<Self.stoppedCount(losses)))
    }
  }

  private static func curve(_ curve: LossCurve, _ losses: [Double], _ kept: [Int]) -> LossCurve? {
    try? LossCurve(
      header: CurveHeader(task: curve.header.task, requestedPoints: kept.count, seed: curve.header.seed),
      learningRates: kept.map { curve.learningRates[$0] }, rawLosses: kept.map { losses[$0] })
  }

  /// How many steps are made before the rule stops the sweep.
  private static func stoppedCount(_ losses: [Double]) -> Int {
    let momentum = 0.98
    var (average, weight, lowest) = (0.0, 1.0, Double.infinity)
    for (index, loss) in losses.enumerated() {
      average = momentum * average + (1 - momentum) * loss
      weight *= momentum
      let smoothed = average / (1 - weight)
      if !(smoothed <= 4 * lowest) { return index + 1 }
      lowest = min(lowest, smoothed)
    }
    return losses.count
  }
}
