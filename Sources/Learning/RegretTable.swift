internal import CurveModel
internal import Glibc
internal import Scoring

/// A task's regret over log10 of the rate, evenly sampled and blurred, with its slope.
///
/// Blurred, because a rate is never met exactly: one just below a cliff is a bad one. Above its grid a rate fails; below it,
/// it is as bad as the lowest rate, and a little worse for every step further, so that a fit finds its way back.
struct RegretTable: Sendable {
  private let samples: [Double]

  private static let lowest = -9.0
  private static let highest = 3.0
  private static let step = 0.05
  /// What a decade below the grid costs.
  private static let slopeBelow = 0.05

  /// - Parameters:
  ///   - curve: The regret of the grid's rates.
  ///   - blur: The standard deviation of the window, in decades.
  init(_ curve: RegretCurve, blur: Double) {
    let count = Int(((Self.highest - Self.lowest) / Self.step).rounded()) + 1
    let exact = (0..<count).map { Self.regret(of: curve, at: Self.lowest + Double($0) * Self.step) }
    let reach = Int((3 * blur / Self.step).rounded(.up))
    let weights = (-reach...reach).map { exp(-pow(Double($0) * Self.step / blur, 2) / 2) }
    let total = weights.reduce(0, +)
    samples = exact.indices.map { centre in
      var sum = 0.0
      for (offset, weight) in zip(-reach...reach, weights) {
        sum += weight * exact[min(max(centre + offset, 0), count - 1)]
      }
      return sum / total
    }
  }

  /// The blurred regret at log10 of a rate, and its derivative per decade.
  func value(at log10Rate: Double) -> (regret: Double, slope: Double) {
    let place = (min(max(log10Rate, Self.lowest), Self.highest) - Self.lowest) / Self.step
    let index = min(Int(place), samples.count - 2)
    let rise = samples[index + 1] - samples[index]
    return (samples[index] + (place - Double(index)) * rise, rise / Self.step)
  }

  /// The regret of a rate, without blur: on straight lines between the grid's rates.
  static func regret(of curve: RegretCurve, at log10Rate: Double) -> Double {
    let places = curve.rates.map(\.log10)
    if log10Rate <= places[0] {
      return min(curve.regrets[0] + slopeBelow * (places[0] - log10Rate), 1)
    }
    guard let next = places.firstIndex(where: { $0 >= log10Rate }) else {
      return log10Rate > places[places.count - 1] ? 1 : curve.regrets[places.count - 1]
    }
    let share = (log10Rate - places[next - 1]) / (places[next] - places[next - 1])
    return curve.regrets[next - 1] + share * (curve.regrets[next] - curve.regrets[next - 1])
  }
}
