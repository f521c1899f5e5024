/// Turns noisy losses into a smooth curve and its slope by the logarithm of the learning rate.
public protocol Smoother: Sendable {
  /// Smooths `losses`, recorded at rates whose base-10 logarithms are `log10Rates`.
  ///
  /// - Parameters:
  ///   - losses: Finite losses, at least two.
  ///   - log10Rates: Strictly increasing, as many as the losses.
  /// - Returns: As many values and slopes as there are losses.
  /// - Throws: ``SmoothingError`` if the curve is too short or not finite, or the smoother's settings do not fit it.
  /// - Complexity: O(n · window) with a window that does not depend on n, or O(n).
  func smooth(_ losses: [Double], log10Rates: [Double]) throws(SmoothingError) -> SmoothedLosses
}

/// A smoothed loss curve.
public struct SmoothedLosses: Sendable, Equatable {
  /// The smoothed loss of each point, in the unit of the loss.
  public var values: [Double]
  /// Its derivative by log10 of the learning rate: loss per decade.
  public var slopes: [Double]

  /// Joins values and slopes of equal count.
  public init(values: [Double], slopes: [Double]) {
    precondition(values.count == slopes.count, "\(values.count) values but \(slopes.count) slopes")
    self.values = values
    self.slopes = slopes
  }
}

/// Why a curve cannot be smoothed.
public enum SmoothingError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The smoother needs more points.
  case tooFewPoints(needed: Int, found: Int)
  /// A loss is NaN or infinite.
  case nonFinite(index: Int)
  /// A setting is outside its range.
  case badSetting(String)
  /// GSL reported an error.
  case gsl(function: String, message: String)

  /// One sentence: what is wrong and where.
  public var description: String {
    switch self {
    case .tooFewPoints(let needed, let found):
      "smoothing needs at least \(needed) points, the curve has \(found)"
    case .nonFinite(let index): "smoothing needs finite losses; the loss of point \(index) is not finite"
    case .badSetting(let problem): problem
    case .gsl(let function, let message): "\(function): \(message)"
    }
  }
}

/// Checks what every smoother demands of its input.
func checkInput(_ losses: [Double], _ log10Rates: [Double], atLeast needed: Int = 2) throws(SmoothingError) {
  precondition(losses.count == log10Rates.count, "\(losses.count) losses but \(log10Rates.count) rates")
  guard losses.count >= needed else { throw .tooFewPoints(needed: needed, found: losses.count) }
  if let index = losses.firstIndex(where: { !$0.isFinite }) { throw .nonFinite(index: index) }
}
