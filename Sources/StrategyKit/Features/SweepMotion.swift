import CurveModel
import CurveSmoothing
import Glibc

/// Features of what the sweep recorded besides the loss: how far the weights move, and how large the gradients are.
///
/// Sources: update-to-weight ratios as in A. Karpathy, CS231n ("about 1e-3"); distance over gradients as in M. Ivgi, O. Hinder
/// and Y. Carmon, *DoG is SGD's best friend* (2023), equation 2; the Polyak step as in B. Polyak, *Introduction to
/// Optimization* (1987), section 5.3.2, with the smallest loss of the sweep for the optimum.
struct SweepMotion {
  private let log10Rates: [Double]
  private let gradients: [Double]
  private let weights: [Double]
  private let updates: [Double]
  private let distances: [Double]
  private let promised: [Double]
  private let fall: Double
  private let halfway: Double

  /// nil where a series is missing, or the first steps are not finite.
  init?(_ curve: LossCurve, fall: Double, halfway: Double) {
    let recorded = curve.diagnostics
    guard let gradients = recorded.gradientNorm, let weights = recorded.parameterNorm,
      let updates = recorded.updateNorm, let distances = recorded.distanceFromStart,
      let promised = recorded.gradientUpdateProduct
    else { return nil }
    let series = [gradients, weights, updates, distances, promised]
    let end = (0..<curve.count).first { index in series.contains { !$0[index].isFinite } } ?? curve.count
    guard end >= Descent.fewestPoints, weights[0] > 0 else { return nil }
    log10Rates = curve.learningRates.prefix(end).map { log10($0) }
    self.gradients = Array(gradients.prefix(end))
    self.weights = Array(weights.prefix(end))
    self.updates = Array(updates.prefix(end))
    self.distances = Array(distances.prefix(end))
    self.promised = Array(promised.prefix(end))
    self.fall = fall
    self.halfway = halfway
  }

  /// The feature's value; nil of those that are not about motion.
  func value(of feature: CurveFeature) -> Double? {
    switch feature {
    case .updateRatio: place(of: updateRatios, reaching: 0.01)
    case .distance1: place(of: shares, reaching: 0.01)
    case .distance10: place(of: shares, reaching: 0.1)
    case .distance30: place(of: shares, reaching: 0.3)
    case .gradientTail: log10((quiet.max() ?? 0) / median(quiet))
    case .gradientSpread: spread
    case .promise: log10(max(-promised.prefix(half).reduce(0, +), Self.tiny * fall) / (fall / 2))
    case .polyak: log10(fall / (median(quiet) * median(quiet)))
    case .distanceOverGradients:
      log10(
        (distances.prefix(half).max() ?? 0) / gradients.prefix(half).reduce(0) { $0 + $1 * $1 }.squareRoot())
    default: nil
    }
  }

  private static let tiny = 1e-6
  /// The gradients before the network moves are those of rates a decade below the one that moves it by a tenth.
  private static let quietDecades = 1.0

  private var shares: [Double] { distances.map { $0 / weights[0] } }

  /// Running medians of five: one step's update is as noisy as its gradient.
  private var updateRatios: [Double] {
    let ratios = zip(updates, weights).map { $0 / max($1, .leastNormalMagnitude) }
    return ratios.indices.map { median(Array(ratios[max($0 - 2, 0)...min($0 + 2, ratios.count - 1)])) }
  }

  /// How many steps lie below the rate where half of the fall is done; at least one.
  private var half: Int { max(log10Rates.firstIndex { $0 > halfway } ?? log10Rates.count, 1) }

  /// The gradient norms before the network moves; at least ten.
  private var quiet: [Double] {
    let limit = place(of: shares, reaching: 0.1) - Self.quietDecades
    let count = log10Rates.firstIndex { $0 > limit } ?? log10Rates.count
    return Array(gradients.prefix(max(count, Descent.fewestPoints)))
  }

  private var spread: Double {
    let logs = quiet.map { log10($0) }
    let mean = logs.reduce(0, +) / Double(logs.count)
    return (logs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(logs.count)).squareRoot()
  }

  /// log10 of the rate where the running maximum of a series reaches a level, between two steps on a straight line of
  /// logarithms; the last rate where it does not.
  private func place(of series: [Double], reaching level: Double) -> Double {
    guard let index = series.firstIndex(where: { $0 >= level }) else {
      return log10Rates[log10Rates.count - 1]
    }
    guard index > 0, let before = series.prefix(index).max(), before > 0 else { return log10Rates[index] }
    let share = log10(level / before) / log10(series[index] / before)
    return log10Rates[index - 1] + share * (log10Rates[index] - log10Rates[index - 1])
  }
}
