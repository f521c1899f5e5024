import Glibc

/// An exponential moving average that takes one loss at a time.
///
/// Each form repeats the arithmetic of the program it comes from operation by operation, so that rounding, NaN and
/// infinities come out as there.
public struct ExponentialAverage: Sendable, Equatable {
  private let oldWeight: Double
  private let start: ExponentialSmoother.Start
  private var steps = 0
  private var average = 0.0
  private var singleAverage: Float = 0
  /// βⁿ for n losses; βⁿ⁺¹ for the form that is one ahead.
  private var remaining = 1.0

  /// Starts the average of `smoother` without losses.
  public init(_ smoother: ExponentialSmoother) {
    oldWeight = smoother.oldWeight
    start = smoother.start
    if start == .zeroDebiasedOneAhead { remaining = oldWeight }
  }

  /// The average with one more loss, which may be non-finite.
  public mutating func add(_ loss: Double) -> Double {
    steps += 1
    switch start {
    case .zeroDebiased: return addByInterpolation(Float(loss))
    case .zeroDebiasedSingleProducts: return addByProducts(Float(loss))
    case .zeroDebiasedDouble:
      addFromZero(loss)
      return average / collectedWeight()
    case .zeroDebiasedOneAhead:
      addFromZero(loss)
      remaining *= oldWeight
      return average / (1 - remaining)
    case .firstLoss:
      average = steps == 1 ? loss : (1 - oldWeight) * loss + oldWeight * average
      return average
    }
  }

  private mutating func addFromZero(_ loss: Double) {
    average = oldWeight * average + (1 - oldWeight) * loss
  }

  /// 1 − βⁿ by the C library's power, as the programs that write `1 - beta**n` have it.
  private mutating func collectedWeight() -> Double {
    // Below half a last place of 1 the difference is 1, and stays it.
    if remaining > 0x1p-54 { remaining = pow(oldWeight, Double(steps)) }
    return 1 - remaining
  }

  /// fastai 2.8 averages 32-bit losses by `torch.lerp(loss, average, β)`, which for weights from ½ on is
  /// average + (β − 1)·(average − loss) with a fused multiply-add (PyTorch 2.13, `aten/src/ATen/native/Lerp.h`); the
  /// correction is divided in single precision as well.
  private mutating func addByInterpolation(_ loss: Float) -> Double {
    let weight = Float(oldWeight)
    singleAverage =
      weight < 0.5
      ? loss.addingProduct(weight, singleAverage - loss)
      : singleAverage.addingProduct(weight - 1, singleAverage - loss)
    remaining *= oldWeight
    return Double(singleAverage / Float(1 - remaining))
  }

  /// fastai 1 adds the products β·average and (1 − β)·loss of 32-bit losses, each rounded.
  private mutating func addByProducts(_ loss: Float) -> Double {
    singleAverage = Float(oldWeight) * singleAverage + Float(1 - oldWeight) * loss
    return Double(singleAverage / Float(collectedWeight()))
  }
}
