import CurveModel
import CurveSmoothing
import Glibc

/// The finite beginning of a curve as samples: its points, or means of neighbouring points.
///
/// Points that lie evenly on the logarithmic axis stay as they are, up to a number that is quick to smooth; more are
/// averaged in blocks of equal count. Points of a linear schedule crowd at the upper end: they are averaged in blocks
/// of equal width in decades, so that a window of so many samples means the same everywhere the points are dense.
struct CurveSamples {
  private(set) var log10Rates: [Double] = []
  private(set) var losses: [Double] = []
  /// The index in the whole curve of each sample's middle point.
  private(set) var sourceIndices: [Int] = []
  /// How many points were averaged into each sample.
  private var blockSizes: [Int] = []
  /// How many points each sample stands for where they lie evenly; 1 where they do not, and the samples do.
  private(set) var evenBlockSize = 1
  /// The rate of the first NaN or infinite loss, if the recording has one.
  let firstNonFiniteRate: Double?
  private var endsNonFinite: Bool { firstNonFiniteRate != nil }

  private static let mostSamples = 2048
  /// Gaps between neighbours that differ more than that are uneven.
  private static let evenness = 2.0
  /// Blocks of equal width are that share of the smoothing window's standard deviation, the standard one where it is wider:
  /// wide blocks would leave too few samples.
  private static let blockShare = 1.0 / 3

  /// Takes the steps with an update up to the first non-finite loss.
  ///
  /// - Parameters:
  ///   - curve: Any curve.
  ///   - bandwidth: The smoothing window's standard deviation, in decades.
  /// - Throws: ``Abstention`` if that leaves too few points.
  init(finitePartOf curve: LossCurve, bandwidth: Double) throws(Abstention) {
    let skipped = Set(curve.skippedSteps)
    let values = curve.losses
    let end = values.indices.first { !values[$0].isFinite && !skipped.contains($0) } ?? values.count
    firstNonFiniteRate = end < values.count ? curve.learningRates[end] : nil
    let kept = (0..<end).filter { values[$0].isFinite && (skipped.isEmpty || !skipped.contains($0)) }
    guard kept.count >= Descent.fewestPoints else {
      throw endsNonFinite
        ? Abstention(
          .nonFiniteFromStart,
          "the loss is not finite from point \(end) on, too early to read anything: start the range test at a lower rate"
        )
        : Abstention(.tooFewPoints, "\(kept.count) points are too few: \(Descent.fewestPoints) are needed")
    }
    let positions = kept.map { log10(curve.learningRates[$0]) }
    let isEven = Self.isEven(positions)
    if isEven { evenBlockSize = Self.evenBlockSize(of: positions.count) }
    let blocks = isEven ? Self.evenBlocks(of: positions) : Self.blocks(of: positions, bandwidth: bandwidth)
    for block in blocks {
      let share = 1 / Double(block.count)
      sourceIndices.append(kept[block.lowerBound + block.count / 2])
      blockSizes.append(block.count)
      // A mean as a sum of shares: a plain sum of huge losses could overflow.
      log10Rates.append(
        block.count == 1 ? positions[block.lowerBound] : block.reduce(0) { $0 + positions[$1] * share })
      losses.append(
        block.count == 1 ? values[kept[block.lowerBound]] : block.reduce(0) { $0 + values[kept[$1]] * share })
    }
    guard count >= Descent.fewestPoints else {
      throw Abstention(
        .tooFewPoints,
        "the points are crowded into \(count) places on the logarithmic axis: record an exponential schedule")
    }
  }

  private static func isEven(_ positions: [Double]) -> Bool {
    let gaps = zip(positions.dropFirst(), positions).map { $0 - $1 }
    return (gaps.max() ?? 0) <= evenness * (gaps.min() ?? 0)
  }

  private static func evenBlockSize(of count: Int) -> Int { (count + mostSamples - 1) / mostSamples }

  /// Blocks of equal count.
  private static func evenBlocks(of positions: [Double]) -> [Range<Int>] {
    let size = evenBlockSize(of: positions.count)
    return stride(from: 0, to: positions.count, by: size).map { $0..<min($0 + size, positions.count) }
  }

  /// Blocks of equal width.
  private static func blocks(of positions: [Double], bandwidth: Double) -> [Range<Int>] {
    let width = min(bandwidth, Descent.standardBandwidth) * blockShare
    var blocks: [Range<Int>] = []
    var start = 0
    for index in positions.indices where positions[index] >= positions[start] + width {
      if index > start { blocks.append(start..<index) }
      start = index
    }
    return blocks + [start..<positions.count]
  }

  var count: Int { losses.count }

  /// How many of the curve's points the samples are made of.
  var pointCount: Int { blockSizes.reduce(0, +) }

  subscript(range: Range<Int>) -> CurveSamples {
    var part = self
    part.log10Rates = Array(log10Rates[range])
    part.losses = Array(losses[range])
    part.sourceIndices = Array(sourceIndices[range])
    part.blockSizes = Array(blockSizes[range])
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
