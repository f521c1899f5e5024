/// The exponential moving average that range-test tools record, in the forms in use.
///
/// It is causal: with β = 0.98 it lags 49 steps behind in the long run, half of an ordinary range test, which moves
/// minimum and steepest descent to higher rates. It is here to replay what other tools recorded; strategies of our own
/// use smoothers without lag.
public struct ExponentialSmoother: Smoother {
  /// How the average starts.
  public enum Start: Sendable, Equatable {
    /// From 0, divided by 1 − βⁱ⁺¹ at point i: fastai 2.8 (`AvgSmoothLoss`), computed as there in single precision.
    case zeroDebiased
    /// The same in single precision with two rounded products: fastai 1 (`fastai/callback.py`, `SmoothenValue`).
    case zeroDebiasedSingleProducts
    /// The same in double precision: ktrain, FastAI.jl, faceswap and Dataiku's finder.
    case zeroDebiasedDouble
    /// From 0, divided by 1 − βⁱ⁺²: Lightning 2.x (`lr_finder.py`), whose step count is already one ahead.
    case zeroDebiasedOneAhead
    /// From the first loss, without correction: pytorch-lr-finder, Ignite and MONAI.
    case firstLoss
  }

  /// The weight β of the old value, 0 ≤ β < 1.
  public let oldWeight: Double
  /// How the average starts.
  public let start: Start

  /// Makes an average.
  ///
  /// - Throws: ``SmoothingError/badSetting(_:)`` unless 0 ≤ β < 1.
  public init(oldWeight: Double, start: Start) throws(SmoothingError) {
    guard oldWeight >= 0, oldWeight < 1 else {
      throw .badSetting("an exponential average with weight \(oldWeight); it must be at least 0 and below 1")
    }
    self.oldWeight = oldWeight
    self.start = start
  }

  private init(uncheckedWeight: Double, start: Start) {
    oldWeight = uncheckedWeight
    self.start = start
  }

  /// What fastai 2.8 records: β = 0.98, debiased.
  public static let fastai = ExponentialSmoother(uncheckedWeight: 0.98, start: .zeroDebiased)
  /// What fastai 1 records: β = 0.98, debiased, in single precision.
  public static let fastai1 = ExponentialSmoother(uncheckedWeight: 0.98, start: .zeroDebiasedSingleProducts)
  /// What ktrain, FastAI.jl, faceswap and Dataiku's finder record: β = 0.98, debiased, in double precision.
  public static let debiased = ExponentialSmoother(uncheckedWeight: 0.98, start: .zeroDebiasedDouble)
  /// What Lightning 2.x records: β = 0.98, debiased with an exponent one too large.
  public static let lightning = ExponentialSmoother(uncheckedWeight: 0.98, start: .zeroDebiasedOneAhead)
  /// What pytorch-lr-finder, Ignite and MONAI record by default: β = 0.95, starting with the first loss.
  public static let torchLRFinder = ExponentialSmoother(uncheckedWeight: 0.95, start: .firstLoss)

  /// The average of the losses, and its slope in finite differences.
  public func smooth(_ losses: [Double], log10Rates: [Double]) throws(SmoothingError) -> SmoothedLosses {
    try checkInput(losses, log10Rates)
    let values = replay(losses)
    return SmoothedLosses(values: values, slopes: gradient(of: values, by: log10Rates))
  }

  /// The recorded losses for raw `losses` that may be non-finite; those spread as they do upstream.
  public func replay(_ losses: [Double]) -> [Double] {
    var average = ExponentialAverage(self)
    return losses.map { average.add($0) }
  }
}
