/// The exponential moving average that range-test tools record, in the three forms in use.
///
/// It is causal: with β = 0.98 it lags 49 steps behind in the long run, half of an ordinary range test, which moves
/// minimum and steepest descent to higher rates. It is here to replay what other tools recorded; strategies of our own
/// use smoothers without lag.
public struct ExponentialSmoother: Smoother {
  /// How the average starts.
  public enum Start: Sendable, Equatable {
    /// From 0, divided by 1 − βⁱ⁺¹ at point i: fastai 2.8 (`AvgSmoothLoss`), computed as there in single precision.
    case zeroDebiased
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
    switch start {
    case .zeroDebiased: replayInSinglePrecision(losses)
    case .zeroDebiasedOneAhead: replayFromZero(losses)
    case .firstLoss: replayFromFirstLoss(losses)
    }
  }

  private func replayFromFirstLoss(_ losses: [Double]) -> [Double] {
    var average = losses.first ?? 0
    return losses.enumerated().map { index, loss in
      if index > 0 { average = (1 - oldWeight) * loss + oldWeight * average }
      return average
    }
  }

  private func replayFromZero(_ losses: [Double]) -> [Double] {
    var average = 0.0
    var remaining = oldWeight
    return losses.map { loss in
      average = oldWeight * average + (1 - oldWeight) * loss
      remaining *= oldWeight
      return average / (1 - remaining)
    }
  }

  /// fastai averages 32-bit losses by `torch.lerp(loss, average, β)`, which for weights from ½ on is
  /// average + (β − 1)·(average − loss) with a fused multiply-add (PyTorch 2.13, `aten/src/ATen/native/Lerp.h`); the
  /// correction is divided in single precision as well.
  private func replayInSinglePrecision(_ losses: [Double]) -> [Double] {
    var average: Float = 0
    var remaining = 1.0
    let weight = Float(oldWeight)
    return losses.map { loss in
      let loss = Float(loss)
      average =
        weight < 0.5
        ? loss.addingProduct(weight, average - loss) : average.addingProduct(weight - 1, average - loss)
      remaining *= oldWeight
      return Double(average / Float(1 - remaining))
    }
  }
}
