import CurveModel
import StrategyKit
import Glibc

/// The values of a feature among curves that something is known about.
struct LearnedRange {
  let lowest, highest: Double

  /// How far outside a value may lie, in widths of the range.
  private static let margin = 0.5
  /// Features of equal curves may differ so much, relatively.
  private static let rounding = 1e-9

  /// The values that are not too far from the known ones.
  var near: ClosedRange<Double> {
    let reach = Self.margin * (highest - lowest) + Self.rounding * max(abs(lowest), abs(highest))
    return lowest - reach...highest + reach
  }

  /// Whether a value is not too far from the known ones.
  func isNear(_ value: Double) -> Bool { near.contains(value) }

  /// What a feature is, and what it is among the known curves, as a part of a sentence.
  func comparison(of feature: CurveFeature, _ value: Double) -> String {
    func words(_ value: Double) -> String {
      feature.isLogarithm ? pow(10, value).text(digits: 2) : value.text(digits: 3)
    }
    return "the \(feature.meaning) is \(words(value)), there \(words(lowest)) to \(words(highest))"
  }
}
