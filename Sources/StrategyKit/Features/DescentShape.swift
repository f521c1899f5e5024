import Glibc

/// Features that the smoothed loss alone shows.
struct DescentShape {
  private let descent: Descent
  private let steepest: Int

  init(_ descent: Descent) {
    self.descent = descent
    let left = descent.slopes[0...descent.lastTrustedSlope]
    steepest = left.indices.min { left[$0] < left[$1] } ?? 0
  }

  /// The feature's value; nil of those that need more than the loss.
  func value(of feature: CurveFeature) -> Double? {
    switch feature {
    case .fall10: place(ofFall: 0.1)
    case .fall25: place(ofFall: 0.25)
    case .fall50: place(ofFall: 0.5)
    case .fall75: place(ofFall: 0.75)
    case .fall90: place(ofFall: 0.9)
    case .steepest: descent.log10Rates[steepest]
    case .minimum: descent.log10Rates[descent.minimum]
    case .rise10: place(ofRise: 0.1)
    case .rise25: place(ofRise: 0.25)
    case .blowUp: descent.log10Rates[descent.log10Rates.count - 1]
    // Losses without noise would have no logarithm.
    case .clearness: log10(descent.fall / max(descent.noise, Self.leastNoise * descent.fall))
    case .steepness: -descent.slopes[steepest] / descent.fall
    case .valleyLength: place(ofRise: 0.25) - place(ofFall: 0.9)
    case .curvature: curvature
    case .descents: Double(steepStretches)
    case .lateness: place(ofFall: 0.9) - 2 * place(ofFall: 0.5) + place(ofFall: 0.1)
    case .density: log10(descent.pointsPerDecade)
    default: nil
    }
  }

  /// The value of a feature that is read on a wide window; nil of all others.
  func value(ofWide feature: CurveFeature) -> Double? {
    switch feature {
    case .wideFall25: place(ofFall: 0.25)
    case .wideSteepest: descent.log10Rates[steepest]
    case .wideMinimum: descent.log10Rates[descent.minimum]
    default: nil
    }
  }

  private static let leastNoise = 1e-4
  /// How far from the minimum the curvature is read, in decades.
  private static let curvatureReach = 0.3

  /// log10 of the rate where a share of the fall is done.
  func place(ofFall share: Double) -> Double { descent.place(ofFall: share) }

  /// log10 of the rate where the loss has risen by a share of its fall right of its minimum; the last one where it has not.
  private func place(ofRise share: Double) -> Double {
    let level = descent.losses[descent.minimum] + share * descent.fall
    let index = descent.losses.indices.dropFirst(descent.minimum).first { descent.losses[$0] >= level }
    return index.map { descent.crossing(of: level, before: $0) }
      ?? descent.log10Rates[descent.losses.count - 1]
  }

  /// The second difference of the loss over the reach to either side, in falls; one-sided at an end.
  private var curvature: Double {
    let rates = descent.log10Rates
    let centre = rates[descent.minimum]
    let low = rates.firstIndex { $0 >= centre - Self.curvatureReach } ?? 0
    let high = rates.lastIndex { $0 <= centre + Self.curvatureReach } ?? rates.count - 1
    let sides = [low, high].filter { $0 != descent.minimum }.map { side in
      let distance = rates[side] - centre
      return (descent.losses[side] - descent.losses[descent.minimum]) / descent.fall / (distance * distance)
    }
    return sides.isEmpty ? 0 : 2 * sides.reduce(0, +) / Double(sides.count)
  }

  private var steepStretches: Int {
    let limit = descent.slopes[steepest] / 2
    var count = 0
    var isSteep = false
    for slope in descent.slopes[0...descent.lastTrustedSlope] {
      if slope <= limit, !isSteep { count += 1 }
      isSteep = slope <= limit
    }
    return count
  }
}
