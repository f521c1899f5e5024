/// The standard deviation of the noise on `losses`, estimated from their own residuals.
///
/// The residual of a point is its distance from the straight line between its two neighbours (in log10 rate), scaled
/// to the variance of one point; the estimate is 1.4826 times the median of the absolute residuals, so that spikes and
/// a blow-up do not count. Scaling all losses scales it, adding a constant changes nothing.
///
/// Source: Gasser, Sroka and Jennen-Steinmetz, *Biometrika* 73 (1986) 625; the median in place of the mean is ours.
///
/// - Parameters:
///   - losses: Finite losses, at least 3.
///   - log10Rates: Strictly increasing, as many as the losses.
public func noiseLevel(of losses: [Double], log10Rates: [Double]) -> Double {
  precondition(losses.count == log10Rates.count && losses.count >= 3, "a noise level needs three points")
  let residuals = (1..<losses.count - 1).map { i in
    let span = log10Rates[i + 1] - log10Rates[i - 1]
    let left = (log10Rates[i + 1] - log10Rates[i]) / span
    let right = 1 - left
    let residual = left * losses[i - 1] + right * losses[i + 1] - losses[i]
    return abs(residual) / (left * left + right * right + 1).squareRoot()
  }
  return 1.4826 * median(residuals)
}

/// The median; the mean of the two middle values of an even number.
///
/// - Parameter values: At least one number, none NaN.
public func median(_ values: [Double]) -> Double {
  precondition(!values.isEmpty, "the median of nothing")
  let sorted = values.sorted()
  let middle = sorted.count / 2
  return sorted.count % 2 == 1 ? sorted[middle] : sorted[middle - 1] / 2 + sorted[middle] / 2
}
