import CurveModel
import CurveSmoothing
import Glibc

/// The finite beginning of a curve, thinned to a size that is quick to smooth.
struct CurveSamples {
  private(set) var log10Rates: [Double]
  private(set) var losses: [Double]
  /// Each sample's index in the whole curve.
  private(set) var sourceIndices: [Int]
  /// How many points of the curve were averaged into one sample.
  let pointsPerSample: Int
  /// Whether the recording went on to a NaN or infinite loss.
  let endsNonFinite: Bool

  /// Long curves are averaged in blocks down to between half and all of this many samples.
  private static let mostSamples = 2048

  /// Takes the steps with an update up to the first non-finite loss.
  ///
  /// - Throws: ``Abstention`` if that leaves too few points.
  init(finitePartOf curve: LossCurve) throws(Abstention) {
    let skipped = Set(curve.skippedSteps)
    let losses = curve.losses
    let end = losses.indices.first { !losses[$0].isFinite && !skipped.contains($0) } ?? losses.count
    let kept = (0..<end).filter { losses[$0].isFinite && (skipped.isEmpty || !skipped.contains($0)) }
    guard kept.count >= Descent.fewestPoints else {
      throw end < losses.count
        ? Abstention(
          .nonFiniteFromStart,
          "the loss is not finite from point \(end) on: start the range test at a lower rate")
        : Abstention(.tooFewPoints, "\(kept.count) points are too few: \(Descent.fewestPoints) are needed")
    }
    pointsPerSample = (kept.count + Self.mostSamples - 1) / Self.mostSamples
    endsNonFinite = end < losses.count
    log10Rates = []
    self.losses = []
    sourceIndices = []
    for start in stride(from: 0, to: kept.count, by: pointsPerSample) {
      append(kept[start..<min(start + pointsPerSample, kept.count)], of: curve, losses)
    }
  }

  /// Adds the mean of a block of points.
  private mutating func append(_ block: ArraySlice<Int>, of curve: LossCurve, _ values: [Double]) {
    let middle = block[block.startIndex + block.count / 2]
    sourceIndices.append(middle)
    guard block.count > 1 else {
      log10Rates.append(log10(curve.learningRates[middle]))
      losses.append(values[middle])
      return
    }
    // Halved first: a sum of huge losses must not overflow.
    let scale = 1 / Double(block.count)
    log10Rates.append(block.reduce(0) { $0 + log10(curve.learningRates[$1]) * scale })
    losses.append(block.reduce(0) { $0 + values[$1] * scale })
  }

  var count: Int { losses.count }

  subscript(range: Range<Int>) -> CurveSamples {
    var part = self
    part.log10Rates = Array(log10Rates[range])
    part.losses = Array(losses[range])
    part.sourceIndices = Array(sourceIndices[range])
    return part
  }

  /// The same samples with single outliers replaced by the median around them (GSL's Hampel filter).
  func withoutOutliers() throws(SmoothingError) -> CurveSamples {
    var samples = self
    samples.losses = try RobustSmoother(.hampel(threshold: 4), windowLength: 7)
      .smooth(losses, log10Rates: log10Rates).values
    return samples
  }

  /// Whether the curve ends above `level`, or in a loss that is no number.
  func risesAtTheEnd(above level: Double) -> Bool {
    endsNonFinite || losses.suffix(3).allSatisfy { $0 > level }
  }
}
